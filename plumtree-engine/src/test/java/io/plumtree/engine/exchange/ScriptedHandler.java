package io.plumtree.engine.exchange;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.agrona.DirectBuffer;

/** Does in exchanges what a test tells it; knows the sides it has started. */
final class ScriptedHandler implements BroadcastHandler {
    final List<Side> sides = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    BiFunction<NodeId, ExchangeSession, ExchangeResult> asked = this::run;
    BiFunction<NodeId, ExchangeSession, ExchangeResult> accepting = this::run;

    /** Starts a listener. */
    ExchangeResult run(final NodeId peer, final ExchangeSession session) {
        final Side side = new Side(session);
        sides.add(side);
        session.start(side);
        return ExchangeResult.RUNNING;
    }

    Side last() {
        return sides.get(sides.size() - 1);
    }

    @Override
    public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
        calls.add("exchange " + peer + (session.isNeeded() ? " needed" : ""));
        return asked.apply(peer, session);
    }

    @Override
    public ExchangeResult acceptExchange(final NodeId peer, final ExchangeSession session) {
        calls.add("accept " + peer);
        return accepting.apply(peer, session);
    }

    @Override
    public void broadcastData(
        final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean merge(final Message message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isStale(final MessageId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        throw new UnsupportedOperationException();
    }
}
