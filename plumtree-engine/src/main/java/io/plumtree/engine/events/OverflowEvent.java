package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A bound was met since the last lazy tick. */
@Name("io.plumtree.Overflow")
@Label("Overflow")
@Description("A bound was met since the last lazy tick")
public final class OverflowEvent extends NodeEvent {
    private static final OverflowEvent PROBE = new OverflowEvent();

    @Label("Bound")
    @Description("Which one, by its counter")
    private String bound;

    @Label("Times")
    @Description("How often since the last lazy tick")
    private long times;

    @Label("Total")
    @Description("How often since the node began")
    private long total;

    private OverflowEvent() {
    }

    /**
     * Records an event, if it is recorded.
     *
     * @param node  the node.
     * @param bound which one, by its counter.
     * @param times how often since the last lazy tick.
     * @param total how often since the node began.
     */
    public static void emit(
        final String node,
        final String bound,
        final long times,
        final long total) {
        if (!PROBE.isEnabled()) {
            return;
        }
        final OverflowEvent event = new OverflowEvent();
        event.node = node;
        event.bound = bound;
        event.times = times;
        event.total = total;
        event.commit();
    }
}
