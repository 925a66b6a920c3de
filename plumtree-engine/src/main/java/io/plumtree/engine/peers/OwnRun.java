package io.plumtree.engine.peers;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.transport.Session;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.protocol.Plumtree;

/**
 * This node's own run: goes on in a later incarnation where others know one, in all parts of the node, and before its
 * first link is up. Ends where another node has its name, and was there first. On the engine's thread.
 */
public final class OwnRun {
    private final EngineSettings settings;
    private final Incarnation own;
    private final long self;
    private final Incarnations incarnations;
    private final Namesakes namesakes;
    private final HandlerDispatch dispatch;
    private final Plumtree plumtree;
    private final PeerTable peers;
    private final LinkMonitor links;
    private final Neighbours neighbours;
    private final EngineCounters counters;
    private final long checkPeriodNs;
    private long nextCheckNs;

    public OwnRun(
        final EngineSettings settings,
        final Incarnations incarnations,
        final HandlerDispatch dispatch,
        final Plumtree plumtree,
        final PeerTable peers,
        final LinkMonitor links,
        final Neighbours neighbours,
        final EngineCounters counters,
        final long nowNs) {
        this.settings = settings;
        this.own = settings.incarnation();
        this.self = settings.self().id().value();
        this.incarnations = incarnations;
        this.namesakes = incarnations.namesakes();
        this.dispatch = dispatch;
        this.plumtree = plumtree;
        this.peers = peers;
        this.links = links;
        this.neighbours = neighbours;
        this.counters = counters;
        this.checkPeriodNs = settings.livenessTimeoutNs() / 2;
        this.nextCheckNs = nowNs;
    }

    /** Somebody says in which incarnation this node's name is known. */
    void onKnown(final long from, final KnownIncarnation known, final Session session, final long nowNs) {
        if (known.node() != self) {
            counters.increment(EngineCounter.FRAMES_STRANGERS);
        } else if (known.isLive() && Incarnations.isElsewhere(known.endpoint(), settings.self().endpoint())) {
            namesakes.suspect(known.endpoint(), nowNs);
        } else if (!own.includes(known.incarnation())) {
            if (isHeeded(from, known.echo(), session)) {
                raise(known.incarnation(), nowNs);
            } else {
                counters.increment(EngineCounter.INCARNATIONS_NOT_RAISED);
            }
        }
    }

    /**
     * Whether somebody is to be heeded who knows another run of this node: a peer, or who was asked. Each raise costs
     * those that take messages in order something, so that not anyone may cause it. A node that is not linked to
     * anybody heeds anyone: it has nothing to lose.
     */
    private boolean isHeeded(final long from, final long echo, final Session session) {
        final Peer peer = peers.byValue(from);
        if (peer != null && (peer.sessions().has(session) || echo == peer.sessions().nonce)
            || neighbours.hasAsked(echo)) {
            return true;
        }
        for (final Peer other : peers.all()) {
            if (other.isUp()) {
                return false;
            }
        }
        return true;
    }

    /** Looks after peers and this node itself; what ends this node, or null. */
    public PlumtreeException check(final long nowNs) {
        incarnations.doWork(nowNs);
        if (nowNs - nextCheckNs >= 0) {
            nextCheckNs = nowNs + checkPeriodNs;
            checkOwn(nowNs);
            for (final Peer peer : peers.all()) {
                if (peer.isUp()) {
                    final long latest = incarnations.latest(peer.value);
                    if (latest > peer.incarnation()) {
                        incarnations.tellKnown(peer, latest);
                    }
                }
            }
        }
        return namesakes.check(nowNs);
    }

    /** A handler may have heard of a later run of this node: from who was out of reach when this one began. */
    private void checkOwn(final long nowNs) {
        final long latest = incarnations.latest(self);
        if (latest > own.get()) {
            final String endpoint = settings.view().rivalEndpoint(latest);
            if (namesakes.isCleared(endpoint)) {
                raise(latest, nowNs);
            } else {
                namesakes.suspect(endpoint, nowNs);
            }
        }
    }

    /** Goes above an incarnation; not while another node of this name is there: the two would outbid each other. */
    private void raise(final long known, final long nowNs) {
        final long former = own.get();
        if (namesakes.hasNamesake() || !own.raiseAbove(known, nowNs)) {
            if (known >= former) {
                counters.increment(EngineCounter.INCARNATIONS_NOT_RAISED);
            }
            return;
        }
        counters.increment(EngineCounter.INCARNATIONS_RAISED);
        counters.incarnation(own.get());
        neighbours.onRaised();
        links.raise(former, nowNs);
        dispatch.onIncarnation(former, incarnations.isHeard(), plumtree, nowNs);
    }
}
