package io.plumtree.benchmarks.rig;

import io.plumtree.transport.aeron.AeronTransportOptions;
import java.util.Map;

/**
 * What both kinds of cluster have in common.
 *
 * @param tree          the tree to begin with.
 * @param payloadLength bytes of a payload.
 * @param frameLimit    most frames that a node takes in each duty cycle.
 * @param aeron         the transport's options, by their property names.
 */
record Arrangement(Tree tree, int payloadLength, int frameLimit, Map<String, String> aeron) {
    /** The same along another tree. */
    Arrangement along(final Tree other) {
        return new Arrangement(other, payloadLength, frameLimit, aeron);
    }

    /** The transport's options, checked. */
    AeronTransportOptions transport() {
        return AeronTransportOptions.of(aeron).conclude();
    }
}
