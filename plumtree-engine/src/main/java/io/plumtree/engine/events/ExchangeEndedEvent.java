package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** An exchange came to its end. */
@Name("io.plumtree.ExchangeEnded")
@Label("Exchange Ended")
@Description("An exchange came to its end")
public final class ExchangeEndedEvent extends PeerEvent {
    private static final ExchangeEndedEvent PROBE = new ExchangeEndedEvent();

    @Label("Exchange")
    @Description("Number of the exchange, as its initiator counts")
    private long exchangeId;

    @Label("Handler")
    @Description("Name of the handler")
    private String handler;

    @Label("Initiated Here")
    @Description("Whether this node has initiated it, and not the peer")
    private boolean isInitiator;

    @Label("Result")
    @Description("How it ended: completed, failed, refused, timed_out, link_lost, cancelled or closed")
    private String result;

    @Label("Run Time")
    @Description("How long it ran")
    @Timespan(Timespan.NANOSECONDS)
    private long runTime;

    private ExchangeEndedEvent() {
    }

    /**
     * Records an event, if it is recorded.
     *
     * @param node        the node.
     * @param peer        the peer.
     * @param exchangeId  number of the exchange, as its initiator counts.
     * @param handler     name of the handler.
     * @param isInitiator whether this node has initiated it, and not the peer.
     * @param result      how it ended: completed, failed, refused, timed_out, link_lost, cancelled or closed.
     * @param runTime     how long it ran.
     */
    public static void emit(
        final String node,
        final String peer,
        final long exchangeId,
        final String handler,
        final boolean isInitiator,
        final String result,
        final long runTime) {
        if (!PROBE.isEnabled()) {
            return;
        }
        final ExchangeEndedEvent event = new ExchangeEndedEvent();
        event.node = node;
        event.peer = peer;
        event.exchangeId = exchangeId;
        event.handler = handler;
        event.isInitiator = isInitiator;
        event.result = result;
        event.runTime = runTime;
        event.commit();
    }
}
