package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A payload was not new to the peer, which wants to be lazy. */
@Name("io.plumtree.PruneReceived")
@Label("Prune Received")
@Description("A payload was not new to the peer, which wants to be lazy")
public final class PruneReceivedEvent extends TreeEvent {
    private static final PruneReceivedEvent PROBE = new PruneReceivedEvent();

    private PruneReceivedEvent() {
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
        final PruneReceivedEvent event = new PruneReceivedEvent();
        event.node = node;
        event.peer = peer;
        event.root = root;
        event.round = round;
        event.handler = handler;
        event.commit();
    }
}
