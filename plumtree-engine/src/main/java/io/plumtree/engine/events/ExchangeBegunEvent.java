package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A handler began to compare what it has with the same handler of a peer. */
@Name("io.plumtree.ExchangeBegun")
@Label("Exchange Begun")
@Description("A handler began to compare what it has with the same handler of a peer")
public final class ExchangeBegunEvent extends PeerEvent {
    private static final ExchangeBegunEvent PROBE = new ExchangeBegunEvent();

    @Label("Exchange")
    @Description("Number of the exchange, as its initiator counts")
    private long exchangeId;

    @Label("Handler")
    @Description("Name of the handler")
    private String handler;

    @Label("Initiated Here")
    @Description("Whether this node has initiated it, and not the peer")
    private boolean isInitiator;

    private ExchangeBegunEvent() {
    }

    /**
     * Records an event, if it is recorded.
     *
     * @param node        the node.
     * @param peer        the peer.
     * @param exchangeId  number of the exchange, as its initiator counts.
     * @param handler     name of the handler.
     * @param isInitiator whether this node has initiated it, and not the peer.
     */
    public static void emit(
        final String node,
        final String peer,
        final long exchangeId,
        final String handler,
        final boolean isInitiator) {
        if (!PROBE.isEnabled()) {
            return;
        }
        final ExchangeBegunEvent event = new ExchangeBegunEvent();
        event.node = node;
        event.peer = peer;
        event.exchangeId = exchangeId;
        event.handler = handler;
        event.isInitiator = isInitiator;
        event.commit();
    }
}
