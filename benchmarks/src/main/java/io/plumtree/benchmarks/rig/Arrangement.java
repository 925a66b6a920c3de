package io.plumtree.benchmarks.rig;

import io.plumtree.transport.aeron.AeronTransportOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What both kinds of cluster have in common.
 *
 * @param tree          the tree to begin with.
 * @param payloadLength bytes of a payload.
 * @param frameLimit    most frames that a node takes in each duty cycle.
 * @param aeron         the transport's options, by their property names.
 */
record Arrangement(RelayTree tree, int payloadLength, int frameLimit, Map<String, String> aeron) {
    /** The same with one more of the transport's options. */
    Arrangement with(final String key, final String value) {
        final Map<String, String> options = new LinkedHashMap<>(aeron);
        options.put(key, value);
        return new Arrangement(tree, payloadLength, frameLimit, options);
    }

    /** The transport's options, checked. */
    AeronTransportOptions transport() {
        return AeronTransportOptions.of(aeron).conclude();
    }
}
