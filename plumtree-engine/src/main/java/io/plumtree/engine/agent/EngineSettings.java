package io.plumtree.engine.agent;

import io.plumtree.api.Member;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.engine.peers.Incarnation;
import io.plumtree.engine.peers.OverlaySettings;
import io.plumtree.engine.peers.PeerObserver;
import io.plumtree.engine.peers.RoomLimits;
import io.plumtree.engine.peers.StartingLinks;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.List;

/**
 * What the engine needs to know, checked.
 *
 * @param self            this node, with its endpoint resolved.
 * @param incarnation     this run; may be raised.
 * @param cluster         name of the cluster.
 * @param members         who else there is.
 * @param overlay         how the node finds its neighbours by itself; null if the members are given.
 * @param options         the options of the node.
 * @param sendQueueLength bytes in a link's queue beyond which this node's own broadcasts wait in the ring: what
 *                        {@link LinkOptions#sendQueueLength()} comes to with the transport at hand.
 */
public record EngineSettings(
    Member self,
    Incarnation incarnation,
    String cluster,
    Members members,
    OverlaySettings overlay,
    Options options,
    int sendQueueLength) {

    /**
     * Who else there is.
     *
     * @param peers         the other members.
     * @param startingLinks the peers with which every tree starts.
     * @param observer      told when peers come and go.
     */
    public record Members(List<Member> peers, StartingLinks startingLinks, PeerObserver observer) {
    }

    /**
     * The options of the node, checked.
     *
     * @param protocol         of the protocol.
     * @param exchanges        of exchanges.
     * @param queries          of queries.
     * @param links            of links.
     * @param ring             of the rings through which broadcasts come.
     * @param engine           of what runs the engine.
     * @param lazyTickPeriodNs how often to announce.
     * @param maxMessageLength longest message, in bytes.
     */
    public record Options(
        PlumtreeOptions protocol,
        ExchangeOptions exchanges,
        QueryOptions queries,
        LinkOptions links,
        RingOptions ring,
        EngineOptions engine,
        long lazyTickPeriodNs,
        int maxMessageLength) {
    }

    public long clusterHash() {
        return NameHash.ofCluster(cluster);
    }

    public List<Member> peers() {
        return members.peers();
    }

    public StartingLinks startingLinks() {
        return members.startingLinks();
    }

    public PeerObserver peerObserver() {
        return members.observer();
    }

    /**
     * The protocol's options.
     *
     * @return the options.
     */
    public PlumtreeOptions protocol() {
        return options.protocol();
    }

    ExchangeOptions exchanges() {
        return options.exchanges();
    }

    QueryOptions queries() {
        return options.queries();
    }

    long lazyTickPeriodNs() {
        return options.lazyTickPeriodNs();
    }

    public long heartbeatPeriodNs() {
        return options.links().heartbeatPeriodNs();
    }

    public long livenessTimeoutNs() {
        return options.links().livenessTimeoutNs();
    }

    public long sendBudgetNs() {
        return options.links().sendBudgetNs();
    }

    /** How long something waits for room in a peer's link. */
    public RoomLimits roomLimits() {
        return new RoomLimits(sendQueueLength, options.links().sendQueueWaitNs(), sendBudgetNs());
    }

    public long nameWaitNs() {
        return options.links().nameWaitNs();
    }

    int frameLimit() {
        return options.links().frameLimit();
    }

    long claimTimeoutNs() {
        return options.ring().claimTimeoutNs();
    }

    int broadcastLimit() {
        return options.ring().broadcastLimit();
    }

    int bundleLength() {
        return options.ring().bundleLength();
    }

    int recentBundlesLength() {
        return options.ring().recentBundlesLength();
    }

    long slowHandlerThresholdNs() {
        return options.engine().slowHandlerThresholdNs();
    }

    /**
     * How long closing may take.
     *
     * @return nanoseconds.
     */
    public long closeTimeoutNs() {
        return options.engine().closeTimeoutNs();
    }

    int queryQueueLength() {
        return options.queries().queueLength();
    }

    public int maxIdLength() {
        return options.protocol().maxIdLength();
    }

    public int maxMessageLength() {
        return options.maxMessageLength();
    }
}
