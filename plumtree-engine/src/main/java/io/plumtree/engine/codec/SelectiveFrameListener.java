package io.plumtree.engine.codec;

import io.plumtree.api.Exchange;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * For listeners that care for some frames only: accepts no sender, and takes whatever comes all the same, without being
 * overridden, for a fault.
 */
public abstract class SelectiveFrameListener implements FrameListener {
    /** A listener that accepts nobody. */
    protected SelectiveFrameListener() {
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        return false;
    }

    @Override
    public boolean acceptsStranger(final long cluster, final long sender) {
        return false;
    }

    @Override
    public void onGreeting(final Greeting greeting) {
        throw unexpected();
    }

    @Override
    public void onHeartbeat(final long sender, final long incarnation) {
        throw unexpected();
    }

    @Override
    public void onGoodbye(final long sender, final long incarnation) {
        throw unexpected();
    }

    @Override
    public boolean onGossip(final long sender, final Broadcast broadcast) {
        throw unexpected();
    }

    @Override
    public void onControl(final long sender, final ControlMessage type, final MessageKey key) {
        throw unexpected();
    }

    @Override
    public void onQuench(final long sender, final long root, final int handler) {
        throw unexpected();
    }

    @Override
    public void onExchangeOpen(final long sender, final long exchangeId, final long creditLimit, final int handler) {
        throw unexpected();
    }

    @Override
    public void onExchangeData(
        final long sender,
        final long exchangeId,
        final boolean fromInitiator,
        final int sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        throw unexpected();
    }

    @Override
    public void onExchangeCredit(
        final long sender, final long exchangeId, final boolean fromInitiator, final long creditLimit) {
        throw unexpected();
    }

    @Override
    public void onExchangeClose(
        final long sender, final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
        throw unexpected();
    }

    @Override
    public void onQuery(final long sender, final Query query) {
        throw unexpected();
    }

    @Override
    public void onMembersAnswer(final AnswerPart<MemberState> part) {
        throw unexpected();
    }

    @Override
    public void onPeersAnswer(final AnswerPart<TreePeer> part) {
        throw unexpected();
    }

    @Override
    public void onExchangesAnswer(final long incarnation, final AnswerPart<Exchange> part) {
        throw unexpected();
    }

    @Override
    public void onQueryRefused(final long sender, final long correlation, final int code) {
        throw unexpected();
    }

    @Override
    public boolean acceptsOverlay(final long cluster, final long sender) {
        return false;
    }

    @Override
    public void onJoin(final NodeDescriptor from, final long nonce) {
        throw unexpected();
    }

    @Override
    public void onForwardJoin(final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive) {
        throw unexpected();
    }

    @Override
    public void onNeighbor(final NodeDescriptor from, final long nonce, final boolean isHighPriority) {
        throw unexpected();
    }

    @Override
    public void onNeighborReply(final NodeDescriptor from, final long nonce, final boolean isAccepted) {
        throw unexpected();
    }

    @Override
    public void onDisconnect(final NodeDescriptor from, final boolean isLeaving) {
        throw unexpected();
    }

    @Override
    public void onShuffle(
        final NodeDescriptor from,
        final NodeDescriptor origin,
        final int timeToLive,
        final List<NodeDescriptor> sample) {
        throw unexpected();
    }

    @Override
    public void onShuffleReply(final NodeDescriptor from, final List<NodeDescriptor> sample) {
        throw unexpected();
    }

    private static IllegalStateException unexpected() {
        return new IllegalStateException("not a frame that is listened to");
    }
}
