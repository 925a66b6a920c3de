package io.plumtree.engine.peers;

import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Session;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.settings.EngineSettings;

/**
 * Where the frame comes from that is being taken in: on which session, and from which peer. Who refuses it for where it
 * comes from also counts it.
 *
 * <p>A peer's frames are taken in from its greeting to its goodbye, even while the link to it is down: it may not have
 * noticed, and what it pushed would be lost. A peer that has restarted greets before it sends anything else on the
 * default channel.
 */
public final class FrameOrigin {
    private final PeerTable peers;
    private final LinkMonitor links;
    private final Agreement agreement;
    private final EngineCounters counters;
    private final long cluster;
    private final long self;
    private Session session;
    private Peer peer;
    private boolean isEarly;
    private long nowNs;

    /**
     * No frame has come yet.
     *
     * @param peers     the peers.
     * @param links     told of what comes in a peer's name on a session that is not known as the peer's.
     * @param agreement told of members that are of another cluster.
     * @param settings  which cluster, and which node.
     * @param counters  where to count.
     */
    public FrameOrigin(
        final PeerTable peers,
        final LinkMonitor links,
        final Agreement agreement,
        final EngineSettings settings,
        final EngineCounters counters) {
        this.peers = peers;
        this.links = links;
        this.agreement = agreement;
        this.counters = counters;
        this.cluster = settings.clusterHash();
        this.self = settings.self().id().value();
    }

    /** Sets the time. */
    public void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    /** The time of this duty cycle. */
    public long nowNs() {
        return nowNs;
    }

    /** A frame comes. */
    public void session(final Session newSession) {
        session = newSession;
    }

    /** On which the frame came. */
    public Session session() {
        return session;
    }

    /** Who has sent it, where only a peer's frames are taken in; for a greeting, null if it is no peer's. */
    public Peer peer() {
        return peer;
    }

    /**
     * Whether it has overtaken the greeting of the peer, or seems to have: it is left for later, or asked for again.
     */
    public boolean isEarly() {
        return isEarly;
    }

    /** Whether the frame is a peer's. */
    public boolean acceptsPeer(final long frameCluster, final long frameSender) {
        if (!acceptsCluster(frameCluster, frameSender)) {
            return false;
        }
        if (find(frameSender) == null) {
            counters.increment(frameSender == self ?
                EngineCounter.FRAMES_IMPOSTORS : EngineCounter.FRAMES_STRANGERS);
            return false;
        }
        isEarly = false;
        return peer.sessions().has(session) || isJoining();
    }

    /** Whether a frame in a peer's name that comes on none of its sessions is to be looked at all the same. */
    private boolean isJoining() {
        if (session.channel() != Transport.DEFAULT_CHANNEL) {
            if (peer.sessions().admits(session)) {
                return true;
            }
            isEarly = peer.sessions().isClaimed(session, nowNs);
            if (isEarly) {
                return true;
            }
        }
        if (peer.sessions().isKnown()) {
            counters.increment(EngineCounter.FRAMES_OTHER_SESSION);
            links.onOtherSession(peer, session, nowNs);
        } else {
            counters.increment(EngineCounter.FRAMES_UNGREETED);
        }
        return false;
    }

    /** Whether the frame is another node's of this cluster, a peer's or not. */
    public boolean acceptsStranger(final long frameCluster, final long frameSender) {
        if (!acceptsCluster(frameCluster, frameSender)) {
            return false;
        }
        if (frameSender == self) {
            counters.increment(EngineCounter.FRAMES_IMPOSTORS);
            return false;
        }
        return true;
    }

    /** Whether the frame is of this cluster. */
    boolean acceptsCluster(final long frameCluster, final long frameSender) {
        if (frameCluster == cluster) {
            return true;
        }
        counters.increment(EngineCounter.FRAMES_FOREIGN);
        agreement.onForeignFrame(name(frameSender));
        return false;
    }

    /** Whether the cluster is this node's; counts nothing. */
    boolean isOfCluster(final long frameCluster) {
        return frameCluster == cluster;
    }

    /** Whether the sender has this node's own name; counts nothing. */
    boolean isOwnName(final long frameSender) {
        return frameSender == self;
    }

    /** Takes a peer for the sender. Null if it is none. */
    Peer find(final long frameSender) {
        peer = peers.byValue(frameSender);
        return peer;
    }

    /** Of a member; null if it is none. */
    NodeId name(final long frameSender) {
        final Peer member = peers.byValue(frameSender);
        return member == null ? null : member.id;
    }

    /** Whether the peer has introduced itself. Counts the frame otherwise. */
    public boolean admit() {
        if (isEarly || !peer.isIntroduced()) {
            counters.increment(EngineCounter.FRAMES_UNGREETED);
            return false;
        }
        // Even a frame that is left for later shows that the peer is not to blame for its silence.
        peer.heard(nowNs);
        return true;
    }
}
