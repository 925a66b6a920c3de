package io.plumtree.simulator;

import java.util.Map;

/**
 * What one run, with one seed, has shown.
 *
 * @param seed     the run's seed.
 * @param nodes    how many nodes there were at the start.
 * @param quality  how good the trees were.
 * @param cost     what deliveries cost.
 * @param speed    how fast deliveries were.
 * @param recovery how failures were got over.
 * @param course   the run itself.
 * @param details  what is behind these figures.
 */
public record RunResult(
    long seed,
    int nodes,
    Quality quality,
    Cost cost,
    Speed speed,
    Recovery recovery,
    Course course,
    Details details) {
    /**
     * How good the trees were, of the messages after the warm-up.
     *
     * @param redundancy  payloads received by living nodes over deliveries, less 1: the paper's relative message
     *                    redundancy where nothing is lost.
     * @param lastHop     hops of the last delivery, the first hop being 1; mean over the messages.
     * @param missed      deliveries that did not happen, of those that the overlay allowed.
     * @param missedInAll the same with the warm-up.
     */
    public record Quality(
        double redundancy,
        double lastHop,
        long missed,
        long missedInAll) {
    }

    /**
     * What deliveries cost, of the messages after the warm-up.
     *
     * @param controlPerDelivery      frames that are no payloads, over deliveries.
     * @param controlBytesPerDelivery bytes of those frames over deliveries.
     * @param payloadBytesPerDelivery bytes of payload frames over deliveries.
     */
    public record Cost(
        double controlPerDelivery,
        double controlBytesPerDelivery,
        double payloadBytesPerDelivery) {
    }

    /**
     * How fast deliveries were, on virtual time, of the messages after the warm-up.
     *
     * @param latencyP50Ms  median of the time from broadcast to delivery, in milliseconds of virtual time.
     * @param latencyP99Ms  99th percentile of that.
     * @param latencyMaxMs  the longest.
     * @param floodP99Ms    99th percentile of the same messages flooded over the same overlay.
     * @param p99OverFlood  the ratio of the two.
     * @param repaired      deliveries by graft, or of what came later than a payload lost before it.
     * @param repairedP99Ms 99th percentile of the deliveries by graft; 0 without one.
     */
    public record Speed(
        double latencyP50Ms,
        double latencyP99Ms,
        double latencyMaxMs,
        double floodP99Ms,
        double p99OverFlood,
        long repaired,
        double repairedP99Ms) {
    }

    /**
     * How failures were got over.
     *
     * @param firstMessageAfterFailure share of the survivors connected to the sender that the first message after the
     *                                 failure reached; NaN without a failure.
     * @param messagesToSettle         how many messages after the failure until redundancy was below 0.01; -1 if it
     *                                 never was, or without a failure.
     * @param meanReliability          share of the living nodes that a message reached in the end, mean over the
     *                                 messages.
     * @param floodReliability         share of the living nodes that the sender was connected with at the moment of the
     *                                 broadcast, over links between living nodes: what a flood over that overlay
     *                                 reaches; mean over the messages. NaN for a random overlay, which does not change.
     * @param messagesToHeal           how many messages until that share was 1 for good; -1 if it never was, or for a
     *                                 random overlay.
     */
    public record Recovery(
        double firstMessageAfterFailure,
        int messagesToSettle,
        double meanReliability,
        double floodReliability,
        int messagesToHeal) {
    }

    /**
     * The run itself, the warm-up included.
     *
     * @param deliveries          deliveries, the warm-up's included.
     * @param deliveriesPerSecond of real time: the simulator's own speed.
     * @param events              events on virtual time, the warm-up's included.
     * @param digest              stands for the run, event by event: equal in runs that are.
     */
    public record Course(
        long deliveries,
        double deliveriesPerSecond,
        long events,
        long digest) {
    }

    /**
     * What is behind the figures, message by message and node by node.
     *
     * @param redundancyByMessage       redundancy of each message, from the first of the warm-up on.
     * @param reliabilityByMessage      share of the connected living nodes that each message reached.
     * @param floodReliabilityByMessage for each message after the warm-up, what a flood would have reached; empty for a
     *                                  random overlay.
     * @param lastHopByMessage          last hop of each message.
     * @param latencyHistogramMs        deliveries by milliseconds, the last slot holding all longer ones.
     * @param eagerDegrees              how many nodes have 0, 1, 2, … eager peers at the end, on the tree of the last
     *                                  root.
     * @param counters                  the cores' counters, summed over the nodes, by label.
     */
    public record Details(
        double[] redundancyByMessage,
        double[] reliabilityByMessage,
        double[] floodReliabilityByMessage,
        int[] lastHopByMessage,
        long[] latencyHistogramMs,
        int[] eagerDegrees,
        Map<String, Long> counters) {
    }
}
