package io.plumtree.handlers.spi;

import org.agrona.MutableDirectBuffer;

/**
 * Space for one message in the node's command ring, written in place. For one thread at a time; reusable.
 *
 * <p>After a successful {@link #tryClaim} exactly one of {@link #commit} and {@link #abort} must follow, soon: the
 * engine can't pass an open claim. In {@link BroadcastHandler#broadcastData} the engine does that.
 */
public interface BroadcastClaim {
    /**
     * Claims space for a message. Never blocks.
     *
     * @param idLength      length of the id in bytes, at least 1.
     * @param payloadLength length of the payload in bytes, at least 0.
     * @return the position in the node's stream of broadcasts that follows the message (positive), or a code of
     *     {@link io.plumtree.api.BroadcastResult}: then nothing is claimed.
     * @throws IllegalArgumentException if a length is below its range.
     * @throws IllegalStateException    if a claim is open already.
     */
    long tryClaim(int idLength, int payloadLength);

    /**
     * Where to write; valid from a claim to its end.
     *
     * @return the buffer.
     */
    MutableDirectBuffer buffer();

    /**
     * Where the id goes.
     *
     * @return the offset; a multiple of 8.
     */
    int idOffset();

    /**
     * Where the payload goes.
     *
     * @return the offset.
     */
    int payloadOffset();

    /** Hands the message to the engine. */
    void commit();

    /** Gives the space back. */
    void abort();
}
