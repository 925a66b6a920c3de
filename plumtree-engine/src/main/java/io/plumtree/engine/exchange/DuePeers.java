package io.plumtree.engine.exchange;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * Peers with which exchanges are due: those that are known to lack messages which nothing but an exchange will bring,
 * and those with which a handler is not done. Each is served as soon as it can be, once for each handler, and not again
 * before a pause.
 */
public final class DuePeers {
    /** How long after an exchange that was due with a peer the next one may follow. */
    static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    /** How long after one that has failed. */
    static final long FAILED_PAUSE_NS = TimeUnit.SECONDS.toNanos(2);

    private final IntSupplier handlerCount;
    private final IntPredicate isUp;
    private final Runnable onMarked;
    /** By peer: a bit for each handler whose exchange is due. */
    private long[] due = new long[0];
    /** Of those, which are due because the peer is known to lack messages. */
    private long[] needed = new long[0];
    private long[] notBeforeNs = new long[0];
    private boolean[] isPausing = new boolean[0];
    private int markedCount;
    private int firstPeer;

    /**
     * None yet.
     *
     * @param handlerCount how many handlers there are, at most 64.
     * @param isUp         whether the link to a peer is up, by the peer's number.
     * @param onMarked     run where a peer is marked that was not.
     */
    public DuePeers(final IntSupplier handlerCount, final IntPredicate isUp, final Runnable onMarked) {
        this.handlerCount = handlerCount;
        this.isUp = isUp;
        this.onMarked = onMarked;
    }

    boolean isEmpty() {
        return markedCount == 0;
    }

    boolean contains(final int peer) {
        return peer < due.length && due[peer] != 0;
    }

    /** Whether an exchange is due with a peer whose link is up. */
    boolean isAnyUp() {
        for (int peer = 0; peer < due.length && markedCount > 0; peer++) {
            if (due[peer] != 0 && isUp.test(peer)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an exchange of a handler's is due with a peer whose link is up. */
    boolean isDue(final int handler) {
        for (int peer = 0; peer < due.length && markedCount > 0; peer++) {
            if ((due[peer] & 1L << handler) != 0 && isUp.test(peer)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Marks a peer, for all handlers: it lacks messages which nothing but an exchange will bring.
     *
     * @param peer the peer's number.
     */
    public void mark(final int peer) {
        final int handlers = handlerCount.getAsInt();
        if (handlers == 0) {
            return;
        }
        if (!contains(peer)) {
            onMarked.run();
        }
        due(peer, -1L >>> Long.SIZE - handlers, true);
    }

    /** An exchange that was due could not be had, or another one is to follow. */
    void again(final int peer, final int handler, final boolean isNeeded) {
        due(peer, 1L << handler, isNeeded);
    }

    void pause(final int peer, final long durationNs, final long nowNs) {
        reserve(peer);
        isPausing[peer] = true;
        notBeforeNs[peer] = nowNs + durationNs;
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
            if (due[peer] == 0 || !isUp.test(peer) || isPausing(peer, nowNs)) {
                continue;
            }
            final int before = count;
            for (long bits = due[peer]; bits != 0 && exchanges.isBelowLimit(); bits &= bits - 1) {
                final int handler = Long.numberOfTrailingZeros(bits);
                if (!exchanges.running().isHandlerBusy(handler)) {
                    final Occasion occasion =
                        (needed[peer] & 1L << handler) == 0 ? Occasion.DUE : Occasion.NEEDED;
                    unmark(peer, 1L << handler);
                    exchanges.start(handler, peer, occasion, nowNs);
                    count++;
                }
            }
            if (count > before) {
                pause(peer, PAUSE_NS, nowNs);
                firstPeer = peer + 1;
            }
        }
        return count;
    }

    private boolean isPausing(final int peer, final long nowNs) {
        isPausing[peer] &= nowNs - notBeforeNs[peer] < 0;
        return isPausing[peer];
    }

    private void due(final int peer, final long bits, final boolean isNeeded) {
        reserve(peer);
        if (due[peer] == 0) {
            markedCount++;
        }
        due[peer] |= bits;
        needed[peer] |= isNeeded ? bits : 0;
    }

    private void unmark(final int peer, final long bits) {
        if (due[peer] != 0) {
            due[peer] &= ~bits;
            needed[peer] &= ~bits;
            if (due[peer] == 0) {
                markedCount--;
            }
        }
    }

    private void reserve(final int peer) {
        if (peer >= due.length) {
            final int length = Math.max(peer + 1, 2 * due.length);
            due = Arrays.copyOf(due, length);
            needed = Arrays.copyOf(needed, length);
            notBeforeNs = Arrays.copyOf(notBeforeNs, length);
            isPausing = Arrays.copyOf(isPausing, length);
        }
    }
}
