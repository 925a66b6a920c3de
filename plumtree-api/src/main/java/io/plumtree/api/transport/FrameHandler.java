package io.plumtree.api.transport;

import org.agrona.DirectBuffer;

/** Receives frames from {@link Transport#poll}, on the polling thread. */
@FunctionalInterface
public interface FrameHandler {
    /**
     * One whole frame, re-assembled if it had to be cut. The bytes are valid during the call only.
     *
     * @param session  on which it came: one object for all frames that come on it.
     * @param buffer   holds the frame.
     * @param offset   where it starts; a multiple of 8.
     * @param length   its length in bytes.
     * @return true if the frame was consumed; false to be given the same frame again at the next poll, so that the
     *     transport's flow control slows its sender on the channel that the frame came on. Other senders' frames, and
     *     this sender's on other channels, go on.
     */
    boolean onFrame(Session session, DirectBuffer buffer, int offset, int length);
}
