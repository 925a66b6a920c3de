package io.plumtree.protocol;

import org.agrona.collections.Long2ObjectHashMap;

/**
 * Which roots have a tree of their own. Bounded: the least recently used tree is given to the next root, and its own
 * root is back on the common tree. A tree is made when one more is needed than ever before, and used again from then
 * on.
 */
final class TreeTable {
    private final int words;
    private final long pruneGraceNs;
    /** The common tree, and behind it those of single roots. */
    private final Tree[] trees;
    private final Long2ObjectHashMap<Tree> treeByRoot;
    private int count = 1;
    private Tree newest;
    private Tree oldest;
    private long evictions;
    /** Which root was asked for last, and what holds for it: a message asks for its root several times. */
    private long lastRoot;
    private Tree lastTree;

    TreeTable(final int maxTrees, final int words, final long pruneGraceNs, final long nowNs) {
        this.words = words;
        this.pruneGraceNs = pruneGraceNs;
        trees = new Tree[maxTrees + 1];
        trees[0] = new Tree(0, words, pruneGraceNs, nowNs);
        lastTree = trees[0];
        treeByRoot = new Long2ObjectHashMap<>(Math.max(8, maxTrees * 2), 0.65f);
    }

    Tree common() {
        return trees[0];
    }

    /** How many trees there are, the common one included. */
    int count() {
        return count;
    }

    /** A tree by its index; the common one is the first. */
    Tree get(final int index) {
        return trees[index];
    }

    long evictions() {
        return evictions;
    }

    /** The tree that holds for a root; marks it as used. */
    Tree use(final long root) {
        final Tree tree = peek(root);
        if (tree != trees[0] && tree != newest) {
            unlink(tree);
            linkAsNewest(tree);
        }
        return tree;
    }

    /** The tree that holds for a root, without marking it as used. */
    Tree peek(final long root) {
        if (root != lastRoot) {
            final Tree tree = treeByRoot.get(root);
            lastRoot = root;
            lastTree = tree == null ? trees[0] : tree;
        }
        return lastTree;
    }

    /** Gives a root a tree of its own, which starts as the common one is. */
    Tree add(final long root) {
        final Tree tree;
        if (count < trees.length) {
            tree = unused(count++);
        } else {
            tree = oldest;
            unlink(tree);
            treeByRoot.remove(tree.root);
            evictions++;
        }
        tree.restart(root, trees[0]);
        treeByRoot.put(root, tree);
        lastRoot = root;
        lastTree = tree;
        linkAsNewest(tree);
        return tree;
    }

    private Tree unused(final int index) {
        if (trees[index] == null) {
            trees[index] = new Tree(index, words, pruneGraceNs, 0);
        }
        return trees[index];
    }

    /** Puts every root back on the common tree. */
    void clear() {
        treeByRoot.clear();
        lastTree = trees[0];
        count = 1;
        newest = null;
        oldest = null;
    }

    private void unlink(final Tree tree) {
        if (tree.newer == null) {
            newest = tree.older;
        } else {
            tree.newer.older = tree.older;
        }
        if (tree.older == null) {
            oldest = tree.newer;
        } else {
            tree.older.newer = tree.newer;
        }
    }

    private void linkAsNewest(final Tree tree) {
        tree.older = newest;
        tree.newer = null;
        if (newest == null) {
            oldest = tree;
        } else {
            newest.newer = tree;
        }
        newest = tree;
    }
}
