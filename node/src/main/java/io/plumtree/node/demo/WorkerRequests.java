package io.plumtree.node.demo;

/** The words with which a parent asks a worker; each follows the request's number and a blank. */
final class WorkerRequests {
    /** For a {@link WorkerStatus}. */
    static final String STATUS = "status";
    /** For {@link WorkerSets}; the root's name follows. */
    static final String SETS = "sets";
    /** To publish from now on; messages a second follow, which may be a fraction, and the last number so far. */
    static final String PUBLISH = "publish";
    /** To publish from now on as fast as the node takes it. */
    static final String FLOOD = "flood";
    /** For a {@link LoadStatus}. */
    static final String LOAD = "load";
    /** For the bytes of the heap that are in use, after a collection. */
    static final String HEAP = "heap";
    /** For the messages that its handler keeps, as ranges of sequences by root. */
    static final String RETAINED = "retained";
    /** To publish no more; answered, with how many there were, when the last has been taken. */
    static final String STOP = "stop";
    /** To measure gaps in delivery from now on. */
    static final String MARK = "mark";

    private WorkerRequests() {
    }
}
