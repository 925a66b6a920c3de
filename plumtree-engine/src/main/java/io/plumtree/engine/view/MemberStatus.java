package io.plumtree.engine.view;

/** What is known of a member. */
public enum MemberStatus {
    /** It has said that it is there, not long ago. */
    ALIVE(1),
    /** It has said that it leaves. */
    LEFT(2),
    /** Nothing was heard of it for too long, here or at a peer that had heard of it later than this node. */
    FAILED(3);

    private static final MemberStatus[] ALL = values();

    final byte code;

    MemberStatus(final int code) {
        this.code = (byte) code;
    }

    /** The status of a code; null if there is none. */
    static MemberStatus of(final byte code) {
        return code >= 1 && code <= ALL.length ? ALL[code - 1] : null;
    }
}
