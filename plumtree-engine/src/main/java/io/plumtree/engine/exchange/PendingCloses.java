package io.plumtree.engine.exchange;

import io.plumtree.engine.codec.ExchangeCloseCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends that have not been told to the peer yet, since the link had no room: tried again and again, for a while. */
final class PendingCloses {
    static final int LIMIT = 512;
    static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final List<Close> waiting = new ArrayList<>();
    private final ExchangePort port;
    private final Frames frames;

    private record Close(
        int peer, int handler, long id, boolean isInitiator, ExchangeCloseCode code, long deadlineNs) {
    }

    PendingCloses(final ExchangePort port, final Frames frames) {
        this.port = port;
        this.frames = frames;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether the end of an exchange waits here. */
    boolean contains(final int peer, final long id, final boolean isInitiator) {
        for (int i = 0; i < waiting.size(); i++) {
            final Close close = waiting.get(i);
            if (close.peer == peer && close.id == id && close.isInitiator == isInitiator) {
                return true;
            }
        }
        return false;
    }

    /** Tells the peer, now or later; on the handler's channel, so that it comes after what was sent before. */
    void add(
        final int peer,
        final int handler,
        final long id,
        final boolean isInitiator,
        final ExchangeCloseCode code,
        final long nowNs) {
        if (frames.close(peer, handler, id, isInitiator, code)) {
            return;
        }
        if (waiting.size() == LIMIT) {
            waiting.remove(0);
            port.count(ExchangeCounter.CLOSES_LOST, 1);
        }
        waiting.add(new Close(peer, handler, id, isInitiator, code, nowNs + TIMEOUT_NS));
    }

    int send(final long nowNs) {
        int count = 0;
        for (int i = waiting.size() - 1; i >= 0; i--) {
            final Close close = waiting.get(i);
            if (frames.close(close.peer, close.handler, close.id, close.isInitiator, close.code)) {
                waiting.remove(i);
                count++;
            } else if (nowNs - close.deadlineNs >= 0) {
                waiting.remove(i);
                port.count(ExchangeCounter.CLOSES_LOST, 1);
            }
        }
        return count;
    }

    /** The peer learns of it by itself, or has gone. */
    void removePeer(final int peer) {
        waiting.removeIf(close -> close.peer == peer);
    }
}
