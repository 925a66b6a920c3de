package io.plumtree.benchmarks.rig;

/**
 * Some nodes, the first of which is the root. A node's methods are called by one thread, of which {@link Loops} takes
 * care; the others' by whoever made them, before and after.
 */
interface Nodes extends AutoCloseable {
    /** Which kind they are. */
    NodesKind kind();

    /** How many. */
    int count();

    /** One duty cycle of a node; tells how much was done. */
    int doWork(int node);

    /** Has the root send a message; on the root's thread. False if it has to wait: it is to be sent next, then. */
    boolean publish(long sequence, long intendedNs);

    /** Whether a message that has to wait has been sent to some already; on the root's thread. */
    boolean isPublishing();

    /** Whether every link is up; on any thread. */
    boolean isReady();

    /** The tree on which messages travel from the root; after the loops. */
    RelayTree tree();

    @Override
    void close();
}
