package io.plumtree.protocol;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Eager and lazy peers by root, as bit sets over peer indexes.
 *
 * <p>Row 0 holds the common sets, on which a root starts that was never seen before (the reference's
 * {@code common_eagers} and {@code common_lazys}). A root gets a row of its own when its sets first differ. Rows are
 * bounded: the least recently used one is given up, and its root is back on the common sets.
 *
 * <p>With a shared tree row 0 is a tree, undirected, of all roots that have no row of their own: what happens to their
 * messages changes it, and a root gets a row when more than so many of its messages have come, with all links eager:
 * the message floods, and pruning makes the tree with the shortest delays of it. Floods of several roots would cut
 * every cycle of the shared tree more than once, and leave it in pieces, so one root at a time shapes it: of roots that
 * begin at the same time the one with the smallest id, here as everywhere.
 *
 * <p>For safe pruning a row knows its parent, the peer from which payloads are expected, the peers that this node has
 * pruned, which may have sent some more before they learn of it, and those that it has pushed to, which may have pruned
 * it for that.
 */
final class Trees {
    static final int COMMON = 0;

    private static final int NO_PARENT = Plumtree.NO_PEER;

    private final int words;
    private final long pruneGraceNs;
    private final int sharedTreeMessages;
    private final RootCounts counts;
    /** How long after their announcement payloads come, for each row. */
    private final DelayEstimates lags;
    private final TreeFlow flow;
    private final long[] eager;
    private final long[] lazy;
    private final long[] pruned;
    private final long[] prunedNs;
    private final long[] pushed;
    private final long[] pushedBefore;
    private final long[] pushedSinceNs;
    private final int[] parents;
    private final boolean[] adopting;
    private final long[] heardNs;
    private final long[] lastNs;
    private final boolean[] isQuiet;
    private final long[] roots;
    private final int[] newer;
    private final int[] older;
    private final Long2LongHashMap rowByRoot;
    private int rowCount = 1;
    private int newest = COMMON;
    private int oldest = COMMON;
    private long evictions;
    private long shaper;
    private boolean hasShaper;
    private boolean hasShaped;
    private long shaperNs;

    Trees(
        final int maxPeers,
        final int maxTrees,
        final long pruneGraceNs,
        final int sharedTreeMessages,
        final long nowNs) {
        this.pruneGraceNs = pruneGraceNs;
        this.sharedTreeMessages = sharedTreeMessages;
        counts = new RootCounts(sharedTreeMessages == 0 ? 1 : 2 * maxTrees);
        lags = new DelayEstimates(maxTrees + 1);
        flow = new TreeFlow(maxTrees + 1);
        words = (maxPeers + Long.SIZE - 1) / Long.SIZE;
        eager = new long[(maxTrees + 1) * words];
        lazy = new long[(maxTrees + 1) * words];
        pruned = new long[(maxTrees + 1) * words];
        prunedNs = new long[maxTrees + 1];
        pushed = new long[(maxTrees + 1) * words];
        pushedBefore = new long[(maxTrees + 1) * words];
        pushedSinceNs = new long[maxTrees + 1];
        pushedSinceNs[COMMON] = nowNs;
        parents = new int[maxTrees + 1];
        adopting = new boolean[maxTrees + 1];
        heardNs = new long[maxTrees + 1];
        lastNs = new long[maxTrees + 1];
        isQuiet = new boolean[maxTrees + 1];
        Arrays.fill(parents, NO_PARENT);
        roots = new long[maxTrees + 1];
        newer = new int[maxTrees + 1];
        older = new int[maxTrees + 1];
        rowByRoot = new Long2LongHashMap(Math.max(8, maxTrees * 2), 0.65f, COMMON);
    }

    int words() {
        return words;
    }

    long evictions() {
        return evictions;
    }

    /** How many roots have a tree of their own. */
    int size() {
        return rowCount - 1;
    }

    DelayEstimates lags() {
        return lags;
    }

    TreeFlow flow() {
        return flow;
    }

