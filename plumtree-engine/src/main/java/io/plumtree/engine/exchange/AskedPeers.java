package io.plumtree.engine.exchange;

import io.plumtree.handlers.spi.ExchangeEnd;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Which peers have been asked, by which handlers, and when: who lacks something since some time may get it from each
 * peer with which no exchange has been completed that began later. One that has failed twice in a row says as much as
 * one that was completed. One that its handler calls unsettled says nothing yet; but where all wait for each other
 * nobody has anything, and they are asked {@link #MAX_UNSETTLED} times at most.
 *
 * <p>A peer whose link was lost lately may come back, and be asked then. One that has said goodbye, or runs anew, has
 * nothing any more.
 */
final class AskedPeers {
    /** How long a peer is waited for whose link was lost. */
    static final long LATELY_NS = TimeUnit.SECONDS.toNanos(60);
    static final int MAX_UNSETTLED = 20;
    /** How long after such an exchange the peer is asked anew: what it waits for itself takes its time. */
    static final long UNSETTLED_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    static final int NONE = -1;

    private final ExchangePort port;
    /** By peer and handler: when the last exchange began; counts where the handler's bit is set. */
    private long[][] askedNs = new long[0][];
    /** By peer and handler: how many in a row were unsettled, and when the last one ended. */
    private byte[][] unsettled = new byte[0][];
    private long[][] unsettledNs = new long[0][];
    private long[] asked = new long[0];
    /** By peer: a bit for each handler whose last exchange has failed. */
    private long[] failed = new long[0];
    /** By peer: a bit for each handler with which the peer has no exchanges. */
    private long[] refusing = new long[0];
    private long[] lostNs = new long[0];
    private boolean[] isLost = new boolean[0];
    private int firstPeer;

    AskedPeers(final ExchangePort port) {
        this.port = port;
    }

    void onLinkUp(final int peer) {
        forget(peer);
    }

    void onLinkDown(final int peer, final boolean mayReturn, final long nowNs) {
        forget(peer);
        isLost[peer] = mayReturn;
        lostNs[peer] = nowNs;
    }

    private void forget(final int peer) {
        reserve(peer);
        asked[peer] = 0;
        failed[peer] = 0;
        refusing[peer] = 0;
        unsettled[peer] = null;
        isLost[peer] = false;
    }

    /** An exchange has ended, whichever side had initiated it. */
    void onEnd(final RunningExchange session, final ExchangeEnd end, final boolean isBusy, final long nowNs) {
        final int peer = session.peer;
        final long bit = 1L << session.handler;
        reserve(peer);
        switch (end) {
            case COMPLETED, CANCELLED -> {
                failed[peer] &= ~bit;
                if (session.isUnsettled()) {
                    unsettled(session, bit, nowNs);
                } else {
                    asked(session, bit);
                }
            }
            case REFUSED -> refusing[peer] |= isBusy ? 0 : bit;
            case FAILED, TIMED_OUT -> {
                if ((failed[peer] & bit) != 0) {
                    asked(session, bit);
                }
                failed[peer] |= bit;
            }
            default -> {
                // The link is lost, or this node closes.
            }
        }
    }

    private void unsettled(final RunningExchange session, final long bit, final long nowNs) {
        final int peer = session.peer;
        if (unsettled[peer] == null) {
            unsettled[peer] = new byte[Long.SIZE];
            unsettledNs[peer] = new long[Long.SIZE];
        }
        unsettledNs[peer][session.handler] = nowNs;
        if (++unsettled[peer][session.handler] >= MAX_UNSETTLED) {
            asked(session, bit);
        }
    }

    private void asked(final RunningExchange session, final long bit) {
        final int peer = session.peer;
        if (askedNs[peer] == null) {
            askedNs[peer] = new long[Long.SIZE];
        }
        if (unsettled[peer] != null) {
            unsettled[peer][session.handler] = 0;
        }
        if ((asked[peer] & bit) == 0 || session.startNs - askedNs[peer][session.handler] > 0) {
            askedNs[peer][session.handler] = session.startNs;
        }
        asked[peer] |= bit;
    }

    /** Whether some peer may have what a handler lacks since then. Also while no link is up: one may come up. */
    boolean isPending(final int handler, final long sinceNs, final long nowNs) {
        boolean hasLinks = false;
        final int limit = port.peerLimit();
        for (int peer = 0; peer < limit; peer++) {
            if (port.isUp(peer)) {
                hasLinks = true;
                if (isToBeAsked(peer, handler, sinceNs)) {
                    return true;
                }
            } else if (peer < isLost.length && isLost[peer] && nowNs - lostNs[peer] < LATELY_NS) {
                return true;
            }
        }
        return limit > 0 && !hasLinks;
    }

    /** The next peer to ask that is not being asked, or {@link #NONE}. Takes them in turn. */
    int next(final Exchanges exchanges, final int handler, final long sinceNs, final long nowNs) {
        final int limit = port.peerLimit();
        for (int i = 0; i < limit; i++) {
            final int peer = (firstPeer + i) % limit;
            if (port.isUp(peer) && isToBeAsked(peer, handler, sinceNs) && !isPausing(peer, handler, nowNs)
                && !exchanges.running().isRunning(handler, peer)) {
                firstPeer = peer + 1;
                return peer;
            }
        }
        return NONE;
    }

    private boolean isPausing(final int peer, final int handler, final long nowNs) {
        return peer < asked.length && unsettled[peer] != null && unsettled[peer][handler] > 0
            && nowNs - unsettledNs[peer][handler] < UNSETTLED_PAUSE_NS;
    }

    private boolean isToBeAsked(final int peer, final int handler, final long sinceNs) {
        final long bit = 1L << handler;
        return peer >= asked.length || (refusing[peer] & bit) == 0 &&
            ((asked[peer] & bit) == 0 || askedNs[peer][handler] - sinceNs < 0);
    }

    private void reserve(final int peer) {
        if (peer >= asked.length) {
            final int length = Math.max(peer + 1, 2 * asked.length);
            askedNs = Arrays.copyOf(askedNs, length);
            unsettled = Arrays.copyOf(unsettled, length);
            unsettledNs = Arrays.copyOf(unsettledNs, length);
            asked = Arrays.copyOf(asked, length);
            failed = Arrays.copyOf(failed, length);
            refusing = Arrays.copyOf(refusing, length);
            lostNs = Arrays.copyOf(lostNs, length);
            isLost = Arrays.copyOf(isLost, length);
        }
    }
}
