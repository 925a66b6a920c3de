package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** The link to a peer came up. */
@Name("io.plumtree.LinkUp")
@Label("Link Up")
@Description("The link to a peer came up")
public final class LinkUpEvent extends PeerEvent {
    private static final LinkUpEvent PROBE = new LinkUpEvent();

    @Label("Incarnation")
    @Description("Run of the peer: when it was launched")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    private long incarnation;

    @Label("Down Time")
    @Description("How long the link was down, or not made yet")
    @Timespan(Timespan.NANOSECONDS)
    private long downTime;

    private LinkUpEvent() {
    }

    /**
     * Records an event, if it is recorded.
     *
     * @param node        the node.
     * @param peer        the peer.
     * @param incarnation run of the peer: when it was launched.
     * @param downTime    how long the link was down, or not made yet.
     */
    public static void emit(
        final String node,
        final String peer,
        final long incarnation,
        final long downTime) {
        if (!PROBE.isEnabled()) {
            return;
        }
        final LinkUpEvent event = new LinkUpEvent();
        event.node = node;
        event.peer = peer;
        event.incarnation = incarnation;
        event.downTime = downTime;
        event.commit();
    }
}
