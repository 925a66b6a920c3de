package io.plumtree.system;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Has nothing to broadcast, but exchanges with one peer, both sides talking, until somebody ends them. */
final class EndlessHandler implements BroadcastHandler {
    /** How its exchanges ended, on this node's side. */
    final List<ExchangeEnd> ends = new CopyOnWriteArrayList<>();
    /** Messages of the other side. */
    final AtomicLong heard = new AtomicLong();
    private final NodeId peer;

    EndlessHandler(final NodeId peer) {
        this.peer = peer;
    }

    @Override
    public ExchangeResult exchange(final NodeId with, final ExchangeSession session) {
        return with.equals(peer) ? talk(session) : ExchangeResult.IGNORED;
    }

    @Override
    public ExchangeResult acceptExchange(final NodeId with, final ExchangeSession session) {
        return talk(session);
    }

    private ExchangeResult talk(final ExchangeSession session) {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
        session.start(new ExchangeListener() {
            @Override
            public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
                heard.incrementAndGet();
            }

            @Override
            public int doWork(final long nowNs) {
                return session.send(message, 0, message.capacity()) ? 1 : 0;
            }

            @Override
            public void onEnd(final ExchangeEnd end) {
                ends.add(end);
            }
        });
        return ExchangeResult.RUNNING;
    }

    @Override
    public void broadcastData(final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        // Nothing is broadcast.
    }

    @Override
    public boolean merge(final Message message) {
        return false;
    }

    @Override
    public boolean isStale(final MessageId id) {
        return true;
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        return GraftResult.UNKNOWN;
    }
}
