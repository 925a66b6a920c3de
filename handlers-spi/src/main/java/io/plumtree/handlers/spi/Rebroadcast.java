package io.plumtree.handlers.spi;

/**
 * Broadcasts anew what a handler has broadcast under ids that nobody has seen; see
 * {@link BroadcastHandler#onIncarnation}.
 */
@FunctionalInterface
public interface Rebroadcast {
    /**
     * Pushes and announces a message as a new broadcast of this node. {@link BroadcastHandler#onBroadcast} is not
     * called again for it.
     *
     * @param message the message; copied during the call.
     */
    void broadcast(Message message);
}
