package io.plumtree.engine.peers;

import io.plumtree.api.Member;
import io.plumtree.engine.codec.IncarnationFrameEncoder;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.engine.query.OnDemandLinks;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.protocol.membership.NodeDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells nodes that come in an outdated incarnation which one is known of them, by whatever part of this node knows. On
 * the engine's thread.
 *
 * <p>A node whose clock was set back between two runs is taken for an earlier run wherever the later one is known: its
 * greetings, joins and messages would be dropped. Who drops them says so, and before it greets; the node goes on above
 * that ({@link OwnRun}).
 */
public final class Incarnations {
    /** A greeting that is outdated is turned away for so many liveness timeouts: time enough to raise it. */
    private static final int REFUSAL_TIMEOUTS = 10;
    private static final String ANY_HOST = "0.0.0.0:";
    private static final String ANY_HOST_6 = "[";

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[IncarnationFrameEncoder.MAX_LENGTH]);
    private final Member self;
    private final HandlerDispatch dispatch;
    private final PeerTable peers;
    private final EngineCounters counters;
    private final IncarnationFrameEncoder encoder;
    private final OverlayOutbox outbox;
    private final Namesakes namesakes;
    private final Refusals refusals;
    private boolean isHeard;

    public Incarnations(
        final EngineSettings settings,
        final HandlerDispatch dispatch,
        final PeerTable peers,
        final OnDemandLinks onDemandLinks,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final long nowNs) {
        this.self = settings.self();
        this.dispatch = dispatch;
        this.peers = peers;
        this.counters = counters;
        this.encoder = new IncarnationFrameEncoder(settings.clusterHash(), self.id().value());
        this.outbox = new OverlayOutbox(onDemandLinks, settings.livenessTimeoutNs(), counters);
        this.namesakes = new Namesakes(settings, encoder, outbox, counters, reporter, nowNs);
        this.refusals = new Refusals(
            REFUSAL_TIMEOUTS * settings.livenessTimeoutNs(), settings.heartbeatPeriodNs() / 2);
    }

    Namesakes namesakes() {
        return namesakes;
    }

    /** A link has come up: others may see what this node broadcasts from now on. */
    void onLinkUp() {
        isHeard = true;
    }

    /** Whether others may have seen what this node has broadcast. */
    boolean isHeard() {
        return isHeard;
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
    boolean refuses(
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
    boolean refuses(final NodeDescriptor from, final long nonce, final long nowNs) {
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

    /** Tells what waits for a way to be made. */
    void doWork(final long nowNs) {
        outbox.doWork(nowNs);
    }
}
