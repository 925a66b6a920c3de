package io.plumtree.engine.query;

import io.plumtree.api.Member;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.QueryFrameEncoder;
import io.plumtree.engine.codec.QueryType;
import io.plumtree.engine.codec.RefusalReason;
import io.plumtree.engine.options.QueryOptions;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers queries of members and of strangers. An answer is made when there is a way to who asked: the link that there
 * is to a member, or one made on demand. Until then it is the query that waits, in a bounded queue.
 */
public final class QueryResponder {
    /** Frames of answers that are made in one go, or a whole answer that is longer: one of all members may be. */
    static final int FRAMES_PER_CALL = 64;

    private final Queue<Waiting> waiting = new ArrayDeque<>();
    /** The ways on which an answer waits already, so that a second one is not made before it has gone. */
    private final Set<Object> busyWays = new HashSet<>();
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final QueryHost host;
    private final OnDemandLinks links;
    private final QueryOptions options;
    private final QueryCounters counters;
    private final AnswerFrames frames;
    private int strangers;
    private int framesLeft = FRAMES_PER_CALL;

    /** A query, and what has not been sent yet of its answer once that is made. */
    private static final class Waiting {
        final long sender;
        final boolean isStranger;
        final Query query;
        final RefusalReason refusal;
        final long deadlineNs;
        Queue<byte[]> frames;

        Waiting(
            final long sender,
            final boolean isStranger,
            final Query query,
            final RefusalReason refusal,
            final long deadlineNs) {
            this.sender = sender;
            this.isStranger = isStranger;
            this.query = query;
            this.refusal = refusal;
            this.deadlineNs = deadlineNs;
        }

        /** What stands for the link that it goes over. */
        Object way() {
            return isStranger ? query.replyTo() : Long.valueOf(sender);
        }
    }

    /**
     * Answers for a node.
     *
     * @param host                  the node.
     * @param cluster               what stands for its cluster.
     * @param maxUnfragmentedLength longest frame that its transport sends in one piece, in bytes.
     * @param links                 the ways to who is no member.
     * @param options               the bounds, and who is answered.
     * @param counters              where to count.
     */
    public QueryResponder(
        final QueryHost host,
        final long cluster,
        final int maxUnfragmentedLength,
        final OnDemandLinks links,
        final QueryOptions options,
        final QueryCounters counters) {
        this.host = host;
        this.links = links;
        this.options = options;
        this.counters = counters;
        this.frames = new AnswerFrames(
            host, new QueryFrameEncoder(cluster, host.self().value()), maxUnfragmentedLength);
    }

    /**
     * Somebody asks.
     *
     * @param sender who.
     * @param query  what.
     * @param nowNs  the time.
     */
    public void onQuery(final long sender, final Query query, final long nowNs) {
        final boolean isStranger = host.member(sender) == null;
        final long timeoutNs =
            Math.min(TimeUnit.MILLISECONDS.toNanos(query.timeoutMs()), options.answerTimeoutNs());
        final boolean hasRoom = waiting.size() < options.maxWaiting() &&
            (!isStranger || strangers < (options.maxWaiting() + 1) / 2);
        final RefusalReason refusal = hasRoom ? refusal(isStranger, query.type()) : RefusalReason.BUSY;
        final Waiting answer = new Waiting(sender, isStranger, query, refusal, nowNs + timeoutNs);
        final boolean isTurn = framesLeft > 0 && (waiting.isEmpty() || !isWayBusy(answer));
        if ((isTurn || refusal != null) && send(answer, link(answer, hasRoom, nowNs))) {
            return;
        }
        if (hasRoom) {
            waiting.add(answer);
            strangers += isStranger ? 1 : 0;
        } else {
            counters.increment(QueryCounter.DROPPED_ANSWERS);
        }
    }

    /**
     * How many answers wait to be sent.
     *
     * @return answers.
     */
    public int size() {
        return waiting.size();
    }

    /**
     * Sends what could not be sent yet, and drops what nobody waits for any more.
     *
     * @param nowNs the time.
     * @return how much was done.
     */
    public int doWork(final long nowNs) {
        framesLeft = FRAMES_PER_CALL;
        if (waiting.isEmpty()) {
            return 0;
        }
        int workCount = 0;
        busyWays.clear();
        for (final Iterator<Waiting> answers = waiting.iterator(); answers.hasNext();) {
            final Waiting answer = answers.next();
            final boolean isLate = nowNs - answer.deadlineNs >= 0;
            if (isLate || isDue(answer) && send(answer, link(answer, true, nowNs))) {
                answers.remove();
                strangers -= answer.isStranger ? 1 : 0;
                workCount++;
                if (isLate) {
                    counters.increment(QueryCounter.DROPPED_ANSWERS);
                }
            } else {
                busyWays.add(answer.way());
            }
        }
        return workCount;
    }

    private boolean isDue(final Waiting answer) {
        return (answer.frames != null || framesLeft > 0) && !busyWays.contains(answer.way());
    }

    private boolean isWayBusy(final Waiting answer) {
        final Object way = answer.way();
        for (final Waiting other : waiting) {
            if (other.way().equals(way)) {
                return true;
            }
        }
        return false;
    }

    int waiting() {
        return waiting.size();
    }

    private RefusalReason refusal(final boolean isStranger, final QueryType type) {
        if (isStranger && !options.remote()) {
            return RefusalReason.DISABLED;
        }
        return type == null ? RefusalReason.UNSUPPORTED : null;
    }

    /** Sends as much as there is room for; true if that was all. */
    private boolean send(final Waiting answer, final Link link) {
        if (link == null) {
            return false;
        }
        if (answer.frames == null) {
            answer.frames = frames(answer);
            framesLeft -= answer.frames.size();
        }
        for (byte[] next = answer.frames.peek(); next != null; next = answer.frames.peek()) {
            frame.wrap(next);
            if (link.send(frame, 0, next.length, null, 0, 0) < SendResult.ACCEPTED) {
                return false;
            }
            answer.frames.remove();
        }
        counters.increment(answer.refusal == null ? QueryCounter.ANSWERED : QueryCounter.REFUSED);
        return true;
    }

    private Queue<byte[]> frames(final Waiting answer) {
        if (answer.refusal == null) {
            return frames.answer(answer.query.type(), answer.query);
        }
        final Queue<byte[]> one = new ArrayDeque<>(1);
        one.add(frames.refusal(answer.query.correlation(), answer.refusal.code()));
        return one;
    }

    /** The way, if there is one; a new one is made for what can wait for it. */
    private Link link(final Waiting answer, final boolean canWait, final long nowNs) {
        final Member member = host.member(answer.sender);
        if (member != null && isSame(member.endpoint(), answer.query.replyTo())) {
            final Link link = host.memberLink(answer.sender);
            if (link != null) {
                return link;
            }
        }
        final String replyTo = answer.query.replyTo();
        return canWait || links.has(replyTo) ? links.connected(replyTo, nowNs) : null;
    }

    /** Who listens on all of a machine's addresses can't tell which of them is known here. */
    private static boolean isSame(final String endpoint, final String replyTo) {
        return replyTo.equals(endpoint) || replyTo.startsWith("0.0.0.0:") || replyTo.startsWith("[::]:");
    }
}
