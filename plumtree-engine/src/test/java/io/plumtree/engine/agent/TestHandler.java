package io.plumtree.engine.agent;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps every message; ids are (origin, incarnation, number). Throws where a test tells it to. */
public class TestHandler implements BroadcastHandler {
    public static final int ID_LENGTH = 24;

    public final List<String> delivered = new ArrayList<>();
    public final List<String> calls = new ArrayList<>();
    /** Name of the method that throws; null for none. */
    public volatile String failing;
    /** What it throws. */
    public volatile Throwable failure = new IllegalStateException("on purpose");
    public int idLength = ID_LENGTH;
    public HandlerContext context;
    /** Starts exchanges; null for none. */
    public volatile Consumer<ExchangeSession> exchange;
    public volatile Consumer<ExchangeSession> acceptExchange;
    /** Whether nothing that a peer asks for is found. */
    public boolean isForgetful;
    /** What it names as its channel. */
    public String channel = DEFAULT_CHANNEL;
    private final Map<String, byte[]> messages = new HashMap<>();
    private long sequence;

    private void maybeFail(final String method) {
        if (method.equals(failing)) {
            LangUtil.rethrowUnchecked(failure);
        }
    }

    @Override
    public String channel() {
        maybeFail("channel");
        return channel;
    }

    @Override
    public void onStart(final HandlerContext handlerContext) {
        calls.add("onStart");
        context = handlerContext;
        context.option("key", "");
        maybeFail("onStart");
    }

    @Override
    public void broadcastData(
        final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        maybeFail("broadcastData.before");
        if (claim.tryClaim(idLength, length) > 0) {
            claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
            maybeFail("broadcastData");
        }
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        maybeFail("onBroadcast");
        final MutableDirectBuffer buffer = message.buffer();
        buffer.putLong(message.idOffset(), context.self().value());
        buffer.putLong(message.idOffset() + 8, context.incarnation());
        buffer.putLong(message.idOffset() + 16, sequence++);
        messages.put(key(message.id()), bytes(buffer, message.payloadOffset(), message.payloadLength()));
    }

    @Override
    public boolean merge(final Message message) {
        maybeFail("merge");
        final byte[] payload = bytes(message.buffer(), message.payloadOffset(), message.payloadLength());
        if (messages.putIfAbsent(key(message.id()), payload) != null) {
            return false;
        }
        delivered.add(new String(payload, StandardCharsets.US_ASCII));
        return true;
    }

    @Override
    public boolean isStale(final MessageId id) {
        maybeFail("isStale");
        return messages.containsKey(key(id));
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        maybeFail("graft");
        final byte[] message = messages.get(key(id));
        if (message == null || isForgetful) {
            return GraftResult.UNKNOWN;
        }
        payload.wrap(new UnsafeBuffer(message), 0, message.length);
        return GraftResult.PAYLOAD;
    }

    @Override
    public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
        if (session.isNeeded()) {
            calls.add("needed");
        }
        return start(exchange, session);
    }

    @Override
    public ExchangeResult acceptExchange(final NodeId peer, final ExchangeSession session) {
        return start(acceptExchange, session);
    }

    private static ExchangeResult start(final Consumer<ExchangeSession> starter, final ExchangeSession session) {
        if (starter == null) {
            return ExchangeResult.IGNORED;
        }
        starter.accept(session);
        return ExchangeResult.RUNNING;
    }

    @Override
    public int doWork(final long nowNs) {
        maybeFail("doWork");
        return 0;
    }

    @Override
    public void onClose() {
        calls.add(Thread.currentThread().isInterrupted() ? "onClose, interrupted" : "onClose");
        maybeFail("onClose");
    }

    private static String key(final MessageId id) {
        return new String(bytes(id.buffer(), id.offset(), id.length()), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
