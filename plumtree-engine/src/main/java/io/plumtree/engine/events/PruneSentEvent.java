package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A payload came that was here already: its sender is told to be lazy. */
@Name("io.plumtree.PruneSent")
@Label("Prune Sent")
@Description("A payload came that was here already: its sender is told to be lazy")
public final class PruneSentEvent extends TreeEvent {
    private static final PruneSentEvent PROBE = new PruneSentEvent();

    private PruneSentEvent() {
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
        final PruneSentEvent event = new PruneSentEvent();
        event.node = node;
        event.peer = peer;
        event.root = root;
        event.round = round;
        event.handler = handler;
        event.commit();
    }
}
