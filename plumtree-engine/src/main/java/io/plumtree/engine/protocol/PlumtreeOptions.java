package io.plumtree.engine.protocol;

/** The protocol's options. SKELETON: names and defaults follow; {@code new PlumtreeOptions()} are the defaults. */
public final class PlumtreeOptions {
    /** The defaults. */
    public PlumtreeOptions() {
    }

    /**
     * The most peers.
     *
     * @return the bound.
     */
    public int maxPeers() {
        return 256;
    }
}
