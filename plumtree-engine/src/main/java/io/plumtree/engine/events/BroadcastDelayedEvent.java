package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** A broadcast of this node waited for a peer. */
@Name("io.plumtree.BroadcastDelayed")
@Label("Broadcast Delayed")
@Description("A broadcast of this node waited for a peer")
public final class BroadcastDelayedEvent extends NodeEvent {
    private static final BroadcastDelayedEvent PROBE = new BroadcastDelayedEvent();

    @Label("Handler")
    @Description("Name of the handler whose broadcast it is")
    private String handler;

    @Label("Delay")
    @Description("How long it waited at the head of its ring")
    @Timespan(Timespan.NANOSECONDS)
    private long delay;

    private BroadcastDelayedEvent() {
    }

    /**
     * Records an event, if it is recorded.
     *
     * @param node    the node.
     * @param handler name of the handler whose broadcast it is.
     * @param delay   how long it waited at the head of its ring.
     */
    public static void emit(
        final String node,
        final String handler,
        final long delay) {
        if (!PROBE.isEnabled()) {
            return;
        }
        final BroadcastDelayedEvent event = new BroadcastDelayedEvent();
        event.node = node;
        event.handler = handler;
        event.delay = delay;
        event.commit();
    }
}
