package io.plumtree.engine.agent;

import io.plumtree.api.Member;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.peers.Incarnation;
import io.plumtree.engine.peers.OverlaySettings;
import io.plumtree.engine.peers.PeerObserver;
import io.plumtree.engine.peers.StartingLinks;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.List;

/**
 * What the runtime needs to know, checked.
 *
 * @param self                   this node, with its endpoint resolved.
 * @param incarnation            this run; may be raised.
 * @param cluster                name of the cluster.
 * @param peers                  the other members.
 * @param startingLinks          the peers with which every tree starts.
 * @param protocol               the protocol's options.
 * @param exchanges              the options of exchanges.
 * @param queries                those of queries.
 * @param lazyTickPeriodNs       how often to announce.
 * @param heartbeatPeriodNs      how often to send heartbeats.
 * @param livenessTimeoutNs      how long a peer may be silent.
 * @param sendBudgetNs           how long a peer may be back-pressured while others wait.
 * @param claimTimeoutNs         how long a claim may be open before it is looked at.
 * @param slowHandlerThresholdNs how long a handler's callback may take; 0 for any time.
 * @param closeTimeoutNs         how long closing may take.
 * @param nameWaitNs             how long to wait for another node of this name to end.
 * @param maxIdLength            longest id, in bytes.
 * @param maxMessageLength       longest message, in bytes.
 * @param queryQueueLength       how many queries may wait.
 * @param broadcastLimit         broadcasts taken on in a duty cycle.
 * @param bundleLength           longest frame of messages that travel together, in bytes.
 * @param recentBundlesLength    bytes kept of what travelled together, a power of two.
 * @param sendQueueLength        bytes in a link's queue beyond which this node's own broadcasts wait in the ring.
 * @param frameLimit             frames taken from the transport in a duty cycle.
 * @param overlay                how the node finds its neighbours by itself; null if the members are given.
 * @param peerObserver           told when peers come and go.
 */
public record EngineSettings(
    Member self,
    Incarnation incarnation,
    String cluster,
    List<Member> peers,
    StartingLinks startingLinks,
    PlumtreeOptions protocol,
    ExchangeOptions exchanges,
    QueryOptions queries,
    long lazyTickPeriodNs,
    long heartbeatPeriodNs,
    long livenessTimeoutNs,
    long sendBudgetNs,
    long claimTimeoutNs,
    long slowHandlerThresholdNs,
    long closeTimeoutNs,
    long nameWaitNs,
    int maxIdLength,
    int maxMessageLength,
    int queryQueueLength,
    int broadcastLimit,
    int bundleLength,
    int recentBundlesLength,
    int sendQueueLength,
    int frameLimit,
    OverlaySettings overlay,
    PeerObserver peerObserver) {

    public long clusterHash() {
        return NameHash.ofCluster(cluster);
    }
}
