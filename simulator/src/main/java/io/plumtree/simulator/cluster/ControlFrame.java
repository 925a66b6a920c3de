package io.plumtree.simulator.cluster;

import io.plumtree.protocol.ControlMessage;

/** A frame of control messages of one kind. */
public interface ControlFrame {
    /**
     * What they are.
     *
     * @return the kind.
     */
    ControlMessage type();

    /**
     * How long the frame is.
     *
     * @return bytes.
     */
    int length();

    /**
     * How many there are.
     *
     * @return 1 or more.
     */
    int count();

    /**
     * The message that one of them names.
     *
     * @param entry from 0 on.
     * @return the message.
     */
    int message(int entry);
}
