package io.plumtree.engine.exchange;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Peers that are known to lack messages which nothing but an exchange will bring. Each is served as soon as it can be,
 * once for each handler, and not again before a pause.
 */
final class MarkedPeers {
    /** How long after an exchange with a marked peer the next one may follow. */
    static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final ExchangePort port;
    /** By peer: a bit for each handler whose exchange is due. */
    private long[] due = new long[0];
    private long[] notBeforeNs = new long[0];
    private boolean[] isPausing = new boolean[0];
    private int markedCount;
    private int firstPeer;

    MarkedPeers(final ExchangePort port) {
        this.port = port;
    }

    boolean isEmpty() {
        return markedCount == 0;
    }

    boolean contains(final int peer) {
        return peer < due.length && due[peer] != 0;
    }

    /** Marks a peer, for all handlers. */
    void mark(final int peer) {
        if (port.handlerCount() == 0) {
            return;
        }
        if (!contains(peer)) {
            port.count(ExchangeCounter.MARKED, 1);
        }
        due(peer, -1L >>> Long.SIZE - port.handlerCount());
    }

    /** An exchange with a marked peer could not be had: it stays to be done. */
    void again(final int peer, final int handler) {
        due(peer, 1L << handler);
    }

    void pause(final int peer, final long nowNs) {
        reserve(peer);
        isPausing[peer] = true;
        notBeforeNs[peer] = nowNs + PAUSE_NS;
    }

    void onPeerRemoved(final int peer) {
        if (peer < due.length) {
            unmark(peer, due[peer]);
            isPausing[peer] = false;
        }
    }

    /** Starts what can be started now. */
    int serve(final Exchanges exchanges, final long nowNs) {
        int count = 0;
        for (int i = 0; i < due.length && exchanges.isBelowLimit(); i++) {
            final int peer = (firstPeer + i) % due.length;
            if (due[peer] == 0 || !port.isUp(peer) || isPausing(peer, nowNs)) {
                continue;
            }
            final int before = count;
            for (long bits = due[peer]; bits != 0 && exchanges.isBelowLimit(); bits &= bits - 1) {
                final int handler = Long.numberOfTrailingZeros(bits);
                if (!exchanges.isHandlerBusy(handler)) {
                    unmark(peer, 1L << handler);
                    exchanges.start(handler, peer, true, nowNs);
                    count++;
                }
            }
            if (count > before) {
                pause(peer, nowNs);
                firstPeer = peer + 1;
            }
        }
        return count;
    }

    private boolean isPausing(final int peer, final long nowNs) {
        isPausing[peer] &= nowNs - notBeforeNs[peer] < 0;
        return isPausing[peer];
    }

    private void due(final int peer, final long bits) {
        reserve(peer);
        if (due[peer] == 0) {
            markedCount++;
        }
        due[peer] |= bits;
    }

    private void unmark(final int peer, final long bits) {
        if (due[peer] != 0) {
            due[peer] &= ~bits;
            if (due[peer] == 0) {
                markedCount--;
            }
        }
    }

    private void reserve(final int peer) {
        if (peer >= due.length) {
            final int length = Math.max(peer + 1, 2 * due.length);
            due = Arrays.copyOf(due, length);
            notBeforeNs = Arrays.copyOf(notBeforeNs, length);
            isPausing = Arrays.copyOf(isPausing, length);
        }
    }
}
