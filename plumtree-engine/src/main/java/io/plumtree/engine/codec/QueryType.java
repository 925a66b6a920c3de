package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.QueryKind;

/** What a node can be asked. */
public enum QueryType {
    /** The members, and which of them are connected. */
    MEMBERS(QueryKind.MEMBERS),
    /** Eager and lazy peers in the tree of a root. */
    PEERS(QueryKind.PEERS),
    /** The exchanges that run, of those initiated there. */
    EXCHANGES(QueryKind.EXCHANGES);

    private static final QueryType[] TYPES = values();

    private final int code;

    QueryType(final QueryKind kind) {
        this.code = kind.value();
    }

    /**
     * What stands for it on the wire.
     *
     * @return 0 to 254.
     */
    public int code() {
        return code;
    }

    static QueryType of(final int code) {
        for (final QueryType type : TYPES) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }
}
