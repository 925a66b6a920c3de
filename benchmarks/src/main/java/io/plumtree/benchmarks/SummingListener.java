package io.plumtree.benchmarks;

import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.SelectiveFrameListener;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import org.agrona.DirectBuffer;

/** Uses all that it is told, and a byte of each range, so that no read can be left out. */
final class SummingListener extends SelectiveFrameListener {
    long sum;

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
    public boolean onGossip(final long sender, final Broadcast broadcast) {
        sum += sum(broadcast.key()) + broadcast.payloadLength()
            + broadcast.buffer().getByte(broadcast.bodyOffset() + broadcast.bodyLength() - 1);
        return true;
    }

    @Override
    public void onControl(final long sender, final ControlMessage type, final MessageKey key) {
        sum += sum(key);
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
