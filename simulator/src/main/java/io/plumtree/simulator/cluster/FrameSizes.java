package io.plumtree.simulator.cluster;

import io.plumtree.protocol.ControlMessage;

/** Lengths of frames in bytes, as the wire's schema ({@code plumtree.xml}) makes them. */
final class FrameSizes {
    /** The longest batch: a datagram of Aeron's default length, less what Aeron needs. */
    static final int MAX_BATCH = 1_376;

    private static final int BATCH_HEAD = 28;
    private static final int ENTRY_HEAD = 16;
    private static final int GOSSIP_HEAD = 40;
    private static final int PAYLOAD_PREFIX = 4;
    private static final int PRUNE_HEAD = 40;

    private FrameSizes() {
    }

    static int gossip(final int idLength, final int payloadLength) {
        return GOSSIP_HEAD + idLength + PAYLOAD_PREFIX + payloadLength;
    }

    static int first(final ControlMessage type, final int idLength) {
        return type == ControlMessage.PRUNE ? PRUNE_HEAD + idLength : BATCH_HEAD + entry(idLength);
    }

    static int entry(final int idLength) {
        return ENTRY_HEAD + idLength;
    }
}
