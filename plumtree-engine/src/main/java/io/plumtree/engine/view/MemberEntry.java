package io.plumtree.engine.view;

import io.plumtree.api.Member;

/** A member, or one that has left or failed, as the table holds it. */
final class MemberEntry {
    Member member;
    long incarnation;
    long version;
    MemberStatus status;
    /** When this version of it was heard; for one that is gone, since when it is known to be. */
    long sinceNs;
    /** No more in the table. */
    boolean isForgotten;

    MemberEntry(final Member member, final long incarnation) {
        this.member = member;
        this.incarnation = incarnation;
    }

    /** Whether an announcement says nothing that is not known. */
    boolean subsumes(final long otherIncarnation, final long otherVersion) {
        return otherIncarnation < incarnation || otherIncarnation == incarnation && otherVersion <= version;
    }

    boolean isAlive() {
        return status == MemberStatus.ALIVE;
    }

    MemberInfo info(final long nowNs) {
        return new MemberInfo(member, incarnation, version, status, nowNs - sinceNs);
    }
}
