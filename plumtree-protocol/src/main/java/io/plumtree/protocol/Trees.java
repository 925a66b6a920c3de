package io.plumtree.protocol;

/**
 * What happens to a root's messages, and what it changes in the tree that holds for the root.
 *
 * <p>A root never seen before is on the common tree. Where messages do not travel on that one, a root gets a tree of
 * its own when its sets first differ. Where they do, a root gets one when more than so many of its messages have come,
 * with all links eager: the message floods, and pruning makes the tree with the shortest delays of it.
 */
final class Trees {
    private final long pruneGraceNs;
    private final TreeTable table;
    private final CommonTree common;

    Trees(
        final int maxPeers,
        final int maxTrees,
        final long pruneGraceNs,
        final int commonTreeMessages,
        final long nowNs) {
        this.pruneGraceNs = pruneGraceNs;
        table = new TreeTable(maxTrees, (maxPeers + Long.SIZE - 1) / Long.SIZE, pruneGraceNs, nowNs);
        common = new CommonTree(table.common(), commonTreeMessages, maxTrees, pruneGraceNs);
    }

    long evictions() {
        return table.evictions();
    }

    /** How many roots have a tree of their own. */
    int size() {
        return table.count() - 1;
    }

    CommonTree common() {
        return common;
    }

    /** The tree that holds for a root; marks it as used. */
    Tree use(final long root) {
        return table.use(root);
    }

    /** The tree that holds for a root, without marking it as used. */
    Tree peek(final long root) {
        return table.peek(root);
    }

    /** Whether a tree is that of one root. */
    boolean isOwn(final Tree tree) {
        return tree != table.common();
    }

    /** Whether a root's messages travel on the common tree. */
    boolean isOnCommonTree(final long root) {
        return common.isInUse() && !isOwn(table.peek(root));
    }

    /** The tree of a root whose sets are to change: its own, or the common one where that is in use. */
    private Tree treeToChange(final long root) {
        final Tree tree = table.use(root);
        return isOwn(tree) || common.isInUse() ? tree : table.add(root);
    }

    // ---- links

    /** Makes a peer eager in a root's tree; returns the tree that holds for the root then. */
    Tree makeEager(final long root, final int peer) {
        Tree tree = table.use(root);
        if (!tree.isEager(peer) || tree.isLazy(peer)) {
            tree = treeToChange(root);
            tree.makeEager(peer);
        }
        return tree;
    }

    /** Makes a peer lazy in a root's tree; returns the tree that holds for the root then. */
    Tree makeLazy(final long root, final int peer) {
        Tree tree = table.use(root);
        if (!tree.isLazy(peer) || tree.isEager(peer)) {
            tree = treeToChange(root);
            tree.makeLazy(peer);
        }
        return tree;
    }

    /** Makes a peer eager in a root's tree, as after a graft, and forgets that it was pruned there. */
    private Tree makeEagerAgain(final long root, final int peer) {
        final Tree tree = makeEager(root, peer);
        tree.forgetPrune(peer);
        return tree;
    }

    /** Makes a peer eager in every tree. */
    void makeEagerEverywhere(final int peer) {
        for (int index = 0; index < table.count(); index++) {
            table.get(index).makeEager(peer);
        }
    }

    /** Makes a peer lazy in every tree in which it has no link; returns in how many. */
    int linkEverywhere(final int peer) {
        int changed = 0;
        for (int index = 0; index < table.count(); index++) {
            if (!table.get(index).isLinked(peer)) {
                table.get(index).makeLazy(peer);
                changed++;
            }
        }
        return changed;
    }

    void removeEverywhere(final int peer) {
        linkChanged(peer);
        for (int index = 0; index < table.count(); index++) {
            table.get(index).removeLink(peer);
        }
    }

    /** The peer is gone, or new: it is nobody's parent, and what it was told is forgotten. */
    void linkChanged(final int peer) {
        common.forgetPeer(peer);
        for (int index = 0; index < table.count(); index++) {
            table.get(index).onLinkChanged(peer);
        }
    }

    /** Puts every root back on the common tree (the reference's {@code reset_peers}), and wipes that if in use. */
    void forgetRoots() {
        common.restart();
        table.clear();
    }

    // ---- payloads

    /** A new message of a root, before it is pushed: gives the root a tree when it is time. */
    void newMessage(final long root, final int from, final long nowNs) {
        table.peek(root).onMessage(nowNs);
        if (isOnCommonTree(root)) {
            final int bringer = common.bringer(root, nowNs);
            if (common.count(root, from, nowNs)) {
                common.chooseShaper(root, nowNs);
            } else {
                leaveCommonTree(root, bringer, nowNs);
            }
        }
    }

    /**
     * A tree of its own for a root on the common tree, with all links eager. In a burst the parent is the peer that
     * brought the message before: the only one that cannot be about to prune this node for what it was pushed of that.
     * Otherwise there is none yet, and the flood finds the nearest.
     */
    private void leaveCommonTree(final long root, final int parent, final long nowNs) {
        common.resetCount(root);
        final Tree tree = table.add(root);
        tree.makeAllEager();
        if (pruneGraceNs > 0) {
            tree.expect(parent, nowNs);
        }
    }

