package io.plumtree.benchmarks.rig;

import io.plumtree.transport.aeron.AeronTransportOptions;

/**
 * What both kinds of cluster have in common.
 *
 * @param tree          the tree to begin with.
 * @param payloadLength bytes of a payload.
 * @param frameLimit    most frames that a node takes in each duty cycle.
 * @param directory     of a media driver that all share; empty for one in each node.
 * @param mtuLength     Aeron's longest datagram, in bytes.
 * @param termLength    Aeron's term, in bytes.
 */
record Arrangement(
    Tree tree, int payloadLength, int frameLimit, String directory, int mtuLength, int termLength) {
    /** The transport's options. */
    AeronTransportOptions transport() {
        return new AeronTransportOptions().directory(directory).mtuLength(mtuLength).termLength(termLength);
    }
}
