package io.plumtree.handlers.testkit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A handler without a fault: keeps all messages. An id is origin and sequence; a payload is the data and a byte of
 * check sum. Made to be broken by subclasses.
 */
class SetHandler implements BroadcastHandler {
    static final int ID_LENGTH = 16;

    final Map<Id, byte[]> payloadById = new LinkedHashMap<>();
    HandlerContext context;
    long lastSequence;

    record Id(long origin, long sequence) {
    }

    @Override
    public void onStart(final HandlerContext handlerContext) {
        context = handlerContext;
    }

    @Override
    public void broadcastData(final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        if (length == 0 || claim.tryClaim(ID_LENGTH, length + 1) < 0) {
            return;
        }
        final MutableDirectBuffer buffer = claim.buffer();
        buffer.putLong(claim.idOffset(), context.self().value(), LITTLE_ENDIAN);
        buffer.putBytes(claim.payloadOffset(), data, offset, length);
        buffer.putByte(claim.payloadOffset() + length, sum(data, offset, length));
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        message.buffer().putLong(message.idOffset() + Long.BYTES, ++lastSequence, LITTLE_ENDIAN);
        store(id(message.id()), message.buffer(), message.payloadOffset(), message.payloadLength());
    }

    @Override
    public boolean merge(final Message message) {
        final Id id = id(message.id());
        checkPayload(message);
        return !payloadById.containsKey(id) && store(id, message);
    }

    @Override
    public boolean isStale(final MessageId id) {
        return payloadById.containsKey(id(id));
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        final byte[] found = payloadById.get(id(id));
        if (found == null) {
            return GraftResult.UNKNOWN;
        }
        payload.wrap(new UnsafeBuffer(found), 0, found.length);
        return GraftResult.PAYLOAD;
    }

    @Override
    public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
        session.start(new SetExchange(this, session));
        return ExchangeResult.RUNNING;
    }

    @Override
    public ExchangeResult acceptExchange(final NodeId peer, final ExchangeSession session) {
        return exchange(peer, session);
    }

    boolean store(final Id id, final Message message) {
        return store(id, message.buffer(), message.payloadOffset(), message.payloadLength());
    }

    boolean store(final Id id, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        payloadById.put(id, payload);
        return true;
    }

    Id id(final MessageId id) {
        return id(id.buffer(), id.offset(), id.length());
    }

    Id id(final DirectBuffer buffer, final int offset, final int length) {
        if (length != ID_LENGTH) {
            throw new MalformedMessageException("id must have " + ID_LENGTH + " bytes: " + length);
        }
        return new Id(buffer.getLong(offset, LITTLE_ENDIAN), buffer.getLong(offset + Long.BYTES, LITTLE_ENDIAN));
    }

    void checkPayload(final Message message) {
        final DirectBuffer buffer = message.buffer();
        final int offset = message.payloadOffset();
        final int length = message.payloadLength();
        if (length < 2 || buffer.getByte(offset + length - 1) != sum(buffer, offset, length - 1)) {
            throw new MalformedMessageException("payload of " + length + " bytes has a wrong sum");
        }
    }

    private static byte sum(final DirectBuffer buffer, final int offset, final int length) {
        byte sum = 1;
        for (int i = 0; i < length; i++) {
            sum = (byte) (31 * sum + buffer.getByte(offset + i));
        }
        return sum;
    }
}
