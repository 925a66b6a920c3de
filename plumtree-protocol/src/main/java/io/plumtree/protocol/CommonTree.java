package io.plumtree.protocol;

/**
 * The tree of all roots that have none of their own.
 *
 * <p>With messages allowed on it the common tree is a tree, undirected, that these messages change. Floods of several
 * roots would cut every cycle of it more than once, and leave it in pieces, so one root at a time shapes it: of roots
 * that begin at the same time the one with the smallest id, here as everywhere. A root of which more messages have come
 * than are allowed is to have a tree of its own.
 *
 * <p>Without messages allowed on it the common tree only has the sets on which a root starts that was never seen before
 * (the reference's {@code common_eagers} and {@code common_lazys}).
 */
final class CommonTree {
    private final Tree tree;
    private final int maxMessages;
    private final long pruneGraceNs;
    private final RootCounts counts;
    private long shaper;
    private boolean hasShaper;
    private boolean hasShaped;
    private long shaperNs;

    CommonTree(final Tree tree, final int maxMessages, final int maxTrees, final long pruneGraceNs) {
        this.tree = tree;
        this.maxMessages = maxMessages;
        this.pruneGraceNs = pruneGraceNs;
        counts = new RootCounts(maxMessages == 0 ? 1 : 2 * maxTrees);
    }

    /** Whether roots' messages travel on this tree, and change it. */
    boolean isInUse() {
        return maxMessages > 0;
    }

    /** Whether a peer has no link in this tree, as far as it is in use. */
    boolean isUnlinked(final int peer) {
        return isInUse() && !tree.isLinked(peer);
    }

    void makeEager(final int peer) {
        tree.makeEager(peer);
    }

    void makeLazy(final int peer) {
        tree.makeLazy(peer);
    }

    /** The link to a peer is in this tree from now on, whatever was pruned before. */
    void addLink(final int peer) {
        tree.makeEager(peer);
        tree.forgetPrune(peer);
    }

    /** The peer that brought the last message of a root, if that was a moment ago; otherwise NO_PEER. */
    int bringer(final long root, final long nowNs) {
        return counts.bringer(root, nowNs, pruneGraceNs);
    }

    /** Counts a message of a root that a peer brought, or NO_PEER; returns whether it may travel on this tree. */
    boolean count(final long root, final int from, final long nowNs) {
        return counts.increment(root, from, nowNs) <= maxMessages;
    }

    /** Begins anew with a root's count. */
    void resetCount(final long root) {
        counts.reset(root);
    }

    /** A smaller root that comes while another shapes takes over, and begins with all links: so it does elsewhere. */
    void chooseShaper(final long root, final long nowNs) {
        if (pruneGraceNs == 0) {
            return;
        }
        final boolean isShaping = hasShaper && nowNs - shaperNs < pruneGraceNs;
        if (isShaping && root > shaper) {
            return;
        }
        if (!isShaping || root != shaper) {
            if (isShaping && hasShaped) {
                tree.makeAllEager();
            }
            hasShaped = false;
        }
        shaper = root;
        hasShaper = true;
        shaperNs = nowNs;
    }

    /** Whether a root shapes this tree, or any root may. */
    boolean isShapedBy(final long root) {
        return pruneGraceNs == 0 || !hasShaper || shaper == root;
    }

    /**
     * Whether a duplicate of a root on this tree may prune its sender. Not if the peer that brought the message first
     * is the same, or not eager: then the way that the message came would be cut.
     */
    boolean mayShape(final long root, final int from, final int first) {
        return pruneGraceNs == 0
            || hasShaper && shaper == root && first != from && (first == Peers.NO_PEER || tree.isEager(first));
    }

    /** This node has pruned a peer in this tree: the shaper has shaped it, and goes on. */
    void onPruneSent(final long nowNs) {
        hasShaped = true;
        shaperNs = nowNs;
    }

    /** A peer is gone, and another may get its index. */
    void forgetPeer(final int peer) {
        counts.forgetPeer(peer);
    }

    /** Begins anew, with all links, where this tree is in use. */
    void restart() {
        if (isInUse()) {
            tree.makeAllEager();
            counts.reset();
            hasShaper = false;
        }
    }
}
