package io.plumtree.protocol;

/** Is shown outstanding entries. */
@FunctionalInterface
public interface OutstandingConsumer {
    /**
     * An announcement that is not acknowledged yet, or not made yet.
     *
     * @param peer index of the peer.
     * @param key  the message; valid during the call.
     */
    void onOutstanding(int peer, MessageKey key);
}
