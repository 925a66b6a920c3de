package io.plumtree.protocol;

import org.agrona.DirectBuffer;

/** Is shown outstanding entries. */
@FunctionalInterface
public interface OutstandingConsumer {
    /**
     * An announcement that is not acknowledged yet, or not made yet.
     *
     * @param peer     index of the peer.
     * @param root     the message's root.
     * @param round    the round.
     * @param handler  the handler.
     * @param buffer   holds the id; valid during the call.
     * @param idOffset where the id starts.
     * @param idLength its length in bytes.
     */
    void onOutstanding(int peer, long root, int round, int handler, DirectBuffer buffer, int idOffset, int idLength);
}
