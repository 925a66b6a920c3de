package io.plumtree.protocol;

import org.agrona.DirectBuffer;

/** Messages whose id is at a buffer's beginning, and their payload behind it. */
final class Messages {
    private Messages() {
    }

    static MessageKey key(
        final long root, final int round, final int handler, final DirectBuffer buffer, final int idLength) {
        final MessageKey key = new MessageKey().set(root, round, handler);
        key.id().wrap(buffer, 0, idLength);
        return key;
    }

    static Broadcast broadcast(
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idLength,
        final int payloadLength) {
        final Broadcast broadcast = new Broadcast().body(buffer, 0, idLength + payloadLength).size(1, payloadLength);
        broadcast.key().set(root, round, handler).id().wrap(buffer, 0, idLength);
        return broadcast;
    }

    /** The id, where it is a long. */
    static long id(final MessageKey key) {
        return key.id().buffer().getLong(key.id().offset());
    }
}
