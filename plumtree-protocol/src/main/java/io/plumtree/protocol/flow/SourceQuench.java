package io.plumtree.protocol.flow;

import io.plumtree.protocol.Peers;
import io.plumtree.protocol.PlumtreeEffects;
import io.plumtree.protocol.ProtocolCounter;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.Arrays;

/**
 * Tells roots to slow down whose messages some peer does not take in at their pace, for the handlers of one channel:
 * the root itself, if it can be reached; else up its tree, from child to parent. A root that has no link to the slow
 * peer would not know otherwise.
 */
final class SourceQuench {
    private final long self;
    private final PlumtreeEffects effects;
    private final FlowCounter counter;
    private final PeerLookup peers;
    /** How much this node itself may broadcast. */
    private final BroadcastLimit limit;
    /** A tree's root is told so often at most. */
    private final long periodNs;
    /** When, for each tree. */
    private final long[] sentNs;

    SourceQuench(
        final long self,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final FlowCounter counter,
        final PeerLookup peers,
        final BroadcastLimit limit,
        final long nowNs) {
        this.self = self;
        this.effects = effects;
        this.counter = counter;
        this.peers = peers;
        this.limit = limit;
        periodNs = options.flowControl().quenchPeriodNs();
        sentNs = new long[options.maxTrees() + 1];
        Arrays.fill(sentNs, nowNs - periodNs);
    }

    /** A message can't be passed on at the pace at which such messages come. */
    void send(final TreeLinks tree, final int from, final long root, final int handler, final long nowNs) {
        if (nowNs - sentNs[tree.index()] < periodNs) {
            return;
        }
        final int rootPeer = peers.indexOf(root);
        final int next = rootPeer != Peers.NO_PEER && peers.isConnected(rootPeer) ? rootPeer : from;
        if (next != Peers.NO_PEER && peers.isConnected(next) && effects.sendQuench(next, root, handler)) {
            sentNs[tree.index()] = nowNs;
            counter.increment(ProtocolCounter.QUENCHES);
        }
    }

    void onReceived(
        final TreeLinks tree, final int from, final long root, final int handler, final long nowNs) {
        counter.increment(ProtocolCounter.QUENCHES_RECEIVED);
        if (root == self) {
            limit.onQuench(nowNs);
            return;
        }
        final int parent = tree.parent();
        if (parent != from) {
            send(tree, parent, root, handler, nowNs);
        }
    }
}
