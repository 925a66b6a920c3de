package io.plumtree.api.transport;

import org.agrona.DirectBuffer;

/**
 * The way to one peer on one channel. One direction only: what the peer sends comes through {@link Transport#poll}.
 *
 * <p>Used by the thread that drives the transport alone. A peer that goes and comes back on the same endpoint is
 * reconnected by the transport; the link stays the same object.
 */
public interface Link extends AutoCloseable {
    /**
     * Sends the concatenation of two byte ranges as one frame; never blocks, never throws for a state of the network.
     *
     * @param head       first part: usually an encoded header.
     * @param headOffset where it starts.
     * @param headLength its length in bytes.
     * @param body       second part: usually an id and a payload, straight from where they arrived; may be null when
     *                   its length is 0.
     * @param bodyOffset where it starts.
     * @param bodyLength its length in bytes; 0 for none.
     * @return {@link SendResult#ACCEPTED} or a negative {@link SendResult}.
     */
    int send(DirectBuffer head, int headOffset, int headLength, DirectBuffer body, int bodyOffset, int bodyLength);

    /**
     * Whether the transport believes that a receiver is there. It may be late, and it is no acknowledgement.
     *
     * @return true if so.
     */
    boolean isConnected();

    /**
     * How many bytes can still be sent before the link is back-pressured: 0 or less when it is, or is not connected.
     *
     * @return bytes, at most {@link #windowLength()}.
     */
    long availableWindow();

    /**
     * How many bytes can be under way when nothing is.
     *
     * @return bytes.
     */
    long windowLength();

    /**
     * How many bytes have been taken in and have not gone out: what a new frame would stand behind. A transport whose
     * window is also used up by what is on the network has to tell this apart.
     *
     * @return bytes; all that is under way unless said otherwise.
     */
    default long queuedLength() {
        return windowLength() - availableWindow();
    }

    /**
     * How far what has been taken in has gone out: goes on as long as the peer makes room, by whatever it measures.
     *
     * @return a position; 0 if it is not known.
     */
    default long sentPosition() {
        return 0;
    }

    /**
     * The endpoint that this link sends to.
     *
     * @return {@code host:port}.
     */
    String endpoint();

    /**
     * The channel that this link sends on.
     *
     * @return 0 or more.
     */
    int channel();

    /** Stops sending to the peer; harmless when closed already. */
    @Override
    void close();
}
