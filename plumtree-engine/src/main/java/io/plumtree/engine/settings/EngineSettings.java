package io.plumtree.engine.settings;

import io.plumtree.api.Member;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.engine.view.MemberView;
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
     * @param view          what the node knows of members beyond its neighbours.
     */
    public record Members(List<Member> peers, StartingLinks startingLinks, PeerObserver observer, MemberView view) {
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

    /** Whether the node finds its neighbours by itself. */
    public boolean findsNeighbours() {
        return overlay != null;
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

    public MemberView view() {
        return members.view();
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

    public ExchangeOptions exchanges() {
        return options.exchanges();
    }

    public QueryOptions queries() {
        return options.queries();
    }

    public long lazyTickPeriodNs() {
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

    public long nameWaitNs() {
        return options.links().nameWaitNs();
    }

    public int frameLimit() {
        return options.links().frameLimit();
    }

    public long claimTimeoutNs() {
        return options.ring().claimTimeoutNs();
    }

    public int broadcastLimit() {
        return options.ring().broadcastLimit();
    }

    public int bundleLength() {
        return options.ring().bundleLength();
    }

    public int recentBundlesLength() {
        return options.ring().recentBundlesLength();
    }

    public long slowHandlerThresholdNs() {
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

    public int queryQueueLength() {
        return options.queries().queueLength();
    }

    public int maxIdLength() {
        return options.protocol().maxIdLength();
    }

    public int maxMessageLength() {
        return options.maxMessageLength();
    }
}
