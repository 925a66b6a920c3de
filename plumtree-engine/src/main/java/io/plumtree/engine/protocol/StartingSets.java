package io.plumtree.engine.protocol;

/** First eager and lazy peers from the members alone. SKELETON. */
public final class StartingSets {
    private StartingSets() {
    }

    /**
     * First eager peers.
     *
     * @param self    value of this node's id.
     * @param members every member, this node included or not.
     * @return values of their ids.
     */
    public static long[] eagers(final long self, final long[] members) {
        return new long[0];
    }

    /**
     * First lazy peers.
     *
     * @param self    value of this node's id.
     * @param members every member, this node included or not.
     * @return values of their ids.
     */
    public static long[] lazys(final long self, final long[] members) {
        return new long[0];
    }
}
