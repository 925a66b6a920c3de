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
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps messages by id, has an exchange of one message each way, and throws or is slow in the callback it is told. */
final class FaultyHandler implements BroadcastHandler {
    /** How long a slow callback takes. */
    static final long SLOW_MS = 120;

    private static final int ID_LENGTH = 16;

    /** The callback that misbehaves; null for none. */
    volatile String callback;
    /** Whether it is slow, rather than throwing. */
    volatile boolean isSlow;
    /** How often it has misbehaved. */
    final AtomicLong hits = new AtomicLong();
    private final Map<Long, byte[]> messages = new HashMap<>();
    private HandlerContext context;
    private long sequence;

    private void misbehave(final String in) {
        if (in.equals(callback)) {
            hits.incrementAndGet();
            if (!isSlow) {
                throw new IllegalStateException("on purpose in " + in);
            }
            final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SLOW_MS);
            while (System.nanoTime() - endNs < 0) {
                LockSupport.parkNanos(endNs - System.nanoTime());
            }
        }
    }

    @Override
    public void onStart(final HandlerContext handlerContext) {
        context = handlerContext;
    }

    @Override
    public void broadcastData(final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        misbehave("broadcastData");
        if (claim.tryClaim(ID_LENGTH, length) > 0) {
            claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
        }
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        misbehave("onBroadcast");
        final MutableDirectBuffer buffer = message.buffer();
        buffer.putLong(message.idOffset(), context.self().value());
        buffer.putLong(message.idOffset() + Long.BYTES, ++sequence);
        store(key(message.id()), buffer, message.payloadOffset(), message.payloadLength());
    }

    @Override
    public boolean merge(final Message message) {
        misbehave("merge");
        return store(key(message.id()), message.buffer(), message.payloadOffset(), message.payloadLength());
    }

    @Override
    public boolean isStale(final MessageId id) {
        misbehave("isStale");
        return messages.containsKey(key(id));
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        misbehave("graft");
        final byte[] message = messages.get(key(id));
        if (message == null) {
            return GraftResult.UNKNOWN;
        }
        payload.wrap(new UnsafeBuffer(message), 0, message.length);
        return GraftResult.PAYLOAD;
    }

    @Override
    public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
        misbehave("exchange");
        session.start(new Greeter(session));
        return ExchangeResult.RUNNING;
    }

    @Override
    public ExchangeResult acceptExchange(final NodeId peer, final ExchangeSession session) {
        misbehave("acceptExchange");
        session.start(new Greeter(session));
        return ExchangeResult.RUNNING;
    }

    @Override
    public int doWork(final long nowNs) {
        misbehave("doWork");
        return 0;
    }

    /** Says something, and has done when it has heard something. */
    private final class Greeter implements ExchangeListener {
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[100]);
        private final ExchangeSession session;
        private boolean hasSpoken;

        Greeter(final ExchangeSession session) {
            this.session = session;
        }

        @Override
        public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
            misbehave("onMessage");
            if (session.isInitiator()) {
                session.complete();
            }
        }

        @Override
        public int doWork(final long nowNs) {
            misbehave("session.doWork");
            if (hasSpoken) {
                return 0;
            }
            hasSpoken = session.send(message, 0, message.capacity());
            return 1;
        }

        @Override
        public void onEnd(final ExchangeEnd end) {
            misbehave("onEnd");
        }
    }

    private boolean store(final long key, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        return messages.putIfAbsent(key, payload) == null;
    }

    private static long key(final MessageId id) {
        return id.buffer().getLong(id.offset()) * 31 + id.buffer().getLong(id.offset() + Long.BYTES);
    }
}
