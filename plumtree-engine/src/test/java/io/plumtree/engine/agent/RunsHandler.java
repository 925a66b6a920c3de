package io.plumtree.engine.agent;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import io.plumtree.handlers.spi.Rebroadcast;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Heeds of each origin its latest run alone: what an earlier one broadcasts is old. Ids as {@link TestHandler}'s. */
final class RunsHandler implements BroadcastHandler {
    static final String NAME = "runs";

    /** The latest run of each origin. */
    final Map<Long, Long> latest = new HashMap<>();
    final List<String> delivered = new ArrayList<>();
    private final Map<List<Long>, byte[]> messages = new LinkedHashMap<>();
    private HandlerContext context;
    private long sequence;

    @Override
    public void onStart(final HandlerContext handlerContext) {
        context = handlerContext;
    }

    @Override
    public void broadcastData(final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        if (claim.tryClaim(TestHandler.ID_LENGTH, length) > 0) {
            claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
        }
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        final List<Long> id = List.of(context.self().value(), context.incarnation(), ++sequence);
        encode(message.buffer(), message.idOffset(), id);
        messages.put(id, bytes(message.buffer(), message.payloadOffset(), message.payloadLength()));
    }

    @Override
    public boolean merge(final Message message) {
        if (isStale(message.id())) {
            return false;
        }
        final List<Long> id = numbers(message.id());
        latest.merge(id.get(0), id.get(1), Math::max);
        final byte[] payload = bytes(message.buffer(), message.payloadOffset(), message.payloadLength());
        messages.put(id, payload);
        delivered.add(new String(payload, StandardCharsets.US_ASCII));
        return true;
    }

    @Override
    public boolean isStale(final MessageId id) {
        final List<Long> numbers = numbers(id);
        return numbers.get(1) < latestIncarnation(numbers.get(0)) || messages.containsKey(numbers);
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        final byte[] found = messages.get(numbers(id));
        if (found == null) {
            return GraftResult.UNKNOWN;
        }
        payload.wrap(new UnsafeBuffer(found), 0, found.length);
        return GraftResult.PAYLOAD;
    }

    @Override
    public long latestIncarnation(final long node) {
        return latest.getOrDefault(node, 0L);
    }

    @Override
    public void onIncarnation(final long former, final boolean isHeard, final Rebroadcast rebroadcast) {
        if (isHeard) {
            return;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[TestHandler.ID_LENGTH]);
        for (final List<Long> id : List.copyOf(messages.keySet())) {
            if (id.get(0) == context.self().value() && id.get(1) == former) {
                final byte[] payload = messages.remove(id);
                final List<Long> relabelled = List.of(id.get(0), context.incarnation(), id.get(2));
                messages.put(relabelled, payload);
                encode(buffer, 0, relabelled);
                final Message message = new Message();
                message.id().wrap(buffer, 0, TestHandler.ID_LENGTH);
                rebroadcast.broadcast(message.payload(new UnsafeBuffer(payload), 0, payload.length));
            }
        }
    }

    private static void encode(final MutableDirectBuffer buffer, final int offset, final List<Long> id) {
        for (int i = 0; i < id.size(); i++) {
            buffer.putLong(offset + 8 * i, id.get(i));
        }
    }

    private static List<Long> numbers(final MessageId id) {
        final DirectBuffer buffer = id.buffer();
        final int offset = id.offset();
        return List.of(buffer.getLong(offset), buffer.getLong(offset + 8), buffer.getLong(offset + 16));
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