    /**
     * A payload came from a peer: makes it eager, and the parent if there is none, or none that has been heard of for
     * the grace time: the prune of a parent that has stopped may have been lost. Not if it was pruned a moment ago:
     * then it is lazy as soon as it learns of that.
     *
     * @return whether the tree has a parent now; the common tree needs none.
     */
    boolean onPayload(final long root, final int peer, final long nowNs) {
        final Tree tree = treeToChange(root);
        final boolean isOwn = isOwn(tree);
        if (!tree.wasPrunedJustNow(peer, nowNs)) {
            tree.forgetPrune(peer);
            tree.makeEager(peer);
            if (isOwn) {
                tree.onPayload(peer, nowNs);
            }
        }
        return !isOwn || tree.hasParent();
    }

    /**
     * The parent brought a message that another peer had brought first: that one takes its place, if it can.
     *
     * @return whether it is the parent now; not if its link is not eager, since it was pruned, nor if it was pushed to
     *     lately, since it may have pruned this node for that: then both links would be cut.
     */
    boolean replaceParent(final long root, final int first, final long nowNs) {
        final Tree tree = table.use(root);
        tree.onParentHeard(nowNs);
        if (first == Peers.NO_PEER || first == tree.parent() || !tree.isEager(first)
            || tree.wasPushedTo(first, nowNs)) {
            return false;
        }
        tree.expect(first, nowNs);
        return true;
    }

    /**
     * A peer has announced what this node has from another one: this node is lazy to it, as good as the prune that a
     * push would bring. Not if it was pushed to lately: it may take this node for its parent, which is announced to.
     *
     * @return the tree that holds for the root then.
     */
    Tree onAnnouncedAsWell(final long root, final int peer, final long nowNs) {
        final Tree tree = table.use(root);
        return isOwn(tree) && tree.wasPushedTo(peer, nowNs) ? tree : makeLazy(root, peer);
    }

    /**
     * Whether the last message of a root came long after the one before, so that none is likely to be under way, if
     * none is announced either: then a link may be cut as soon as another takes its place. Otherwise it is left to its
     * next duplicate.
     */
    boolean isQuiet(final long root) {
        return table.peek(root).isQuiet();
    }

    // ---- prunes

    /** This node has told a peer that it is pruned; the link is lazy already. */
    void onPruneSent(final long root, final int peer, final long nowNs) {
        final Tree tree = treeToChange(root);
        tree.onPruneSent(peer, nowNs);
        if (!isOwn(tree)) {
            common.onPruneSent(nowNs);
        }
    }

    /**
     * A peer has pruned this node: no more payloads will come from it. It has a tree of that root's own, so this node
     * needs one too.
     */
    void onPruneReceived(final long root, final int peer, final long nowNs) {
        if (root == Roots.COMMON_TREE) {
            common.makeLazy(peer);
            return;
        }
        if (isOnCommonTree(root)) {
            leaveCommonTree(root, common.bringer(root, nowNs), nowNs);
        }
        final Tree tree = makeLazy(root, peer);
        tree.forgetPushes(peer);
        tree.loseParent(peer);
    }

    // ---- grafts

    /** This node asks a peer for what has not come; a parent not heard of for as long is none. */
    void onGraftSent(final long root, final int peer, final long nowNs, final long silenceNs) {
        makeEagerAgain(root, peer);
        table.use(root).loseSilentParent(silenceNs, nowNs);
    }

    /** A peer asks for what it has not got: it brings nothing, and is to be pushed to. */
    void onGraftReceived(final long root, final int peer) {
        makeEagerAgain(root, peer).loseParent(peer);
    }

    // ---- parents by choice

    /** Whether a root has a tree here, whose parent is lost: no payload is expected from anybody. */
    boolean isOrphaned(final long root) {
        final Tree tree = table.peek(root);
        return isOwn(tree) && !tree.hasParent();
    }

    /**
     * Whether this node may take a peer for the parent. Not if it has just done so, or has pushed to it lately: then
     * the peer may have this node for its own parent, and each would wait for the other.
     */
    boolean mayAdopt(final long root, final int peer, final long nowNs) {
        final Tree tree = table.peek(root);
        return isOwn(tree) && !tree.isAdopted(peer, nowNs) && !tree.wasPushedTo(peer, nowNs);
    }

    /** This node takes a peer for the parent. */
    void adoptParent(final long root, final int peer, final long nowNs) {
        final Tree tree = makeEagerAgain(root, peer);
        if (pruneGraceNs > 0) {
            tree.adopt(peer, nowNs);
        }
    }

    /** Whether the parent was taken for it within the grace time, and has brought nothing since. */
    boolean isAdopting(final long root, final long nowNs) {
        return table.peek(root).isAdopting(nowNs);
    }

    /** A peer takes this node for its parent, or wants the link to it to be in the common tree. */
    void onAdoptReceived(final long root, final int peer) {
        if (root == Roots.COMMON_TREE) {
            if (common.isInUse()) {
                common.addLink(peer);
            }
        } else if (!isOnCommonTree(root)) {
            makeEagerAgain(root, peer).loseParent(peer);
        }
    }
}
