package io.plumtree.simulator.chaos;

import io.plumtree.protocol.ControlMessage;
import io.plumtree.simulator.cluster.ClusterObserver;
import io.plumtree.simulator.cluster.ControlFrame;
import java.util.ArrayList;
import java.util.List;

/** Counts what became of each message, and the frames of all. */
final class MessageLog implements ClusterObserver {
    /** Of one message. */
    static final class Counts {
        int payloads;
        int deliveries;
        int duplicates;
        int exchanged;
        int repaired;
        int grafts;
    }

    private final List<Counts> counts = new ArrayList<>();
    private long frames;
    private ControlMessage lastType;
    private int lastMessage = Findings.NONE;
    private int lastFrom;
    private int lastTo;
    private long lastNs;

    Counts of(final int message) {
        while (counts.size() <= message) {
            counts.add(new Counts());
        }
        return counts.get(message);
    }

    /** All frames so far. */
    long frames() {
        return frames;
    }

    /** The figures of a run that has had so many messages and events. */
    ChaosFigures figures(final int messages, final long events, final long digest) {
        long deliveries = 0;
        long redundant = 0;
        for (final Counts of : counts) {
            deliveries += of.deliveries;
            redundant += of.duplicates;
        }
        return new ChaosFigures(events, messages, frames, deliveries, redundant, digest);
    }

    /** What the last frame was; only if there was one. */
    String lastFrame() {
        return (lastType == null ? "payload" : lastType) + " of message " + lastMessage + " from node " + lastFrom
            + " to node " + lastTo + " at " + Findings.time(lastNs);
    }

    private void last(final ControlMessage type, final int message, final int from, final int to, final long nowNs) {
        lastType = type;
        lastMessage = message;
        lastFrom = from;
        lastTo = to;
        lastNs = nowNs;
    }

    int lastMessage() {
        return lastMessage;
    }

    @Override
    public void onDelivery(
        final int node, final int from, final int message, final int hops, final boolean isRepaired, final long nowNs) {
        final Counts of = of(message);
        of.deliveries++;
        of.exchanged += hops == BY_EXCHANGE ? 1 : 0;
        of.repaired += isRepaired ? 1 : 0;
    }

    @Override
    public void onDuplicate(final int node, final int from, final int message, final long nowNs) {
        of(message).duplicates++;
    }

    @Override
    public void onPayloadSent(
        final int from, final int to, final int message, final int length, final boolean isLost, final long nowNs) {
        of(message).payloads++;
        frames++;
        last(null, message, from, to, nowNs);
    }

    @Override
    public void onControl(
        final int from, final int to, final ControlMessage type, final int message, final long nowNs) {
        of(message).grafts += type == ControlMessage.GRAFT ? 1 : 0;
        last(type, message, from, to, nowNs);
    }

    @Override
    public void onControlFrameSent(
        final int from, final int to, final ControlFrame frame, final boolean isLost, final long nowNs) {
        frames++;
    }
}
