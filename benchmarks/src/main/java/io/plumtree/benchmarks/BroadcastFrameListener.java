package io.plumtree.benchmarks;

import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.FrameListener;
import org.agrona.DirectBuffer;

/** Is told of broadcasts and links alone; no exchange is measured. */
interface BroadcastFrameListener extends FrameListener {
    @Override
    default void onExchangeOpen(
        final long sender, final long exchangeId, final long creditLimit, final int handler) {
    }

    @Override
    default void onExchangeData(
        final long sender,
        final long exchangeId,
        final boolean fromInitiator,
        final int sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
    }

    @Override
    default void onExchangeCredit(
        final long sender, final long exchangeId, final boolean fromInitiator, final long creditLimit) {
    }

    @Override
    default void onExchangeClose(
        final long sender, final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
    }
}
