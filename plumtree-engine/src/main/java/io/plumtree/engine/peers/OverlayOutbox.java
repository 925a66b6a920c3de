package io.plumtree.engine.peers;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.query.OnDemandLinks;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends the membership protocol's frames to nodes that are no peers (yet): over links that are made on demand, which
 * take a moment to connect. Until then frames wait here, in order, for a limited time, and with a bound. Answers to
 * strangers have a lower one: where nobody listens they would hold the links that this node's own requests need.
 */
final class OverlayOutbox {
    private static final int MAX_WAITING = 256;
    static final int MAX_ANSWERS = 32;

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final Set<String> held = new HashSet<>();
    private final OnDemandLinks links;
    private final EngineCounters counters;
    private final long patienceNs;
    private int answers;

    private record Waiting(String endpoint, byte[] bytes, boolean isAnswer, long deadlineNs) {
    }

    OverlayOutbox(final OnDemandLinks links, final long patienceNs, final EngineCounters counters) {
        this.links = links;
        this.patienceNs = patienceNs;
        this.counters = counters;
    }

    /** Sends a frame now, or as soon as there is a way. */
    void send(final String endpoint, final UnsafeBuffer buffer, final int length, final long nowNs) {
        send(waiting(endpoint, buffer, length, false, nowNs), nowNs);
    }

    /** The same with what is said to a node only since it has said something. */
    void answer(final String endpoint, final UnsafeBuffer buffer, final int length, final long nowNs) {
        send(waiting(endpoint, buffer, length, true, nowNs), nowNs);
    }

    private Waiting waiting(
        final String endpoint,
        final UnsafeBuffer buffer,
        final int length,
        final boolean isAnswer,
        final long nowNs) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new Waiting(endpoint, bytes, isAnswer, nowNs + patienceNs);
    }

    private void send(final Waiting sent, final long nowNs) {
        if (isHeld(sent.endpoint) || !trySend(sent, nowNs)) {
            if (waiting.size() == MAX_WAITING) {
                drop(waiting.peek());
            }
            if (sent.isAnswer && answers == MAX_ANSWERS) {
                drop(oldestAnswer());
            }
            waiting.add(sent);
            answers += sent.isAnswer ? 1 : 0;
        }
    }

    private Waiting oldestAnswer() {
        for (final Waiting frameThatWaits : waiting) {
            if (frameThatWaits.isAnswer) {
                return frameThatWaits;
            }
        }
        throw new IllegalStateException("no answer waits of " + answers);
    }

    private void drop(final Waiting dropped) {
        waiting.remove(dropped);
        answers -= dropped.isAnswer ? 1 : 0;
        counters.increment(EngineCounter.OVERLAY_DROPPED);
    }

    int doWork(final long nowNs) {
        int workCount = 0;
        held.clear();
        for (int i = waiting.size(); i > 0; i--) {
            final Waiting next = waiting.remove();
            answers -= next.isAnswer ? 1 : 0;
            if (nowNs - next.deadlineNs >= 0) {
                counters.increment(EngineCounter.OVERLAY_DROPPED);
            } else if (held.contains(next.endpoint) || !trySend(next, nowNs)) {
                held.add(next.endpoint);
                waiting.add(next);
                answers += next.isAnswer ? 1 : 0;
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

    private boolean trySend(final Waiting next, final long nowNs) {
        final Link link = links.connected(next.endpoint, nowNs);
        if (link == null) {
            return false;
        }
        frame.wrap(next.bytes);
        return link.send(frame, 0, next.bytes.length, null, 0, 0) >= SendResult.ACCEPTED;
    }
}
