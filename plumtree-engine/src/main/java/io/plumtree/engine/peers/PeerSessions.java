package io.plumtree.engine.peers;

import io.plumtree.api.TokenBucket;
import io.plumtree.api.transport.Session;
import java.util.Arrays;

/**
 * The sessions on which a peer's frames are taken in. On the default channel that is the one on which it has greeted
 * with the nonce that was sent to where it listens; nobody else can. On each other channel it is the one that comes
 * from the same source.
 *
 * <p>Others may greet in its name: those sessions are remembered for a while, as claims, so that each is answered now
 * and then, and what comes from the same source on other channels can wait for the proof.
 */
final class PeerSessions {
    private static final int MAX_CLAIMS = 4;
    private static final double SECOND_NS = 1e9;

    /** What the peer has to echo. */
    final long nonce;
    /** What the peer asks to have echoed; 0 as long as it has not greeted. */
    long heardNonce;
    private final long answerPeriodNs;
    /** Of all claims together, however many sessions there are. */
    private final TokenBucket answers;
    private final long claimTimeNs;
    private Session greeted;
    /** On other channels, one each at most. */
    private Session[] further = new Session[0];
    private final Session[] claims = new Session[MAX_CLAIMS];
    private final long[] claimedNs = new long[MAX_CLAIMS];
    private final long[] answeredNs = new long[MAX_CLAIMS];
    private int claimCount;

    /**
     * None yet.
     *
     * @param nonce          not 0, and nobody's to guess.
     * @param answerPeriodNs how often a claim is answered at most.
     * @param claimTimeNs    for how long frames wait for a claim to be proven.
     * @param nowNs          the time.
     */
    PeerSessions(final long nonce, final long answerPeriodNs, final long claimTimeNs, final long nowNs) {
        this.nonce = nonce;
        this.answerPeriodNs = answerPeriodNs;
        this.claimTimeNs = claimTimeNs;
        this.answers = new TokenBucket(MAX_CLAIMS, MAX_CLAIMS * SECOND_NS / answerPeriodNs, nowNs);
    }

    /** Whether the peer's frames are taken in on it. */
    boolean has(final Session session) {
        if (session == greeted) {
            return true;
        }
        for (final Session other : further) {
            if (session == other) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is the one on which the peer has greeted. */
    boolean isGreeted(final Session session) {
        return session == greeted;
    }

    /** Whether the peer has greeted at all. */
    boolean isKnown() {
        return greeted != null;
    }

    /** The peer has shown that it sends on it. */
    void greeted(final Session session) {
        greeted = session;
        Arrays.fill(claims, null);
        claimCount = 0;
        session.confirm();
    }

    /** A frame in the peer's name comes on another channel: whether it is the peer's, which then sends on it. */
    boolean admits(final Session session) {
        if (greeted == null || !session.source().equals(greeted.source())) {
            return false;
        }
        int index = 0;
        while (index < further.length && further[index].channel() != session.channel()) {
            index++;
        }
        if (index == further.length) {
            further = Arrays.copyOf(further, index + 1);
        }
        further[index] = session;
        session.confirm();
        return true;
    }

    /** Somebody greets, or sends, in the peer's name without showing that it is the peer: whether to answer that. */
    boolean isAnswerDue(final Session session, final long nowNs) {
        int index = 0;
        for (int i = 0; i < claimCount; i++) {
            if (claims[i] == session) {
                if (nowNs - answeredNs[i] < answerPeriodNs || !answers.take(nowNs)) {
                    return false;
                }
                answeredNs[i] = nowNs;
                return true;
            }
            index = claimedNs[i] - claimedNs[index] < 0 ? i : index;
        }
        if (!answers.take(nowNs)) {
            return false;
        }
        if (claimCount < MAX_CLAIMS) {
            index = claimCount++;
        }
        claims[index] = session;
        claimedNs[index] = nowNs;
        answeredNs[index] = nowNs;
        return true;
    }

    /** Whether somebody who may be the peer has just greeted from where these frames come. */
    boolean isClaimed(final Session session, final long nowNs) {
        for (int i = 0; i < claimCount; i++) {
            if (nowNs - claimedNs[i] < claimTimeNs && claims[i].source().equals(session.source())) {
                return true;
            }
        }
        return false;
    }
}