    /** The row that holds for a root; marks it as used. */
    int row(final long root) {
        final int row = (int) rowByRoot.get(root);
        if (row != COMMON && row != newest) {
            unlink(row);
            linkAsNewest(row);
        }
        return row;
    }

    /** The row that holds for a root, without marking it as used. */
    int peekRow(final long root) {
        return (int) rowByRoot.get(root);
    }

    long eagerWord(final int row, final int word) {
        return eager[row * words + word];
    }

    long lazyWord(final int row, final int word) {
        return lazy[row * words + word];
    }

    boolean isEager(final int row, final int peer) {
        return (eager[row * words + (peer >> 6)] & 1L << peer) != 0;
    }

    boolean isLazy(final int row, final int peer) {
        return (lazy[row * words + (peer >> 6)] & 1L << peer) != 0;
    }

    boolean isLinked(final int row, final int peer) {
        return isEager(row, peer) || isLazy(row, peer);
    }

    /** Makes a peer eager in a root's tree; returns the row that holds for the root then. */
    int makeEager(final long root, final int peer) {
        final int row = row(root);
        return isEager(row, peer) && !isLazy(row, peer) ? row : move(root, peer, eager, lazy);
    }

    /** Makes a peer lazy in a root's tree; returns the row that holds for the root then. */
    int makeLazy(final long root, final int peer) {
        final int row = row(root);
        return isLazy(row, peer) && !isEager(row, peer) ? row : move(root, peer, lazy, eager);
    }

    /** Whether a peer has no link in the shared tree, as far as there is one. */
    boolean isUnlinked(final int peer) {
        return sharedTreeMessages > 0 && !isLinked(COMMON, peer);
    }

    /** Whether a root is on the shared tree. */
    boolean isOnSharedTree(final long root) {
        return sharedTreeMessages > 0 && peekRow(root) == COMMON;
    }

    /** A new message of a root, before it is pushed: gives the root a row when it is time. */
    void newMessage(final long root, final int from, final long nowNs) {
        final int row = peekRow(root);
        isQuiet[row] = nowNs - lastNs[row] >= pruneGraceNs / 2;
        lastNs[row] = nowNs;
        if (!isOnSharedTree(root)) {
            return;
        }
        final int bringer = counts.bringer(root, nowNs, pruneGraceNs);
        if (counts.increment(root, from, nowNs) > sharedTreeMessages) {
            grow(root, bringer, nowNs);
        } else if (pruneGraceNs > 0) {
            chooseShaper(root, nowNs);
        }
    }

    /**
     * A row of its own for a root on the shared tree, with all links eager. In a burst the parent is the peer that
     * brought the message before: the only one that cannot be about to prune this node for what it was pushed of that.
     * Otherwise there is none yet, and the flood finds the nearest.
     */
    private void grow(final long root, final int parent, final long nowNs) {
        counts.reset(root);
        final int row = addRow(root);
        makeAllEager(row);
        if (pruneGraceNs > 0) {
            parents[row] = parent;
            heardNs[row] = nowNs;
        }
    }

    private void makeAllEager(final int row) {
        for (int index = row * words; index < (row + 1) * words; index++) {
            eager[index] |= lazy[index];
            lazy[index] = 0;
            pruned[index] = 0;
        }
    }

    /** A smaller root that comes while another shapes takes over, and begins with all links: so it does elsewhere. */
    private void chooseShaper(final long root, final long nowNs) {
        final boolean isShaping = hasShaper && nowNs - shaperNs < pruneGraceNs;
        if (isShaping && root > shaper) {
            return;
        }
        if (!isShaping || root != shaper) {
            if (isShaping && hasShaped) {
                makeAllEager(COMMON);
            }
            hasShaped = false;
        }
        shaper = root;
        hasShaper = true;
        shaperNs = nowNs;
    }

    /** Whether a root shapes the shared tree, or any root may. */
    boolean isShapedBy(final long root) {
        return pruneGraceNs == 0 || !hasShaper || shaper == root;
    }

    /**
     * Whether a duplicate of a root on the shared tree may prune its sender. Not if the peer that brought the message
     * first is the same, or not eager: then the way that the message came would be cut.
     */
    boolean mayShape(final long root, final int from, final int first) {
        return pruneGraceNs == 0
            || hasShaper && shaper == root && first != from && (first == Plumtree.NO_PEER || isEager(COMMON, first));
    }

