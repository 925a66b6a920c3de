package io.plumtree.engine.events;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A peer asked for a message, and its payload was sent: the peer becomes eager. */
@Name("io.plumtree.GraftServed")
@Label("Graft Served")
@Description("A peer asked for a message, and its payload was sent: the peer becomes eager")
public final class GraftServedEvent extends TreeEvent {
    private static final GraftServedEvent PROBE = new GraftServedEvent();

    @Label("Payload Length")
    @Description("Length of the payload")
    @DataAmount
    private int payloadLength;

    private GraftServedEvent() {
    }

    /**
     * Whether the event is recorded.
     *
     * @return false if it need not be made.
     */
    public static boolean isRecorded() {
        return PROBE.isEnabled();
    }

    /**
     * Records an event.
     *
     * @param node    the node.
     * @param peer    the peer.
     * @param root    the root.
     * @param round   the round.
     * @param handler the handler.
     * @param payloadLength the payload's length in bytes.
     */
    public static void emit(
        final String node,
        final String peer,
        final String root,
        final int round,
        final String handler,
        final int payloadLength) {
        final GraftServedEvent event = new GraftServedEvent();
        event.node = node;
        event.peer = peer;
        event.root = root;
        event.round = round;
        event.handler = handler;
        event.payloadLength = payloadLength;
        event.commit();
    }
}
