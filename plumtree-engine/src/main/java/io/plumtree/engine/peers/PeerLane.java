package io.plumtree.engine.peers;

import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.events.BudgetSpentEvent;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** The way to a peer on one channel, and how long it has been back-pressured. */
public final class PeerLane {
    /** A queue that still is not short is filled by what is relayed, or does not move: as long as a relay waits. */
    private static final long MAX_SHORTENING_NS = TimeUnit.MILLISECONDS.toNanos(20);

    public final Link link;
    private final NodeId self;
    private final NodeId peer;
    private final EngineCounters counters;
    private final long shortQueueLength;
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
    private long queuePosition;

    private PeerLane(
        final NodeId self,
        final NodeId peer,
        final Link link,
        final long shortQueueLength,
        final EngineCounters counters,
        final long nowNs) {
        this.self = self;
        this.peer = peer;
        this.link = link;
        this.shortQueueLength = shortQueueLength;
        this.counters = counters;
        this.changedNs = nowNs;
    }

    /** One for each link, which are by channel. */
    static PeerLane[] of(
        final NodeId self,
        final NodeId peer,
        final Link[] links,
        final long shortQueueLength,
        final EngineCounters counters,
        final long nowNs) {
        final PeerLane[] lanes = new PeerLane[links.length];
        for (int channel = 0; channel < links.length; channel++) {
            lanes[channel] = new PeerLane(self, peer, links[channel], shortQueueLength, counters, nowNs);
        }
        return lanes;
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
    boolean isWritable(final boolean isPeerUp, final long nowNs, final long budgetNs) {
        if (!isPeerUp || isMissing || link.availableWindow() > 0) {
            isBlocked = false;
            isSpent = false;
            return true;
        }
        if (!isBlocked) {
            isBlocked = true;
            blockedSinceNs = nowNs;
        }
        if (nowNs - blockedSinceNs < budgetNs) {
            return false;
        }
        if (!isSpent) {
            isSpent = true;
            counters.increment(EngineCounter.BUDGETS_SPENT);
            BudgetSpentEvent.emit(self.name(), peer.name(), nowNs - blockedSinceNs);
        }
        return true;
    }

    /**
     * Whether what nobody waits for yet may be sent: the queue is short, or does not become so, and half the window is
     * free, or that has been waited for enough.
     */
    boolean isAdmissible(final boolean isPeerUp, final long nowNs, final long budgetNs) {
        if (isPeerUp && !isMissing && isQueueShortening(nowNs)) {
            return false;
        }
        if (!isPeerUp || isMissing || 2 * link.availableWindow() >= link.windowLength()) {
            isNarrow = false;
            return isWritable(isPeerUp, nowNs, budgetNs);
        }
        if (!isNarrow) {
            isNarrow = true;
            narrowSinceNs = nowNs;
        }
        final boolean isWritable = isWritable(isPeerUp, nowNs, budgetNs);
        return isWritable && (isSpent || nowNs - narrowSinceNs >= budgetNs);
    }

    /** Whether the queue is long, and has not been for so long that it is not waited for: others fill it up. */
    private boolean isQueueShortening(final long nowNs) {
        if (link.queuedLength() <= shortQueueLength) {
            isQueueLong = false;
            return false;
        }
        if (!isQueueLong) {
            isQueueLong = true;
            queueLongSinceNs = nowNs;
        }
        return nowNs - queueLongSinceNs < MAX_SHORTENING_NS;
    }

    /** Whether something has been found to wait for room, and may still. */
    boolean isHeldUp() {
        return isBlocked || isNarrow || isQueueLong;
    }

    /** How far the queue has moved when it was last seen to be a long one. */
    public long queuePosition() {
        if (link.queuedLength() > shortQueueLength) {
            queuePosition = link.sentPosition();
        }
        return queuePosition;
    }

    /** Forgets that it was back-pressured, if it isn't any more; budgets are for uninterrupted waits. */
    void refreshBudgets(final boolean isPeerUp) {
        if (isBlocked && (!isPeerUp || link.availableWindow() > 0)) {
            isBlocked = false;
            isSpent = false;
        }
        if (isNarrow && (!isPeerUp || 2 * link.availableWindow() >= link.windowLength())) {
            isNarrow = false;
        }
        if (isQueueLong && (!isPeerUp || link.queuedLength() <= shortQueueLength)) {
            isQueueLong = false;
        }
    }
}
