package io.plumtree.engine.seeds;

import java.util.List;

/** Where a node has its contacts from. */
public interface ContactSource extends AutoCloseable {
    /**
     * The contacts, if they are others than at the last poll. Any thread; never blocks.
     *
     * @return an immutable list of {@code address:port}, each once; null if nothing has changed.
     */
    List<String> poll();

    /** Looks nothing up any more; harmless when closed. */
    @Override
    void close();
}
