package io.plumtree.engine.agent;

import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.ExchangeFrameListener;
import io.plumtree.engine.exchange.PeerFrames;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.peers.FrameOrigin;
import org.agrona.DirectBuffer;

/** Takes in the frames of exchanges. */
final class ExchangeReceiver implements ExchangeFrameListener {
    private final FrameOrigin origin;
    private final PeerFrames exchanges;
    private final HandlerRegistry registry;

    ExchangeReceiver(final FrameOrigin origin, final PeerFrames exchanges, final HandlerRegistry registry) {
        this.origin = origin;
        this.exchanges = exchanges;
        this.registry = registry;
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        return origin.acceptsPeer(cluster, sender);
    }

    @Override
    public void onExchangeOpen(final long sender, final long exchangeId, final long creditLimit, final int handler) {
        // One that has overtaken the greeting is told to come again.
        if (registry.isUnordered(registry.indexOf(handler)) || origin.admit()) {
            exchanges.onOpen(origin.peer().index, exchangeId, creditLimit, handler, origin.nowNs());
        }
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
        if (origin.admit()) {
            exchanges.onData(
                origin.peer().index, exchangeId, fromInitiator, sequence, buffer, offset, length, origin.nowNs());
        }
    }

    @Override
    public void onExchangeCredit(
        final long sender, final long exchangeId, final boolean fromInitiator, final long creditLimit) {
        if (origin.admit()) {
            exchanges.onCredit(origin.peer().index, exchangeId, fromInitiator, creditLimit, origin.nowNs());
        }
    }

    @Override
    public void onExchangeClose(
        final long sender, final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
        if (origin.admit()) {
            exchanges.onClose(origin.peer().index, exchangeId, fromInitiator, code, origin.nowNs());
        }
    }
}
