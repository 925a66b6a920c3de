package io.plumtree.engine.codec;

import io.plumtree.protocol.MessageKey;
import org.agrona.DirectBuffer;

/** What names messages, for tests. */
public final class Keys {
    private Keys() {
    }

    public static MessageKey key(
        final long root, final int round, final int handler,
        final DirectBuffer buffer, final int offset, final int length) {
        final MessageKey key = new MessageKey().set(root, round, handler);
        key.id().wrap(buffer, offset, length);
        return key;
    }
}
