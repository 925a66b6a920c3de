package io.plumtree.engine.runtime;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.engine.query.OnDemandLinks;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends the membership protocol's frames to nodes that are no peers (yet): over links that are made on demand, which
 * take a moment to connect. Until then frames wait here, in order, for a limited time, and with a bound.
 */
final class OverlayOutbox {
    private static final int MAX_WAITING = 256;

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final Set<String> held = new HashSet<>();
    private final OnDemandLinks links;
    private final EngineCounters counters;
    private final long patienceNs;

    private record Waiting(String endpoint, byte[] bytes, long deadlineNs) {
    }

    OverlayOutbox(final OnDemandLinks links, final long patienceNs, final EngineCounters counters) {
        this.links = links;
        this.patienceNs = patienceNs;
        this.counters = counters;
    }

    /** Sends a frame now, or as soon as there is a way. */
    void send(final String endpoint, final UnsafeBuffer buffer, final int length, final long nowNs) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        final Waiting sent = new Waiting(endpoint, bytes, nowNs + patienceNs);
        if (isHeld(endpoint) || !send(sent, nowNs)) {
            if (waiting.size() == MAX_WAITING) {
                waiting.remove();
                counters.increment(EngineCounter.OVERLAY_DROPPED);
            }
            waiting.add(sent);
        }
    }

    int doWork(final long nowNs) {
        int workCount = 0;
        held.clear();
        for (int i = waiting.size(); i > 0; i--) {
            final Waiting next = waiting.remove();
            if (nowNs - next.deadlineNs >= 0) {
                counters.increment(EngineCounter.OVERLAY_DROPPED);
            } else if (held.contains(next.endpoint) || !send(next, nowNs)) {
                held.add(next.endpoint);
                waiting.add(next);
                continue;
            }
            workCount++;
        }
        return workCount;
    }

    int size() {
        return waiting.size();
    }

    private boolean isHeld(final String endpoint) {
        for (final Waiting other : waiting) {
            if (other.endpoint.equals(endpoint)) {
                return true;
            }
        }
        return false;
    }

    private boolean send(final Waiting next, final long nowNs) {
        final Link link = links.connected(next.endpoint, nowNs);
        if (link == null) {
            return false;
        }
        frame.wrap(next.bytes);
        return link.send(frame, 0, next.bytes.length, null, 0, 0) >= SendResult.ACCEPTED;
    }
}
