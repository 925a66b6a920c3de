package io.plumtree.engine.peers;

import io.plumtree.engine.settings.Incarnation;
import io.plumtree.api.Member;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.transport.Session;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.codec.IncarnationFrameEncoder;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.engine.query.OnDemandLinks;
import io.plumtree.engine.view.MemberInfo;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.membership.NodeDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells nodes that come in an outdated incarnation which one is known of them, by whatever part of this node knows;
 * and raises this node's own where others tell it. On the engine's thread.
 *
 * <p>A node whose clock was set back between two runs is taken for an earlier run wherever the later one is known: its
 * greetings, joins and messages would be dropped. Who drops them says so, and before it greets; the node goes on above
 * that, in all its parts, before its first link is up.
 */
public final class Incarnations {
    /** A greeting that is outdated is turned away for so many liveness timeouts: time enough to raise it. */
    private static final int REFUSAL_TIMEOUTS = 10;
    private static final String ANY_HOST = "0.0.0.0:";
    private static final String ANY_HOST_6 = "[";

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[IncarnationFrameEncoder.MAX_LENGTH]);
    private final Incarnation own;
    private final Member self;
    private final HandlerDispatch dispatch;
    private final Plumtree plumtree;
    private final PeerTable peers;
    private final EngineCounters counters;
    private final IncarnationFrameEncoder encoder;
    private final OverlayOutbox outbox;
    private final Namesakes namesakes;
    private final Refusals refusals;
    private final EngineSettings settings;
    private final long checkPeriodNs;
    private LinkMonitor links;
    /** Null where the members are given. */
    private Overlay overlay;
    private boolean isHeard;
    private long nextCheckNs;

    public Incarnations(
        final EngineSettings settings,
        final HandlerDispatch dispatch,
        final Plumtree plumtree,
        final PeerTable peers,
        final OnDemandLinks onDemandLinks,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final long nowNs) {
        this.settings = settings;
        this.own = settings.incarnation();
        this.self = settings.self();
        this.dispatch = dispatch;
        this.plumtree = plumtree;
        this.peers = peers;
        this.counters = counters;
        this.encoder = new IncarnationFrameEncoder(settings.clusterHash(), self.id().value());
        this.outbox = new OverlayOutbox(onDemandLinks, settings.livenessTimeoutNs(), counters);
        this.namesakes = new Namesakes(settings, encoder, outbox, counters, reporter, nowNs);
        this.refusals = new Refusals(
            REFUSAL_TIMEOUTS * settings.livenessTimeoutNs(), settings.heartbeatPeriodNs() / 2);
        this.checkPeriodNs = settings.livenessTimeoutNs() / 2;
        this.nextCheckNs = nowNs;
    }

    public void links(final LinkMonitor linkMonitor, final Overlay nodeOverlay) {
        links = linkMonitor;
        overlay = nodeOverlay;
    }

    public Namesakes namesakes() {
        return namesakes;
    }

    /** A link has come up: others may see what this node broadcasts from now on. */
    void onLinkUp() {
        isHeard = true;
    }

    /** The latest incarnation of a node that a handler knows, and that the node could go above; 0 for none. */
    long latest(final long node) {
        final long latest = dispatch.latestIncarnation(node);
        return latest < Incarnation.MAX ? latest : 0;
    }

    /** Whether a run of a node listens elsewhere than another one, as far as can be told. */
    static boolean isElsewhere(final String endpoint, final String other) {
        return !endpoint.equals(other) || endpoint.isEmpty() || endpoint.startsWith(ANY_HOST) ||
            endpoint.startsWith(ANY_HOST_6) && endpoint.contains("::]");
    }

    /**
     * Whether a node is to be turned away since a later incarnation of it is known; it is told then. One that has come
     * for long enough, and does not raise its incarnation, is let in: after one liveness timeout where the later one is
     * only heard of, after ten where the node itself has shown it here.
     */
    public boolean refuses(
        final long node,
        final String endpoint,
        final long incarnation,
        final long known,
        final String knownEndpoint,
        final boolean isShown,
        final long nonce,
        final long nowNs) {
        if (incarnation >= known) {
            return false;
        }
        counters.increment(EngineCounter.STALE_INCARNATIONS);
        if (!refusals.refuses(node, isShown ? 1 : REFUSAL_TIMEOUTS, nowNs)) {
            return false;
        }
        tell(endpoint, new KnownIncarnation(node, known, false, knownEndpoint, nonce), nowNs);
        return true;
    }

    /** As {@link #refuses}, of a node that is no peer. */
    public boolean refuses(final NodeDescriptor from, final long nonce, final long nowNs) {
        final Peer peer = peers.byValue(from.id().value());
        if (peer != null && peer.isUp() && isElsewhere(from.endpoint(), peer.greetedEndpoint())) {
            // The views turn it away, and say where the peer is.
            return false;
        }
        return refuses(
            from.id().value(), from.endpoint(), from.incarnation(), latest(from.id().value()), "", false, nonce, nowNs);
    }

    /** Tells a node, wherever it is, unless it has just been told. */
    void tell(final String endpoint, final KnownIncarnation known, final long nowNs) {
        if (known.node() != self.id().value() && !endpoint.isEmpty() &&
            refusals.isTellingDue(known.node(), nowNs)) {
            counters.increment(EngineCounter.INCARNATIONS_TOLD);
            final int length = encoder.known(frame, known);
            final Peer peer = peers.byValue(known.node());
            if (peer == null || !peer.member().endpoint().equals(endpoint) || !peer.link().isConnected() ||
                !peer.send(frame, length, null, 0, 0)) {
                outbox.answer(endpoint, frame, length, nowNs);
            }
        }
    }

    /** Tells a peer, on its link, in which incarnation it is known; false if the link does not take that now. */
    boolean tellKnown(final Peer peer, final long known) {
        final int length = encoder.known(frame, new KnownIncarnation(
            peer.value, known, false, peer.member().endpoint(), peer.sessions().heardNonce));
        return peer.send(frame, length, null, 0, 0);
    }

    /** Somebody says in which incarnation this node's name is known. */
    public void onKnown(final long from, final KnownIncarnation known, final Session session, final long nowNs) {
        if (known.node() != self.id().value()) {
            counters.increment(EngineCounter.FRAMES_STRANGERS);
        } else if (known.isLive() && isElsewhere(known.endpoint(), self.endpoint())) {
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
            || overlay != null && overlay.hyParView().hasAsked(echo)) {
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
        outbox.doWork(nowNs);
        if (nowNs - nextCheckNs >= 0) {
            nextCheckNs = nowNs + checkPeriodNs;
            checkOwn(nowNs);
            for (final Peer peer : peers.all()) {
                if (peer.isUp()) {
                    final long latest = latest(peer.value);
                    if (latest > peer.incarnation()) {
                        tellKnown(peer, latest);
                    }
                }
            }
        }
        return namesakes.check(nowNs);
    }

    /** A handler may have heard of a later run of this node: from who was out of reach when this one began. */
    private void checkOwn(final long nowNs) {
        final long latest = latest(self.id().value());
        if (latest > own.get()) {
            final String endpoint = rivalEndpoint(latest);
            if (namesakes.isCleared(endpoint)) {
                raise(latest, nowNs);
            } else {
                namesakes.suspect(endpoint, nowNs);
            }
        }
    }

    /** Where the full view has it that a later run of this node listens; empty if it does not know. */
    private String rivalEndpoint(final long incarnation) {
        final MemberInfo rival =
            overlay == null || settings.overlay().fullView() == null ? null : settings.overlay().fullView().rival();
        return rival == null || rival.incarnation() != incarnation ? "" : rival.member().endpoint();
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
        if (overlay != null) {
            overlay.onRaised();
        }
        links.raise(former, nowNs);
        dispatch.onIncarnation(former, isHeard, plumtree, nowNs);
    }
}
