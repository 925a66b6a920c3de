package io.plumtree.engine.exchange;

import io.plumtree.handlers.spi.ExchangeEnd;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Which links have changed lately, and which exchanges are still to come on account of that: what a node has missed
 * while a link went down, was down, or came up may come by an exchange.
 *
 * <p>When a link comes up, an exchange with that peer is pending, for each handler. When a link goes down, an exchange
 * with any peer is pending, as the trees have changed. An exchange settles that when it has been completed, and began
 * no earlier than {@link #SETTLE_NS} after the change: one that begins earlier may leave messages out, as they are
 * still on their way along the trees. Nothing is pending for longer than {@link #LATELY_NS} after the last change.
 */
final class LinkChanges {
    /** How long after a change an exchange must begin to have brought all that was missed. */
    static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(3);
    /** How long after a change an exchange may be pending. */
    static final long LATELY_NS = TimeUnit.SECONDS.toNanos(60);
    static final int NONE = -1;

    private final ExchangePort port;
    /** By peer: a bit for each handler whose exchange with that peer is pending. */
    private long[] pending = new long[0];
    /** Of those, which have failed once already. */
    private long[] failed = new long[0];
    /** By peer: a bit for each handler with which the peer has no exchanges. */
    private long[] refusing = new long[0];
    private long[] changedNs = new long[0];
    /** A bit for each handler whose exchange with some peer, whichever, is pending. */
    private long pendingWithAny;
    private long downNs;
    private int firstPeer;

    LinkChanges(final ExchangePort port) {
        this.port = port;
    }

    void onLinkUp(final int peer, final long nowNs) {
        reserve(peer);
        pending[peer] = 0;
        refusing[peer] = 0;
        expect(peer, all(), nowNs);
    }

    void onLinkDown(final int peer, final long nowNs) {
        reserve(peer);
        pending[peer] = 0;
        pendingWithAny = all();
        downNs = nowNs;
    }

    /** What was under way on a channel is lost. */
    void onChannelDown(final int peer, final int channel, final long nowNs) {
        long bits = 0;
        for (int handler = 0; handler < port.handlerCount(); handler++) {
            bits |= port.channelOf(handler) == channel ? 1L << handler : 0;
        }
        reserve(peer);
        expect(peer, bits, nowNs);
    }

    /** A peer that has asked for an exchange was told to come again. */
    void onPutOff(final int peer, final int handler, final long nowNs) {
        reserve(peer);
        if ((pending[peer] & 1L << handler) == 0) {
            // Whatever it is about is no younger than the request.
            expect(peer, 1L << handler, pending[peer] == 0 ? nowNs - SETTLE_NS : changedNs[peer]);
        }
    }

    /** An exchange has ended, whichever side had initiated it. */
    void onEnd(final int peer, final int handler, final ExchangeEnd end, final boolean isBusy, final long startNs) {
        reserve(peer);
        final long bit = 1L << handler;
        switch (end) {
            case COMPLETED -> settle(peer, bit, startNs);
            case CANCELLED -> pending[peer] &= ~bit;
            case REFUSED -> {
                if (!isBusy) {
                    pending[peer] &= ~bit;
                    refusing[peer] |= bit;
                }
            }
            case FAILED, TIMED_OUT -> {
                if ((failed[peer] & bit) != 0) {
                    settle(peer, bit, startNs);
                }
                failed[peer] |= bit;
            }
            default -> {
                // The link is lost, which is a change itself.
            }
        }
    }

    private void settle(final int peer, final long bit, final long startNs) {
        if (startNs - changedNs[peer] >= SETTLE_NS) {
            pending[peer] &= ~bit;
        }
        if (startNs - downNs >= SETTLE_NS) {
            pendingWithAny &= ~bit;
        }
    }

    /** Whether an exchange of a handler's is still to come. Also while no link is up: one that comes up brings one. */
    boolean isPending(final int handler, final long nowNs) {
        final long bit = 1L << handler;
        final boolean isPendingWithAny = (pendingWithAny & bit) != 0 && nowNs - downNs < LATELY_NS;
        boolean hasLinks = false;
        final int limit = port.peerLimit();
        for (int peer = 0; peer < limit; peer++) {
            if (port.isUp(peer)) {
                hasLinks = true;
                if (isPendingWithAny && !isRefusing(peer, bit) || isPending(peer, bit, nowNs)) {
                    return true;
                }
            }
        }
        return limit > 0 && !hasLinks;
    }

    /** The next peer to have an exchange with that would settle something, or {@link #NONE}. Takes them in turn. */
    int next(final int handler, final long nowNs) {
        final long bit = 1L << handler;
        final boolean isAnyDue = (pendingWithAny & bit) != 0 && nowNs - downNs >= SETTLE_NS;
        final int limit = port.peerLimit();
        int any = NONE;
        for (int i = 0; i < limit; i++) {
            final int peer = (firstPeer + i) % limit;
            if (!port.isUp(peer)) {
                continue;
            }
            if (isPending(peer, bit, nowNs) && nowNs - changedNs[peer] >= SETTLE_NS) {
                firstPeer = peer + 1;
                return peer;
            }
            any = any == NONE && isAnyDue && !isRefusing(peer, bit) ? peer : any;
        }
        firstPeer = any == NONE ? firstPeer : any + 1;
        return any;
    }

    private boolean isPending(final int peer, final long bit, final long nowNs) {
        return peer < pending.length && (pending[peer] & bit) != 0 && nowNs - changedNs[peer] < LATELY_NS;
    }

    private boolean isRefusing(final int peer, final long bit) {
        return peer < refusing.length && (refusing[peer] & bit) != 0;
    }

    private void expect(final int peer, final long bits, final long sinceNs) {
        pending[peer] |= bits;
        failed[peer] &= ~bits;
        changedNs[peer] = sinceNs;
    }

    private long all() {
        return port.handlerCount() == 0 ? 0 : -1L >>> Long.SIZE - port.handlerCount();
    }

    private void reserve(final int peer) {
        if (peer >= pending.length) {
            final int length = Math.max(peer + 1, 2 * pending.length);
            pending = Arrays.copyOf(pending, length);
            failed = Arrays.copyOf(failed, length);
            refusing = Arrays.copyOf(refusing, length);
            changedNs = Arrays.copyOf(changedNs, length);
        }
    }
}