    /**
     * A peer has announced what this node has from another one: this node is lazy to it, as good as the prune that a
     * push would bring. Not if it was pushed to lately: it may take this node for its parent, which is announced to.
     */
    int announcedBy(final long root, final int peer, final long nowNs) {
        final int row = row(root);
        return row != COMMON && wasPushedTo(row, peer, nowNs) ? row : makeLazy(root, peer);
    }

    private int move(final long root, final int peer, final long[] to, final long[] from) {
        final int row = rowToChange(root);
        final int index = row * words + (peer >> 6);
        to[index] |= 1L << peer;
        from[index] &= ~(1L << peer);
        return row;
    }

    /** The peer from which a row's payloads are expected; NO_PEER if there is none. */
    int parent(final int row) {
        return parents[row];
    }

    /** Whether a root has a tree here, whose parent is lost: no payload is expected from anybody. */
    boolean isOrphaned(final long root) {
        final int row = peekRow(root);
        return row != COMMON && parents[row] == NO_PARENT;
    }

    /**
     * A payload came from a peer: makes it eager, and the parent if there is none, or none that has been heard of for
     * the grace time: the prune of a parent that has stopped may have been lost. Not if it was pruned a moment ago:
     * then it is lazy as soon as it learns of that.
     *
     * @return whether the tree has a parent now; the shared tree needs none.
     */
    boolean useful(final long root, final int peer, final long nowNs) {
        final int row = rowToChange(root);
        if (!wasPrunedJustNow(row, peer, nowNs)) {
            unprune(row, peer);
            move(root, peer, eager, lazy);
            if (row == COMMON) {
                return true;
            }
            if (parents[row] == NO_PARENT || nowNs - heardNs[row] > pruneGraceNs) {
                parents[row] = peer;
            }
            if (parents[row] == peer) {
                heardNs[row] = nowNs;
                adopting[row] = false;
            }
        }
        return row == COMMON || parents[row] != NO_PARENT;
    }

    /**
     * The parent brought a message that another peer had brought first.
     *
     * @return whether that one is the parent now; not if its link is not eager, since it was pruned, nor if it was
     *     pushed to lately, since it may have pruned this node for that: then both links would be cut.
     */
    boolean succeed(final long root, final int first, final long nowNs) {
        final int row = row(root);
        heardNs[row] = nowNs;
        adopting[row] = false;
        if (first == NO_PARENT || first == parents[row] || !isEager(row, first) || wasPushedTo(row, first, nowNs)) {
            return false;
        }
        parents[row] = first;
        return true;
    }

    /** This node has pushed a message to a peer. */
    void pushed(final int row, final int peer, final long nowNs) {
        if (nowNs - pushedSinceNs[row] >= pruneGraceNs) {
            for (int index = row * words; index < (row + 1) * words; index++) {
                pushedBefore[index] = nowNs - pushedSinceNs[row] < 2 * pruneGraceNs ? pushed[index] : 0;
                pushed[index] = 0;
            }
            pushedSinceNs[row] = nowNs;
        }
        pushed[row * words + (peer >> 6)] |= 1L << peer;
    }

    /** Whether a peer was pushed to within the grace time; true for up to twice as long. */
    private boolean wasPushedTo(final int row, final int peer, final long nowNs) {
        final int index = row * words + (peer >> 6);
        final long ageNs = nowNs - pushedSinceNs[row];
        final long bits = ageNs < pruneGraceNs ? pushed[index] | pushedBefore[index] : pushed[index];
        return ageNs < 2 * pruneGraceNs && (bits & 1L << peer) != 0;
    }

    private void forgetPushes(final int row, final int peer) {
        pushed[row * words + (peer >> 6)] &= ~(1L << peer);
        pushedBefore[row * words + (peer >> 6)] &= ~(1L << peer);
    }

