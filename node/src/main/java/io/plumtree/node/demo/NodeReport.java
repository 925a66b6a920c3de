package io.plumtree.node.demo;

import java.util.Map;

/**
 * What became of one node.
 *
 * @param name                 its name.
 * @param wasKilled            whether it was killed and started again.
 * @param published            messages of its own.
 * @param delivered            different messages of others that it received; if it was killed, in its second life.
 * @param missed               messages of others that it did not receive; if it was killed, of those published once it
 *                             had found its peers again.
 * @param repeated             times that its application was given a message again.
 * @param duplicates           payloads that reached it for nothing, over both lives.
 * @param longestGapMs         the longest time between two messages of the same root, after the kill.
 * @param deliveredByRoot      messages received, by root.
 * @param inTreeByRoot         if it was killed: by root, whether another node pushes payloads to it again.
 * @param counters             its counters, at the end.
 */
record NodeReport(
    String name,
    boolean wasKilled,
    long published,
    long delivered,
    long missed,
    long repeated,
    long duplicates,
    double longestGapMs,
    Map<String, Long> deliveredByRoot,
    Map<String, Boolean> inTreeByRoot,
    Map<String, Long> counters) {
}
