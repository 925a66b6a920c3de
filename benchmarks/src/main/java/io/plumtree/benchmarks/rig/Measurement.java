package io.plumtree.benchmarks.rig;

import org.HdrHistogram.Histogram;

/**
 * What one cluster did in one round.
 *
 * @param published      messages accepted.
 * @param refused        times that one was refused, and offered again.
 * @param delivered      deliveries, those to the root aside.
 * @param lost           deliveries that did not happen.
 * @param seconds        from the first message's publication until all had been delivered.
 * @param allocatedBytes by the nodes' threads.
 * @param processorNs    of the nodes' threads.
 * @param longestGapNs   between two deliveries at a node that was not stopped.
 * @param catchUpNs      from the end of publication until all had been delivered.
 * @param each           times of deliveries; empty where they are not measured.
 * @param last           times of last deliveries.
 * @param tree           the tree, in the end.
 */
record Measurement(
    long published,
    long refused,
    long delivered,
    long lost,
    double seconds,
    long allocatedBytes,
    long processorNs,
    long longestGapNs,
    long catchUpNs,
    Histogram each,
    Histogram last,
    Tree tree) {
    double deliveriesPerSecond() {
        return delivered / seconds;
    }

    double bytesPerDelivery() {
        return (double) allocatedBytes / delivered;
    }

    double processorNsPerDelivery() {
        return (double) processorNs / delivered;
    }
}
