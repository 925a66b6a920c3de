package io.plumtree.engine.events;

import io.plumtree.api.DownReason;
import java.util.Locale;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** The link to a peer went down. */
@Name("io.plumtree.LinkDown")
@Label("Link Down")
@Description("The link to a peer went down")
public final class LinkDownEvent extends PeerEvent {
    private static final LinkDownEvent PROBE = new LinkDownEvent();

    @Label("Reason")
    @Description("Why: goodbye, silent, disconnected, restarted, reset, removed or moved")
    private String reason;

    @Label("Up Time")
    @Description("How long the link was up")
    @Timespan(Timespan.NANOSECONDS)
    private long upTime;

    @Label("Silent Time")
    @Description("How long nothing had been heard of the peer")
    @Timespan(Timespan.NANOSECONDS)
    private long silentTime;

    private LinkDownEvent() {
    }

    /**
     * Records an event, if it is recorded.
     *
     * @param node       the node.
     * @param peer       the peer.
     * @param reason     why.
     * @param upTime     how long the link was up.
     * @param silentTime how long nothing had been heard of the peer.
     */
    public static void emit(
        final String node,
        final String peer,
        final DownReason reason,
        final long upTime,
        final long silentTime) {
        if (!PROBE.isEnabled()) {
            return;
        }
        final LinkDownEvent event = new LinkDownEvent();
        event.node = node;
        event.peer = peer;
        event.reason = reason.name().toLowerCase(Locale.ROOT);
        event.upTime = upTime;
        event.silentTime = silentTime;
        event.commit();
    }
}
