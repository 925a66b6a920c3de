package io.plumtree.handlers.spi;

import org.agrona.DirectBuffer;

/**
 * Broadcasts anew what a handler has broadcast under ids that nobody has seen; see
 * {@link BroadcastHandler#onIncarnation}.
 */
@FunctionalInterface
public interface Rebroadcast {
    /**
     * Pushes and announces a message as a new broadcast of this node. {@link BroadcastHandler#onBroadcast} is not
     * called again for it. Both parts are copied during the call.
     *
     * @param idBuffer      holds the id.
     * @param idOffset      where it starts.
     * @param idLength      its length in bytes.
     * @param payloadBuffer holds the payload.
     * @param payloadOffset where it starts.
     * @param payloadLength its length in bytes.
     */
    void broadcast(
        DirectBuffer idBuffer,
        int idOffset,
        int idLength,
        DirectBuffer payloadBuffer,
        int payloadOffset,
        int payloadLength);
}
