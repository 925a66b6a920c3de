package io.plumtree.benchmarks;

import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.ExchangeFrameListener;
import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.engine.codec.FrameListeners;
import io.plumtree.engine.codec.GossipFrameListener;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.codec.LinkFrameListener;
import io.plumtree.engine.codec.Namesake;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import org.agrona.DirectBuffer;

/** Uses all that it is told, and a byte of each range, so that no read can be left out. */
final class SummingListener implements GossipFrameListener, LinkFrameListener, ExchangeFrameListener {
    long sum;

    /** A decoder that tells it of the families of messages, links and exchanges. */
    FrameDecoder decoder() {
        return new FrameDecoder(new FrameListeners().gossip(this).links(this).exchanges(this));
    }

    /** Fails if a frame was not read. */
    static void check(final DecodeResult result) {
        if (result != DecodeResult.CONSUMED) {
            throw new IllegalStateException("frame is " + result);
        }
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        sum += cluster ^ sender;
        return true;
    }

    @Override
    public boolean acceptsGreeting(final long cluster, final long sender) {
        return accepts(cluster, sender);
    }

    @Override
    public boolean acceptsKnown(final long cluster, final long sender) {
        return accepts(cluster, sender);
    }

    @Override
    public boolean acceptsNamesake(final long cluster, final long sender) {
        return accepts(cluster, sender);
    }

    @Override
    public void onGreeting(final Greeting greeting) {
        sum += greeting.incarnation();
    }

    @Override
    public void onHeartbeat(final long sender, final long incarnation) {
        sum += incarnation;
    }

    @Override
    public void onGoodbye(final long sender, final long incarnation) {
        sum += incarnation;
    }

    @Override
    public void onKnown(final long sender, final KnownIncarnation known) {
        sum += known.incarnation();
    }

    @Override
    public void onRaised(final long sender, final long former, final long incarnation) {
        sum += former + incarnation;
    }

    @Override
    public void onNamesake(final Namesake namesake) {
        sum += namesake.incarnation();
    }

    @Override
    public boolean onGossip(final long sender, final Broadcast broadcast) {
        sum += sum(broadcast.key()) + broadcast.payloadLength()
            + broadcast.buffer().getByte(broadcast.bodyOffset() + broadcast.bodyLength() - 1);
        return true;
    }

    @Override
    public void onControl(final long sender, final ControlMessage type, final MessageKey key) {
        sum += sum(key);
    }

    @Override
    public void onQuench(final long sender, final long root, final int handler) {
        sum += root + handler;
    }

    private static long sum(final MessageKey key) {
        return key.root() + key.round() + key.handler()
            + key.id().buffer().getByte(key.id().offset() + key.id().length() - 1);
    }

    @Override
    public void onExchangeOpen(final long sender, final long exchangeId, final long creditLimit, final int handler) {
        sum += exchangeId + creditLimit + handler;
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
        sum += exchangeId + sequence + buffer.getByte(offset + length - 1) + (fromInitiator ? 1 : 0);
    }

    @Override
    public void onExchangeCredit(
        final long sender, final long exchangeId, final boolean fromInitiator, final long creditLimit) {
        sum += exchangeId + creditLimit + (fromInitiator ? 1 : 0);
    }

    @Override
    public void onExchangeClose(
        final long sender, final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
        sum += exchangeId + code.ordinal() + (fromInitiator ? 1 : 0);
    }
}
