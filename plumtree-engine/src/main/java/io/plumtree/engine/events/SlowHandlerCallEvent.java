package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** A callback of a handler held the engine up. */
@Name("io.plumtree.SlowHandlerCall")
@Label("Slow Handler Call")
@Description("A callback of a handler held the engine up")
public final class SlowHandlerCallEvent extends NodeEvent {
    private static final SlowHandlerCallEvent PROBE = new SlowHandlerCallEvent();

    @Label("Handler")
    @Description("Name of the handler")
    private String handler;

    @Label("Callback")
    @Description("What it was called for")
    private String callback;

    @Label("Call Time")
    @Description("How long the callback took")
    @Timespan(Timespan.NANOSECONDS)
    private long callTime;

    @Label("Threshold")
    @Description("How long it may take")
    @Timespan(Timespan.NANOSECONDS)
    private long threshold;

    private SlowHandlerCallEvent() {
    }

    /**
     * Records an event, if it is recorded.
     *
     * @param node      the node.
     * @param handler   name of the handler.
     * @param callback  what it was called for.
     * @param callTime  how long the callback took.
     * @param threshold how long it may take.
     */
    public static void emit(
        final String node,
        final String handler,
        final String callback,
        final long callTime,
        final long threshold) {
        if (!PROBE.isEnabled()) {
            return;
        }
        final SlowHandlerCallEvent event = new SlowHandlerCallEvent();
        event.node = node;
        event.handler = handler;
        event.callback = callback;
        event.callTime = callTime;
        event.threshold = threshold;
        event.commit();
    }
}
