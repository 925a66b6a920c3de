package com.example.lastvalue;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The last value of each key, on every node: {@code broadcast("last-value", "colour=blue")} on one, and
 * {@code value("colour")} is {@code blue} on all.
 *
 * <p>A message's id is (version, origin, key) and its payload the value. A version is one above the last that the
 * broadcasting node has seen of the key; the origin decides between equal versions. A newer value subsumes an older
 * one, so an older one is stale, and a graft for it is answered so.
 *
 * <p>The engine calls everything but {@link #broadcastData} and {@link #value} on one thread. The map is concurrent
 * only so that any thread can read it.
 */
public final class LastValue implements BroadcastHandler {
    private static final int VERSION_OFFSET = 0;
    private static final int ORIGIN_OFFSET = Long.BYTES;
    private static final int KEY_OFFSET = 2 * Long.BYTES;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private long self;

    private record Entry(long version, long origin, byte[] value) {
        boolean subsumes(final long otherVersion, final long otherOrigin) {
            return version > otherVersion || version == otherVersion && origin >= otherOrigin;
        }
    }

    @Override
    public void onStart(final HandlerContext context) {
        self = context.self().value();
    }

    /**
     * The last value of a key; any thread.
     *
     * @param key the key.
     * @return the value, or null.
     */
    public String value(final String key) {
        final Entry entry = entries.get(key);
        return entry == null ? null : new String(entry.value, StandardCharsets.UTF_8);
    }

    @Override
    public void broadcastData(final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        int keyLength = 0;
        while (keyLength < length && data.getByte(offset + keyLength) != '=') {
            keyLength++;
        }
        if (keyLength == 0 || keyLength == length) {
            return; // Not key=value: refused, as nothing is claimed.
        }
        final int valueLength = length - keyLength - 1;
        if (claim.tryClaim(KEY_OFFSET + keyLength, valueLength) > 0) {
            claim.buffer().putBytes(claim.idOffset() + KEY_OFFSET, data, offset, keyLength);
            claim.buffer().putBytes(claim.payloadOffset(), data, offset + keyLength + 1, valueLength);
        }
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        final MutableDirectBuffer buffer = message.buffer();
        final String key = key(message.id());
        final Entry last = entries.get(key);
        final long version = last == null ? 1 : last.version + 1;
        buffer.putLong(message.idOffset() + VERSION_OFFSET, version, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(message.idOffset() + ORIGIN_OFFSET, self, ByteOrder.LITTLE_ENDIAN);
        store(key, version, self, buffer, message.payloadOffset(), message.payloadLength());
    }

    @Override
    public boolean merge(final Message message) {
        final MessageId id = message.id();
        if (isStale(id)) {
            return false;
        }
        store(
            key(id), version(id), origin(id), message.buffer(), message.payloadOffset(), message.payloadLength());
        return true;
    }

    @Override
    public boolean isStale(final MessageId id) {
        final Entry entry = entries.get(key(id));
        return entry != null && entry.subsumes(version(id), origin(id));
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        final Entry entry = entries.get(key(id));
        if (entry == null || !entry.subsumes(version(id), origin(id))) {
            return GraftResult.UNKNOWN;
        }
        if (entry.version != version(id) || entry.origin != origin(id)) {
            return GraftResult.STALE;
        }
        payload.wrap(new UnsafeBuffer(entry.value), 0, entry.value.length);
        return GraftResult.PAYLOAD;
    }

    private void store(
        final String key,
        final long version,
        final long origin,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        final byte[] value = new byte[length];
        buffer.getBytes(offset, value);
        entries.put(key, new Entry(version, origin, value));
    }

    private static String key(final MessageId id) {
        if (id.length() <= KEY_OFFSET) {
            throw new MalformedMessageException("id of " + id.length() + " bytes has no key");
        }
        final byte[] key = new byte[id.length() - KEY_OFFSET];
        id.buffer().getBytes(id.offset() + KEY_OFFSET, key);
        return new String(key, StandardCharsets.UTF_8);
    }

    private static long version(final MessageId id) {
        return id.buffer().getLong(id.offset() + VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    private static long origin(final MessageId id) {
        return id.buffer().getLong(id.offset() + ORIGIN_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
