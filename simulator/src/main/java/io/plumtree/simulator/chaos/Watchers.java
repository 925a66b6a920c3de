package io.plumtree.simulator.chaos;

import io.plumtree.protocol.ControlMessage;
import io.plumtree.simulator.cluster.ClusterObserver;
import io.plumtree.simulator.cluster.ControlFrame;
import java.util.List;

/** Many observers as one. */
final class Watchers implements ClusterObserver {
    private final ClusterObserver[] all;

    Watchers(final List<ClusterObserver> observers) {
        all = observers.toArray(new ClusterObserver[0]);
    }

    @Override
    public void onBroadcast(final int node, final int message, final long nowNs) {
        for (final ClusterObserver each : all) {
            each.onBroadcast(node, message, nowNs);
        }
    }

    @Override
    public void onDelivery(
        final int node, final int from, final int message, final int hops, final boolean isRepaired, final long nowNs) {
        for (final ClusterObserver each : all) {
            each.onDelivery(node, from, message, hops, isRepaired, nowNs);
        }
    }

    @Override
    public void onDuplicate(final int node, final int from, final int message, final long nowNs) {
        for (final ClusterObserver each : all) {
            each.onDuplicate(node, from, message, nowNs);
        }
    }

    @Override
    public void onPayloadSent(
        final int from, final int to, final int message, final int length, final boolean isLost, final long nowNs) {
        for (final ClusterObserver each : all) {
            each.onPayloadSent(from, to, message, length, isLost, nowNs);
        }
    }

    @Override
    public void onControlFrameSent(
        final int from, final int to, final ControlFrame frame, final boolean isLost, final long nowNs) {
        for (final ClusterObserver each : all) {
            each.onControlFrameSent(from, to, frame, isLost, nowNs);
        }
    }

    @Override
    public void onControl(
        final int from, final int to, final ControlMessage type, final int message, final long nowNs) {
        for (final ClusterObserver each : all) {
            each.onControl(from, to, type, message, nowNs);
        }
    }

    @Override
    public void onFault(final String text, final long nowNs) {
        for (final ClusterObserver each : all) {
            each.onFault(text, nowNs);
        }
    }

    @Override
    public void onLink(final int from, final int to, final String text, final long nowNs) {
        for (final ClusterObserver each : all) {
            each.onLink(from, to, text, nowNs);
        }
    }
}
