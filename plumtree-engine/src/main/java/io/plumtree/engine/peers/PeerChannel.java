package io.plumtree.engine.peers;

import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.events.BudgetSpentEvent;
import io.plumtree.engine.settings.RoomLimits;
import io.plumtree.protocol.PlumtreeEffects;
import org.agrona.DirectBuffer;

/** The way to a peer on one channel, and how long it has been back-pressured. */
public final class PeerChannel {
    public final Link link;
    private final NodeId self;
    private final NodeId peer;
    private final EngineCounters counters;
    private final RoomLimits limits;
    private boolean isConnected;
    private boolean isMissing;
    private long changedNs;
    private boolean isBlocked;
    private boolean isSpent;
    private boolean isNarrow;
    private boolean isQueueLong;
    private long blockedSinceNs;
    private long narrowSinceNs;
    private long queueLongSinceNs;

    private PeerChannel(
        final NodeId self,
        final NodeId peer,
        final Link link,
        final RoomLimits limits,
        final EngineCounters counters,
        final long nowNs) {
        this.self = self;
        this.peer = peer;
        this.link = link;
        this.limits = limits;
        this.counters = counters;
        this.changedNs = nowNs;
    }

    /** One for each link, which are by channel. */
    static PeerChannel[] of(
        final NodeId self,
        final NodeId peer,
        final Link[] links,
        final RoomLimits limits,
        final EngineCounters counters,
        final long nowNs) {
        final PeerChannel[] channels = new PeerChannel[links.length];
        for (int channel = 0; channel < links.length; channel++) {
            channels[channel] = new PeerChannel(self, peer, links[channel], limits, counters, nowNs);
        }
        return channels;
    }

    public boolean send(
        final DirectBuffer head,
        final int headLength,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength) {
        final int result = link.send(head, 0, headLength, body, bodyOffset, bodyLength);
        if (result >= SendResult.ACCEPTED) {
            return true;
        }
        counters.increment(result == SendResult.BACK_PRESSURED ?
            EngineCounter.SENDS_BACK_PRESSURED : EngineCounter.SENDS_FAILED);
        return false;
    }

    /** Whether the link was connected when last looked at. */
    public boolean isConnected() {
        return isConnected;
    }

    /** When that changed last. */
    long changedNs() {
        return changedNs;
    }

    /** Whether the peer is up, but has not been on this channel for so long that it is not waited for. */
    public boolean isMissing() {
        return isMissing;
    }

    /** The link has been seen to be connected where it was not, or the other way round. */
    void connectionChanged(final long nowNs) {
        isConnected = !isConnected;
        isMissing = false;
        changedNs = nowNs;
    }

    /** The channel is not waited for any more. */
    void giveUp() {
        isMissing = true;
    }

    boolean isBlocked() {
        return isBlocked;
    }

    /** Whether what others wait for may be sent now, or at least tried: there is room, or it has waited enough. */
    boolean isWritable(final boolean isPeerUp, final long nowNs) {
        return !isPeerUp || isMissing || link.availableWindow() > 0
            || hasWaited(isBlocked, blockedSinceNs, limits.budgetNs(), nowNs);
    }

    /**
     * Whether what nobody waits for yet may be sent: the queue is short, or does not become so, and half the window is
     * free, or that has been waited for enough.
     */
    boolean isAdmissible(final boolean isPeerUp, final long nowNs) {
        if (!isPeerUp || isMissing) {
            return true;
        }
        if (link.queuedLength() > limits.shortQueueLength()
            && !hasWaited(isQueueLong, queueLongSinceNs, limits.queueWaitNs(), nowNs)) {
            return false;
        }
        // Without any room it is writable only since that was waited for enough.
        return isWritable(true, nowNs) && (!isWindowNarrow() || link.availableWindow() <= 0
            || hasWaited(isNarrow, narrowSinceNs, limits.budgetNs(), nowNs));
    }

    private static boolean hasWaited(
        final boolean isWaiting, final long sinceNs, final long limitNs, final long nowNs) {
        return limitNs == 0 || isWaiting && nowNs - sinceNs >= limitNs;
    }

    private boolean isWindowNarrow() {
        return 2 * link.availableWindow() < link.windowLength();
    }

    /** What others wait for waits for room. */
    void onRelayHeldBack(final long nowNs) {
        if (!isBlocked && link.availableWindow() <= 0) {
            isBlocked = true;
            blockedSinceNs = nowNs;
        }
    }

    /** What nobody waits for yet waits: for the queue to become short, then for half the window, and for room. */
    void onBroadcastHeldBack(final long nowNs) {
        if (link.queuedLength() > limits.shortQueueLength()) {
            if (!isQueueLong) {
                isQueueLong = true;
                queueLongSinceNs = nowNs;
            }
            if (!hasWaited(true, queueLongSinceNs, limits.queueWaitNs(), nowNs)) {
                return;
            }
        }
        if (!isNarrow && isWindowNarrow()) {
            isNarrow = true;
            narrowSinceNs = nowNs;
        }
        onRelayHeldBack(nowNs);
    }

    /** Whether something has been found to wait for room, and may still. */
    boolean isHeldUp() {
        return isBlocked || isNarrow || isQueueLong;
    }

    /** How far the queue has moved; {@link PlumtreeEffects#NO_QUEUE} if it is a short one. */
    public long queuePosition() {
        return link.queuedLength() > limits.shortQueueLength() ? link.sentPosition() : PlumtreeEffects.NO_QUEUE;
    }

    /** Something is about to be pushed. Who has no budget at all has spent it where there is no room. */
    public void onPush(final boolean isPeerUp, final long nowNs) {
        if (isPeerUp && limits.budgetNs() == 0) {
            onRelayHeldBack(nowNs);
        }
        update(isPeerUp, nowNs);
    }

    /**
     * Forgets what is not waited for any more, as budgets are for uninterrupted waits, and says so where one is over:
     * when links are looked at, and before something is pushed.
     */
    void update(final boolean isPeerUp, final long nowNs) {
        if (!isHeldUp()) {
            return;
        }
        final boolean isFree = !isPeerUp || isMissing;
        isQueueLong &= !isFree && link.queuedLength() > limits.shortQueueLength();
        isNarrow &= !isFree && isWindowNarrow();
        isBlocked &= !isFree && link.availableWindow() <= 0;
        isSpent &= isBlocked;
        if (isBlocked && !isSpent && nowNs - blockedSinceNs >= limits.budgetNs()) {
            isSpent = true;
            counters.increment(EngineCounter.BUDGETS_SPENT);
            BudgetSpentEvent.emit(self.name(), peer.name(), nowNs - blockedSinceNs);
        }
    }
}
