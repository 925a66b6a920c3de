package io.plumtree.protocol;

import io.plumtree.protocol.flow.TreeLinks;
import java.util.Arrays;

/**
 * One tree as this node sees it: its eager and its lazy peers, as bit sets over peer indexes.
 *
 * <p>For safe pruning a tree knows its parent, the peer from which payloads are expected. It knows the peers that this
 * node has pruned: they may have sent some more before they learn of it. And it knows the peers that this node has
 * pushed to: they may have pruned this node for that.
 */
final class Tree implements TreeLinks {
    private static final int NO_PARENT = Peers.NO_PEER;

    /** The root; of no meaning in the common tree. */
    long root;
    /** Neighbours in the order of use, which {@link TreeTable} keeps. */
    Tree newer;
    Tree older;

    /** How long after their announcement payloads come. */
    final DelayEstimate lag = new DelayEstimate();
    final TreeFlow flow = new TreeFlow();
    private final int index;
    private final long pruneGraceNs;
    private final long[] eager;
    private final long[] lazy;
    private final long[] pruned;
    private final long[] pushed;
    private final long[] pushedBefore;
    private long prunedNs;
    private long pushedSinceNs;
    private int parent = NO_PARENT;
    private boolean isAdopting;
    /** When the parent was heard of last. */
    private long heardNs;
    /** When the root's last message came. */
    private long lastNs;
    private boolean isQuiet;

    Tree(final int index, final int words, final long pruneGraceNs, final long nowNs) {
        this.index = index;
        this.pruneGraceNs = pruneGraceNs;
        eager = new long[words];
        lazy = new long[words];
        pruned = new long[words];
        pushed = new long[words];
        pushedBefore = new long[words];
        pushedSinceNs = nowNs;
    }

    /** Begins anew, for another root, with the links of the common tree. */
    void restart(final long newRoot, final Tree common) {
        root = newRoot;
        lag.reset();
        flow.reset();
        System.arraycopy(common.eager, 0, eager, 0, eager.length);
        System.arraycopy(common.lazy, 0, lazy, 0, lazy.length);
        Arrays.fill(pruned, 0);
        System.arraycopy(common.pushed, 0, pushed, 0, pushed.length);
        System.arraycopy(common.pushedBefore, 0, pushedBefore, 0, pushedBefore.length);
        pushedSinceNs = common.pushedSinceNs;
        lastNs = common.lastNs;
        isQuiet = false;
        parent = NO_PARENT;
        isAdopting = false;
    }

    @Override
    public int index() {
        return index;
    }

    // ---- links

    private static boolean contains(final long[] set, final int peer) {
        return (set[peer >> 6] & 1L << peer) != 0;
    }

    private static void add(final long[] set, final int peer) {
        set[peer >> 6] |= 1L << peer;
    }

    private static void remove(final long[] set, final int peer) {
        set[peer >> 6] &= ~(1L << peer);
    }

    @Override
    public int words() {
        return eager.length;
    }

    @Override
    public long eagerWord(final int word) {
        return eager[word];
    }

    @Override
    public long lazyWord(final int word) {
        return lazy[word];
    }

    boolean isEager(final int peer) {
        return contains(eager, peer);
    }

    boolean isLazy(final int peer) {
        return contains(lazy, peer);
    }

    boolean isLinked(final int peer) {
        return isEager(peer) || isLazy(peer);
    }

    void makeEager(final int peer) {
        add(eager, peer);
        remove(lazy, peer);
    }

    void makeLazy(final int peer) {
        add(lazy, peer);
        remove(eager, peer);
    }

    /** Makes every link eager; no prune is remembered. */
    void makeAllEager() {
        for (int word = 0; word < eager.length; word++) {
            eager[word] |= lazy[word];
        }
        Arrays.fill(lazy, 0);
        Arrays.fill(pruned, 0);
    }

    void removeLink(final int peer) {
        remove(eager, peer);
        remove(lazy, peer);
    }

    /** The peer is gone, or new: it is not the parent, and what it was told is forgotten. */
    void onLinkChanged(final int peer) {
        forgetPrune(peer);
        forgetPushes(peer);
        loseParent(peer);
    }

    // ---- prunes and pushes

    /** This node has pruned a peer. */
    void onPruneSent(final int peer, final long nowNs) {
        add(pruned, peer);
        prunedNs = nowNs;
    }

    boolean wasPrunedJustNow(final int peer, final long nowNs) {
        return contains(pruned, peer) && nowNs - prunedNs < pruneGraceNs;
    }

    void forgetPrune(final int peer) {
        remove(pruned, peer);
    }

    /** This node has pushed a message to a peer. */
    void onPushed(final int peer, final long nowNs) {
        if (nowNs - pushedSinceNs >= pruneGraceNs) {
            final boolean isRecent = nowNs - pushedSinceNs < 2 * pruneGraceNs;
            for (int word = 0; word < pushed.length; word++) {
                pushedBefore[word] = isRecent ? pushed[word] : 0;
                pushed[word] = 0;
            }
            pushedSinceNs = nowNs;
        }
        add(pushed, peer);
    }

    /** Whether a peer was pushed to within the grace time; true for up to twice as long. */
    boolean wasPushedTo(final int peer, final long nowNs) {
        final long ageNs = nowNs - pushedSinceNs;
        return ageNs < 2 * pruneGraceNs
            && (contains(pushed, peer) || ageNs < pruneGraceNs && contains(pushedBefore, peer));
    }

    void forgetPushes(final int peer) {
        remove(pushed, peer);
        remove(pushedBefore, peer);
    }

    // ---- the parent

    @Override
    public int parent() {
        return parent;
    }

    boolean hasParent() {
        return parent != NO_PARENT;
    }

    /** Expects payloads from a peer, or from nobody, from now on. */
    void expect(final int peer, final long nowNs) {
        parent = peer;
        heardNs = nowNs;
    }

    /** Takes a peer for the parent that has not brought anything yet. */
    void adopt(final int peer, final long nowNs) {
        expect(peer, nowNs);
        isAdopting = true;
    }

    /** A peer has brought a payload: it is the parent if there is none, or none heard of for the grace time. */
    void onPayload(final int peer, final long nowNs) {
        if (parent == NO_PARENT || nowNs - heardNs > pruneGraceNs) {
            parent = peer;
        }
        if (parent == peer) {
            onParentHeard(nowNs);
        }
    }

    void onParentHeard(final long nowNs) {
        heardNs = nowNs;
        isAdopting = false;
    }

    /** Whether the parent was taken for it within the grace time, and has brought nothing since. */
    boolean isAdopting(final long nowNs) {
        return isAdopting && hasParent() && nowNs - heardNs < pruneGraceNs;
    }

    /** Whether a peer is the parent already: its link is eager, and it was heard of within the grace time. */
    boolean isAdopted(final int peer, final long nowNs) {
        return parent == peer && isEager(peer) && nowNs - heardNs < pruneGraceNs;
    }

    /** Expects nothing from a peer any more. */
    void loseParent(final int peer) {
        if (parent == peer) {
            parent = NO_PARENT;
        }
    }

    /** Expects nothing from a parent that has not been heard of for so long. */
    void loseSilentParent(final long silenceNs, final long nowNs) {
        if (nowNs - heardNs > silenceNs) {
            parent = NO_PARENT;
        }
    }

    // ---- the root's messages

    /** A new message of the root has come. */
    void onMessage(final long nowNs) {
        isQuiet = nowNs - lastNs >= pruneGraceNs / 2;
        lastNs = nowNs;
    }

    /** Whether the last message came long after the one before. */
    boolean isQuiet() {
        return isQuiet;
    }
}
