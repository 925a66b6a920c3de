package io.plumtree.engine.agent;

import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.handlers.HandlerChannels;
import io.plumtree.engine.peers.Neighbours;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerChannel;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.protocol.Plumtree;
import java.util.concurrent.TimeUnit;

/**
 * How long an engine may sleep, if nothing comes, so that nothing is late: neither a timer nor a look at what goes on
 * without telling. Deadlines are compared by subtraction.
 */
final class Agenda {
    /** What has no deadline of its own is looked at this often. */
    static final long MAX_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How often housekeeping is done where nothing happens, if lazy ticks come more often. */
    static final long IDLE_TICK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PeerTable peers;
    private final Plumtree plumtree;
    private final Exchanges exchanges;
    private final Inspection inspection;
    private final Neighbours neighbours;
    private final Tick lazyTick;
    private final long heartbeatPeriodNs;
    private final long livenessTimeoutNs;

    Agenda(
        final PeerTable peers,
        final Plumtree plumtree,
        final Exchanges exchanges,
        final Inspection inspection,
        final Neighbours neighbours,
        final Tick lazyTick,
        final EngineSettings settings) {
        this.peers = peers;
        this.plumtree = plumtree;
        this.exchanges = exchanges;
        this.inspection = inspection;
        this.neighbours = neighbours;
        this.lazyTick = lazyTick;
        this.heartbeatPeriodNs = settings.heartbeatPeriodNs();
        this.livenessTimeoutNs = settings.livenessTimeoutNs();
    }

    /**
     * How long nothing has to be done.
     *
     * @param nowNs           the time.
     * @param nextLinkCheckNs when links may be looked at again.
     * @return nanoseconds; 0 or less if something is due, or waits for room.
     */
    long waitNs(final long nowNs, final long nextLinkCheckNs) {
        if (plumtree.isLazyTickEarly() || !exchanges.isQuiet()) {
            return 0;
        }
        long waitNs = Math.min(MAX_WAIT_NS, tickWaitNs(nowNs));
        if (plumtree.hasTimers()) {
            waitNs = Math.min(waitNs, plumtree.timerDeadlineNs() - nowNs);
        }
        waitNs = Math.min(waitNs, exchanges.waitNs(nowNs));
        waitNs = Math.min(waitNs, neighbours.waitNs(nowNs));
        final long linksNs = Math.min(heartbeatPeriodNs, hasMessagesWaiting() ? 0 : linksWaitNs(nowNs));
        // Nothing is done for links between two looks at them, whatever is due.
        return isHeldUp() ? 0 : Math.min(waitNs, Math.max(linksNs, nextLinkCheckNs - nowNs));
    }

    /** A tick that has nothing to announce is for housekeeping alone, and need not end a sleep so soon. */
    private long tickWaitNs(final long nowNs) {
        final long waitNs = lazyTick.waitNs(nowNs);
        return Math.min(
            waitNs + Math.max(0, IDLE_TICK_NS - lazyTick.periodNs()),
            Math.max(waitNs, plumtree.lazyTickWaitNs(nowNs)));
    }

    /** Whether something waits for a way to be made, or for an answer: looked at with the links. */
    private boolean hasMessagesWaiting() {
        return inspection.isWaiting() || neighbours.isWaiting();
    }

    /** Whether a peer is waited for to make room. */
    private boolean isHeldUp() {
        for (final Peer peer : peers.all()) {
            if (peer.isUp() && peer.isHeldUp()) {
                return true;
            }
        }
        return false;
    }

    /** How long until there is something to do for a link; 0 if it is about to change. */
    private long linksWaitNs(final long nowNs) {
        long waitNs = MAX_WAIT_NS;
        for (final Peer peer : peers.all()) {
            final boolean isConnected = peer.link().isConnected();
            if (isConnected != peer.isConnected() || isConnected != peer.isUp() || peer.isReplyDue() ||
                !areChannelsSettled(peer)) {
                return 0;
            }
            if (peer.isUp()) {
                waitNs = Math.min(waitNs, peer.nextHeartbeatNs() - nowNs);
                waitNs = Math.min(waitNs, peer.lastHeardNs() - nowNs + livenessTimeoutNs + 1);
            }
        }
        return waitNs;
    }

    private static boolean areChannelsSettled(final Peer peer) {
        final PeerChannel[] channels = peer.channels();
        for (int channel = HandlerChannels.DEFAULT + 1; channel < channels.length; channel++) {
            final PeerChannel way = channels[channel];
            if (way.link.isConnected() != way.isConnected() ||
                peer.isUp() && !way.isConnected() && !way.isMissing()) {
                return false;
            }
        }
        return true;
    }
}
