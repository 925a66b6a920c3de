package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.QueryRefusal;

/** Why a query is not answered. */
public enum RefusalReason {
    /** Too many wait for answers. */
    BUSY(QueryRefusal.BUSY),
    /** The node answers its members only. */
    DISABLED(QueryRefusal.DISABLED),
    /** The node does not know this kind of query. */
    UNSUPPORTED(QueryRefusal.UNSUPPORTED);

    private static final RefusalReason[] REASONS = values();

    private final int code;

    RefusalReason(final QueryRefusal refusal) {
        this.code = refusal.value();
    }

    /**
     * What stands for it on the wire.
     *
     * @return 0 to 254.
     */
    public int code() {
        return code;
    }

    /**
     * What a code stands for.
     *
     * @param code 0 to 255.
     * @return the reason; null for one that only a newer version knows.
     */
    public static RefusalReason of(final int code) {
        for (final RefusalReason reason : REASONS) {
            if (reason.code == code) {
                return reason;
            }
        }
        return null;
    }
}
