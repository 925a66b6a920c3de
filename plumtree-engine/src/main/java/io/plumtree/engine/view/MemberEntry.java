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
    /** When its node was first heard of, or told of. */
    long firstNs;
    /** Who has told of it in an exchange when nothing was known of it; 0 for nobody. */
    long teller;
    /** Nobody but the teller says that it is there: not to be told on. */
    boolean isToldOnly;
    /** It was announced again later, or its node has greeted. */
    boolean isConfirmed;
    /** It was in a later run that has fallen silent while this one went on. */
    boolean isReverted;
    /** No more in the table. */
    boolean isForgotten;
    /** Its place in the table. */
    int index;
    /** A run that is taken for an earlier one, and goes on announcing itself; 0 for none. */
    private long contender;
    private long contenderVersion;
    private long contenderNs;

    MemberEntry(final Member member, final long incarnation) {
        this.member = member;
        this.incarnation = incarnation;
    }

    /** Whether an announcement says nothing that is not known. */
    boolean subsumes(final long otherIncarnation, final long otherVersion) {
        return otherIncarnation < incarnation || otherIncarnation == incarnation && otherVersion <= version;
    }

    /**
     * Whether an announcement that is subsumed shows that the run that is known may not be there: that one has been
     * silent, and this is of an earlier run; or of this one, where it has versions that no node announces.
     *
     * @param quietNs how long it has to be silent.
     */
    boolean isContender(
        final long otherIncarnation, final long otherVersion, final long nowNs, final long quietNs) {
        final boolean isFalsifiable = otherIncarnation != incarnation || otherVersion != version &&
            version > AnnouncementLayout.MAX_BELIEVED_VERSION;
        if (!isFalsifiable || nowNs - sinceNs < quietNs) {
            return false;
        }
        final boolean isSet = contender != 0 && contenderNs - sinceNs > 0 && nowNs - contenderNs < 2 * quietNs;
        return !isSet || otherIncarnation > contender ||
            otherIncarnation == contender && otherVersion > contenderVersion;
    }

    /**
     * Takes an announcement of a contender; true if it was announced again, long enough after the first time, so that
     * it is the one that is there.
     */
    boolean contend(
        final long otherIncarnation, final long otherVersion, final long nowNs, final long repeatedNs) {
        final boolean isSame = contender == otherIncarnation && contenderNs - sinceNs > 0;
        if (isSame && nowNs - contenderNs >= repeatedNs) {
            contender = 0;
            return true;
        }
        if (!isSame) {
            contenderNs = nowNs;
        }
        contender = otherIncarnation;
        contenderVersion = otherVersion;
        return false;
    }

    /** Whether what was heard of at a time, by others, is what this one has already taken the place of. */
    boolean isReverted(final long otherSinceNs, final long slackNs) {
        return isReverted && isAlive() && sinceNs - otherSinceNs > slackNs;
    }

    boolean isAlive() {
        return status == MemberStatus.ALIVE;
    }

    MemberInfo info(final long nowNs) {
        return new MemberInfo(member, incarnation, version, status, nowNs - sinceNs);
    }
}