    /** This node has pruned a peer. */
    void prune(final long root, final int peer, final long nowNs) {
        final int row = rowToChange(root);
        pruned[row * words + (peer >> 6)] |= 1L << peer;
        prunedNs[row] = nowNs;
        if (row == COMMON) {
            hasShaped = true;
            shaperNs = nowNs;
        }
    }

    /**
     * A peer has pruned this node: no more payloads will come from it. It has a tree of that root's own, so this node
     * needs one too.
     */
    void prunedBy(final long root, final int peer, final long nowNs) {
        if (root == Plumtree.COMMON_TREE) {
            addCommonLazy(peer);
            return;
        }
        if (isOnSharedTree(root)) {
            grow(root, counts.bringer(root, nowNs, pruneGraceNs), nowNs);
        }
        final int row = makeLazy(root, peer);
        forgetPushes(row, peer);
        if (parents[row] == peer) {
            parents[row] = NO_PARENT;
        }
    }

    /** A peer asks for what it has not got: it brings nothing, and is to be pushed to. */
    void graftedBy(final long root, final int peer) {
        grafted(root, peer);
        final int row = peekRow(root);
        if (parents[row] == peer) {
            parents[row] = NO_PARENT;
        }
    }

    /** A graft went one way or the other: the link is eager, whatever was pruned before. */
    void grafted(final long root, final int peer) {
        unprune(makeEager(root, peer), peer);
    }

    /**
     * Whether this node may take a peer for the parent. Not if it has just done so, or has pushed to it lately: then
     * the peer may have this node for its own parent, and each would wait for the other.
     */
    boolean mayAdopt(final long root, final int peer, final long nowNs) {
        final int row = peekRow(root);
        final boolean isAdopted =
            parents[row] == peer && isEager(row, peer) && nowNs - heardNs[row] < pruneGraceNs;
        return row != COMMON && !isAdopted && !wasPushedTo(row, peer, nowNs);
    }

    /**
     * Whether the last message of a root came long after the one before, so that none is likely to be under way, if
     * none is announced either: then a link may be cut as soon as another takes its place. Otherwise it is left to its
     * next duplicate.
     */
    boolean isQuiet(final long root) {
        return isQuiet[peekRow(root)];
    }

    /** The link to a peer is in the shared tree from now on. */
    void adoptInSharedTree(final int peer) {
        addCommonEager(peer);
        unprune(COMMON, peer);
    }

    /** This node takes a peer for the parent. */
    void adopt(final long root, final int peer, final long nowNs) {
        grafted(root, peer);
        if (pruneGraceNs > 0) {
            final int row = row(root);
            parents[row] = peer;
            heardNs[row] = nowNs;
            adopting[row] = true;
        }
    }

    /** Whether the parent was taken for it within the grace time, and has brought nothing since. */
    boolean isAdopting(final long root, final long nowNs) {
        final int row = peekRow(root);
        return adopting[row] && parents[row] != NO_PARENT && nowNs - heardNs[row] < pruneGraceNs;
    }

    /** A peer takes this node for its parent, or wants the link to it to be in the shared tree. */
    void adopted(final long root, final int peer) {
        if (root == Plumtree.COMMON_TREE) {
            if (sharedTreeMessages > 0) {
                adoptInSharedTree(peer);
            }
        } else if (!isOnSharedTree(root)) {
            grafted(root, peer);
            final int row = row(root);
            if (parents[row] == peer) {
                parents[row] = NO_PARENT;
            }
        }
    }

    /** This node asks a peer for what has not come; a parent not heard of for as long is none. */
    void graft(final long root, final int peer, final long nowNs, final long silenceNs) {
        grafted(root, peer);
        final int row = row(root);
        if (nowNs - heardNs[row] > silenceNs) {
            parents[row] = NO_PARENT;
        }
    }

    private boolean wasPrunedJustNow(final int row, final int peer, final long nowNs) {
        return isPruned(row, peer) && nowNs - prunedNs[row] < pruneGraceNs;
    }

    private boolean isPruned(final int row, final int peer) {
        return (pruned[row * words + (peer >> 6)] & 1L << peer) != 0;
    }

