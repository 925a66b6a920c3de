package io.plumtree.node.demo;

import java.util.List;

/**
 * What a worker has received from one root.
 *
 * @param received     different messages.
 * @param repeated     times that the application was given a message again, which must not happen.
 * @param longestGapNs the longest time between two messages since the last mark.
 * @param ranges       the sequence numbers received.
 */
record RootStatus(long received, long repeated, long longestGapNs, List<SequenceRanges.Range> ranges) {
    static final RootStatus NOTHING = new RootStatus(0, 0, 0, List.of());

    /** The highest sequence number received; 0 if none. */
    long highest() {
        return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).last();
    }
}
