package io.plumtree.protocol.flow;

/** A tree, as far as flow control has to know it: links are bits, by the peers' indexes. */
public interface TreeLinks {
    /** Its place among all trees: from 0 on, and no more than the most trees that there may be. */
    int index();

    /** The peer from which payloads are expected; {@link io.plumtree.protocol.Peers#NO_PEER} if there is none. */
    int parent();

    /** How many words each set of links has. */
    int words();

    /** A word of the eager links. */
    long eagerWord(int word);

    /** A word of the lazy links. */
    long lazyWord(int word);
}
