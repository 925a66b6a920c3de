package io.plumtree.protocol.options;

/**
 * How a node's first eager and lazy peers are computed from the members. Every way the eager peers alone reach every
 * member from each, and eager and lazy peers together hold the next member in the order of the ids' values.
 */
public enum StartingPeers {
    /**
     * The sizes that the reference documents: one member: none. Two: the other one eager. Fewer than five: one eager,
     * one lazy. From five on: at most two eager, and one lazy.
     */
    REFERENCE("reference"),
    /**
     * Below ten members as {@link #REFERENCE}; from ten on {@code round(ln members + 1)} eager, and one lazy, as in
     * riak_core.
     */
    LOGARITHMIC("logarithmic"),
    /** Every other member eager, none lazy. */
    ALL("all");

    private final String text;

    StartingPeers(final String text) {
        this.text = text;
    }

    /**
     * As it is written in properties.
     *
     * @return such as {@code reference}.
     */
    public String text() {
        return text;
    }

    /**
     * The value that is written so in properties.
     *
     * @param text {@code reference}, {@code logarithmic} or {@code all}.
     * @return the value.
     * @throws IllegalArgumentException if it is something else.
     */
    public static StartingPeers parse(final String text) {
        for (final StartingPeers value : values()) {
            if (value.text.equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException("must be reference, logarithmic or all");
    }
}