    private void unprune(final int row, final int peer) {
        pruned[row * words + (peer >> 6)] &= ~(1L << peer);
    }

    /** The peer is gone, or new: it is nobody's parent, and what it was told is forgotten. */
    void linkChanged(final int peer) {
        counts.forgetPeer(peer);
        for (int row = 0; row < rowCount; row++) {
            unprune(row, peer);
            forgetPushes(row, peer);
            if (parents[row] == peer) {
                parents[row] = NO_PARENT;
            }
        }
    }

    void addCommonEager(final int peer) {
        eager[peer >> 6] |= 1L << peer;
        lazy[peer >> 6] &= ~(1L << peer);
    }

    void addCommonLazy(final int peer) {
        lazy[peer >> 6] |= 1L << peer;
        eager[peer >> 6] &= ~(1L << peer);
    }

    /** Makes a peer eager in every tree. */
    void makeEagerEverywhere(final int peer) {
        for (int row = 0; row < rowCount; row++) {
            eager[row * words + (peer >> 6)] |= 1L << peer;
            lazy[row * words + (peer >> 6)] &= ~(1L << peer);
        }
    }

    /** Makes a peer lazy in every tree in which it has no link; returns in how many. */
    int linkEverywhere(final int peer) {
        int changed = 0;
        for (int row = 0; row < rowCount; row++) {
            if (!isLinked(row, peer)) {
                lazy[row * words + (peer >> 6)] |= 1L << peer;
                changed++;
            }
        }
        return changed;
    }

    void removeEverywhere(final int peer) {
        linkChanged(peer);
        for (int row = 0; row < rowCount; row++) {
            eager[row * words + (peer >> 6)] &= ~(1L << peer);
            lazy[row * words + (peer >> 6)] &= ~(1L << peer);
        }
    }

    /** Puts every root back on the common sets (the reference's {@code reset_peers}), and wipes a shared tree. */
    void forgetRoots() {
        if (sharedTreeMessages > 0) {
            makeAllEager(COMMON);
            counts.reset();
            hasShaper = false;
        }
        rowByRoot.clear();
        Arrays.fill(eager, words, rowCount * words, 0);
        Arrays.fill(lazy, words, rowCount * words, 0);
        Arrays.fill(pruned, words, rowCount * words, 0);
        Arrays.fill(parents, NO_PARENT);
        rowCount = 1;
        newest = COMMON;
        oldest = COMMON;
    }

    /** The row of a root whose sets are to change: its own, or that of the shared tree. */
    private int rowToChange(final long root) {
        final int row = row(root);
        return row == COMMON && sharedTreeMessages == 0 ? addRow(root) : row;
    }

    private int addRow(final long root) {
        final int row;
        if (rowCount < roots.length) {
            row = rowCount++;
        } else {
            row = oldest;
            unlink(row);
            rowByRoot.remove(roots[row]);
            evictions++;
        }
        roots[row] = root;
        rowByRoot.put(root, row);
        System.arraycopy(eager, 0, eager, row * words, words);
        System.arraycopy(lazy, 0, lazy, row * words, words);
        Arrays.fill(pruned, row * words, (row + 1) * words, 0);
        System.arraycopy(pushed, 0, pushed, row * words, words);
        System.arraycopy(pushedBefore, 0, pushedBefore, row * words, words);
        pushedSinceNs[row] = pushedSinceNs[COMMON];
        isQuiet[row] = false;
        lastNs[row] = lastNs[COMMON];
        parents[row] = NO_PARENT;
        adopting[row] = false;
        lags.reset(row);
        flow.reset(row);
        linkAsNewest(row);
        return row;
    }

    private void unlink(final int row) {
        if (newer[row] == COMMON) {
            newest = older[row];
        } else {
            older[newer[row]] = older[row];
        }
        if (older[row] == COMMON) {
            oldest = newer[row];
        } else {
            newer[older[row]] = newer[row];
        }
    }

    private void linkAsNewest(final int row) {
        older[row] = newest;
        newer[row] = COMMON;
        if (newest == COMMON) {
            oldest = row;
        } else {
            newer[newest] = row;
        }
        newest = row;
    }
}
