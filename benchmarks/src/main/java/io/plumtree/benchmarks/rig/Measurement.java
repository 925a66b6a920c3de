package io.plumtree.benchmarks.rig;

import org.HdrHistogram.Histogram;

/**
 * What one cluster did in one round.
 *
 * @param isPaced        whether messages were sent at a rate; if so, the throughput says nothing.
 * @param published      messages accepted.
 * @param refused        times that one was refused, and offered again.
 * @param delivered      deliveries, the root's own aside.
 * @param lost           deliveries that did not happen.
 * @param seconds        from the first message's publication until all had been delivered.
 * @param allocatedBytes by the nodes' threads.
 * @param processorNs    of the nodes' threads.
 * @param longestGapNs   between two deliveries at a node that was not stopped; NaN where times are not measured.
 * @param catchUpNs      from a relay's stop until all others had everything again; NaN if none was stopped, or they
 *                       never had.
 * @param each           times of deliveries; empty where they are not measured.
 * @param last           times of last deliveries.
 * @param tree           the tree, in the end.
 */
record Measurement(
    boolean isPaced,
    long published,
    long refused,
    long delivered,
    long lost,
    double seconds,
    long allocatedBytes,
    long processorNs,
    double longestGapNs,
    double catchUpNs,
    Histogram each,
    Histogram last,
    RelayTree tree) {
    double deliveriesPerSecond() {
        return isPaced ? Double.NaN : delivered / seconds;
    }

    double messagesPerSecond() {
        return isPaced ? Double.NaN : published / seconds;
    }

    double bytesPerDelivery() {
        return (double) allocatedBytes / delivered;
    }

    double processorNsPerDelivery() {
        return (double) processorNs / delivered;
    }
}
