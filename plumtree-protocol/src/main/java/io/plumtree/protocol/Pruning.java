package io.plumtree.protocol;

import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * What a payload's arrival says of the link that it came over.
 *
 * <p>The reference prunes whoever sends a duplicate. With two messages of a root under way on two paths that can cut
 * both: the first path brings the first message first, and the second path the second. So here a tree has a parent,
 * which is pruned only for the sake of another link that is known to be good.
 */
final class Pruning {
    private final long self;
    private final PlumtreeEffects effects;
    private final ProtocolCounters counters;
    private final Trees trees;
    private final LazyPush lazyPush;
    private final Grafting grafting;
    private final boolean isSafe;
    private final MessageKey treeKey = new MessageKey();

    Pruning(
        final long self,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final ProtocolCounters counters,
        final Trees trees,
        final LazyPush lazyPush,
        final Grafting grafting) {
        this.self = self;
        this.effects = effects;
        this.counters = counters;
        this.trees = trees;
        this.lazyPush = lazyPush;
        this.grafting = grafting;
        isSafe = options.pruneGraceNs() > 0;
    }

    /** The sender of a new payload becomes eager; with safe pruning a sender just pruned does not. */
    void onNew(final int from, final MessageKey key, final long nowNs) {
        if (!isSafe) {
            trees.makeEager(key.root(), from);
        } else if (!trees.onPayload(key.root(), from, nowNs)) {
            // It was pruned, and no parent is left: the prune is taken back.
            grafting.sendGraft(from, key, nowNs);
        }
    }

    /** The sender of a duplicate becomes lazy, unless it is needed. */
    void onDuplicate(final int from, final MessageKey key, final long nowNs) {
        final long root = key.root();
        final int message = lazyPush.find(key);
        final boolean isOnCommonTree = trees.isOnCommonTree(root);
        if (isOnCommonTree || lazyPush.wasShared(message)) {
            // What travelled on one tree says nothing of the other, whichever has the root now.
            if (trees.common().mayShape(root, from, lazyPush.source(message))
                && (!isSafe || lazyPush.wasShared(message))) {
                shapeCommonTree(message, from, key, nowNs);
            }
        } else if (!isNeeded(from, root, lazyPush.source(message), nowNs)) {
            prune(from, root, key, nowNs);
        }
    }

    /**
     * Of the first arrival and a duplicate one has to go: the duplicate, unless it came over fewer hops and not much
     * later. A tree that serves roots on all sides is better flat than fast from one side.
     */
    private void shapeCommonTree(final int message, final int from, final MessageKey key, final long nowNs) {
        int pruned = from;
        if (message != MessageTable.NONE && lazyPush.isNearer(message, key.round(), nowNs)
            && effects.sendControl(ControlMessage.ADOPT, from, inTree(Roots.COMMON_TREE, key))) {
            pruned = lazyPush.source(message);
            lazyPush.arrived(message, from, key.round(), nowNs);
            trees.common().addLink(from);
        }
        prune(pruned, Roots.COMMON_TREE, key, nowNs);
    }

    /** Makes the link to a peer lazy in a tree, at both ends. */
    void prune(final int from, final long tree, final MessageKey key, final long nowNs) {
        trees.makeLazy(tree, from);
        if (effects.sendControl(ControlMessage.PRUNE, from, inTree(tree, key))) {
            counters.increment(ProtocolCounter.PRUNES);
            if (isSafe) {
                trees.onPruneSent(tree, from, nowNs);
            }
        }
    }

    /** Names the message with a tree in its root's place. */
    private MessageKey inTree(final long tree, final MessageKey key) {
        treeKey.id().wrap(key.id());
        return treeKey.set(tree, key.round(), key.handler());
    }

    /** Whether the sender of a duplicate stays, because it is the parent, or becomes it for want of another. */
    private boolean isNeeded(final int from, final long root, final int first, final long nowNs) {
        if (!isSafe || root == self) {
            return false;
        }
        final int parent = trees.use(root).parent();
        if (parent == Peers.NO_PEER) {
            return trees.onPayload(root, from, nowNs);
        }
        if (parent != from) {
            // Make before break: the old parent may be the only one that brings anything.
            return trees.isAdopting(root, nowNs);
        }
        return !trees.replaceParent(root, first, nowNs);
    }
}
