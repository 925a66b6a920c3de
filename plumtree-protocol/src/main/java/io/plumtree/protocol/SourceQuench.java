package io.plumtree.protocol;

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
    private final ProtocolCounters counters;
    private final MemberIndexes peers;
    private final Trees trees;
    private final BroadcastLimit limit;
    /** A tree's root is told so often at most. */
    private final long periodNs;
    /** When, for each tree. */
    private final long[] sentNs;

    SourceQuench(
        final long self,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final ProtocolCounters counters,
        final MemberIndexes peers,
        final Trees trees,
        final long nowNs) {
        this.self = self;
        this.effects = effects;
        this.counters = counters;
        this.peers = peers;
        this.trees = trees;
        limit = new BroadcastLimit(options.flowControl());
        periodNs = options.flowControl().quenchPeriodNs();
        sentNs = new long[options.maxTrees() + 1];
        Arrays.fill(sentNs, nowNs - periodNs);
    }

    /** How much this node itself may broadcast. */
    BroadcastLimit limit() {
        return limit;
    }

    /** A message can't be passed on at the pace at which such messages come. */
    void send(final int from, final long root, final int handler, final long nowNs) {
        final int tree = trees.peek(root).index();
        if (nowNs - sentNs[tree] < periodNs) {
            return;
        }
        final int rootPeer = peers.indexOf(root);
        final int next = rootPeer != Peers.NO_PEER && peers.isConnected(rootPeer) ? rootPeer : from;
        if (next != Peers.NO_PEER && peers.isConnected(next) && effects.sendQuench(next, root, handler)) {
            sentNs[tree] = nowNs;
            counters.increment(ProtocolCounter.QUENCHES);
        }
    }

    void onReceived(final int from, final long root, final int handler, final long nowNs) {
        counters.increment(ProtocolCounter.QUENCHES_RECEIVED);
        if (root == self) {
            limit.onQuench(nowNs);
            return;
        }
        final int parent = trees.peek(root).parent();
        if (parent != from) {
            send(parent, root, handler, nowNs);
        }
    }
}
