package io.plumtree.simulator.cluster;

import io.plumtree.protocol.Plumtree;

/** A node's lazy ticks and timers: planned after each of its events, where the core has something to do by then. */
final class NodeTimers {
    static final byte TICK = 1;
    static final byte TIMER = 2;

    private final NetworkSettings settings;
    private final EventQueue events;

    NodeTimers(final World world) {
        settings = world.settings;
        events = world.events;
    }

    /** A tick has been reached, unless an earlier one has taken its place since. */
    void onTick(final Node node) {
        if (nowNs() == node.tickDueNs) {
            node.tickDueNs = Node.NEVER;
            node.lookAtLinks();
            node.core.onLazyTick(node.localNs());
            after(node);
        }
    }

    /** A timer's time has been reached, unless an earlier one has taken its place since. */
    void onTimer(final Node node) {
        if (nowNs() == node.timerDueNs) {
            node.timerDueNs = Node.NEVER;
            node.core.onTimers(node.localNs());
            after(node);
        }
    }

    /** After each event: what has gathered goes out, and what comes next is planned. */
    void after(final Node node) {
        node.flush();
        final Plumtree core = node.core;
        final long waitNs = core.lazyTickWaitNs(node.localNs());
        if (waitNs != Long.MAX_VALUE) {
            final long dueNs = nextTickNs(node, nowNs() + waitNs);
            if (dueNs < node.tickDueNs) {
                node.tickDueNs = dueNs;
                events.add(dueNs, TICK, node.index, node.run);
            }
        }
        if (core.hasTimers()) {
            final long dueNs = Math.max(nowNs(), node.networkNs(core.timerDeadlineNs(), nowNs()));
            if (dueNs < node.timerDueNs) {
                node.timerDueNs = dueNs;
                events.add(dueNs, TIMER, node.index, node.run);
            }
        }
    }

    /** A node's first tick after now that is not before a time; those in which it has nothing to do are left out. */
    private long nextTickNs(final Node node, final long atNs) {
        final long fromNs = Math.max(atNs, nowNs() + 1) - node.tickPhaseNs;
        return node.tickPhaseNs + -Math.floorDiv(-fromNs, settings.lazyTickPeriodNs) * settings.lazyTickPeriodNs;
    }

    private long nowNs() {
        return events.timeNs();
    }
}
