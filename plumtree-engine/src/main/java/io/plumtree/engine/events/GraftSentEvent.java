package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** An announced message stayed away, and was asked for: the announcer becomes eager. */
@Name("io.plumtree.GraftSent")
@Label("Graft Sent")
@Description("An announced message stayed away, and was asked for: the announcer becomes eager")
public final class GraftSentEvent extends TreeEvent {
    private static final GraftSentEvent PROBE = new GraftSentEvent();

    private GraftSentEvent() {
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
     */
    public static void emit(
        final String node,
        final String peer,
        final String root,
        final int round,
        final String handler) {
        final GraftSentEvent event = new GraftSentEvent();
        event.node = node;
        event.peer = peer;
        event.root = root;
        event.round = round;
        event.handler = handler;
        event.commit();
    }
}
