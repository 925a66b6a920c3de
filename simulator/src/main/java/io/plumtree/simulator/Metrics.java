package io.plumtree.simulator;

import io.plumtree.simulator.cluster.ClusterObserver;
import io.plumtree.simulator.cluster.ControlFrame;
import java.util.HashMap;
import java.util.Map;

/** Counts what happens in a run, by message and in all. */
final class Metrics implements ClusterObserver {
    final int[] deliveries;
    final int[] duplicates;
    final int[] lastHops;
    final LatencyRecord latencies = new LatencyRecord();
    final LatencyRecord repaired = new LatencyRecord();
    double controlFrames;
    double controlBytes;
    long payloadBytes;
    long measuredDeliveries;
    long allDeliveries;
    private final long[] sentNs;
    private final Map<Integer, Long> joinedNs = new HashMap<>();
    private final int firstMeasured;
    private final RunProgress progress;
    private final long expected;

    /** The messages from a number on are measured; all of them are counted one by one. */
    Metrics(final int messages, final int firstMeasured, final long expected, final RunProgress progress) {
        this.firstMeasured = firstMeasured;
        this.expected = expected;
        this.progress = progress;
        deliveries = new int[messages];
        duplicates = new int[messages];
        lastHops = new int[messages];
        sentNs = new long[messages];
    }

    @Override
    public void onBroadcast(final int node, final int message, final long nowNs) {
        sentNs[message] = nowNs;
    }

    @Override
    public void onDelivery(
        final int node, final int from, final int message, final int hops, final boolean isRepaired, final long nowNs) {
        if (isCatchUp(node, message)) {
            return;
        }
        deliveries[message]++;
        if ((++allDeliveries & 0x3fff) == 0) {
            progress.onProgress(allDeliveries, expected);
        }
        lastHops[message] = Math.max(lastHops[message], hops);
        if (message >= firstMeasured) {
            measuredDeliveries++;
            latencies.add(nowNs - sentNs[message]);
            if (isRepaired) {
                repaired.add(nowNs - sentNs[message]);
            }
        }
    }

    @Override
    public void onDuplicate(final int node, final int from, final int message, final long nowNs) {
        if (!isCatchUp(node, message)) {
            duplicates[message]++;
        }
    }

    @Override
    public void onPayloadSent(
        final int from, final int to, final int message, final int length, final boolean isLost, final long nowNs) {
        if (message >= firstMeasured) {
            payloadBytes += length;
        }
    }

    /** A frame that names messages of the warm-up too counts for as much as it names others. */
    @Override
    public void onControlFrameSent(
        final int from, final int to, final ControlFrame frame, final boolean isLost, final long nowNs) {
        int measured = 0;
        for (int entry = 0; entry < frame.count(); entry++) {
            measured += frame.message(entry) >= firstMeasured ? 1 : 0;
        }
        final double share = (double) measured / frame.count();
        controlFrames += share;
        controlBytes += share * frame.length();
    }

    void onJoin(final int node, final long nowNs) {
        joinedNs.put(node, nowNs);
    }

    /** Whether a message was broadcast before a node joined. */
    boolean isCatchUp(final int node, final int message) {
        return !joinedNs.isEmpty() && joinedNs.getOrDefault(node, Long.MIN_VALUE) > sentNs[message];
    }

    double redundancy(final int message) {
        return deliveries[message] == 0 ? 0 : (double) duplicates[message] / deliveries[message];
    }
}
