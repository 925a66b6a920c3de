package io.plumtree.engine.query;

import io.plumtree.api.Exchange;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.engine.codec.AnswerPart;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.QueryFrameEncoder;
import io.plumtree.engine.codec.QueryType;
import io.plumtree.engine.codec.RefusalReason;
import io.plumtree.engine.codec.TreePeer;
import io.plumtree.engine.options.QueryOptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks other nodes. Queries wait in a bounded table until they are answered, refused, or out of time. One is sent as
 * soon as there is a way to its node, and again as long as nothing of its answer comes.
 *
 * <p>Answers are told from forged ones by the correlation, which nobody else can guess.
 */
public final class QueryAsker {
    /** How often a query is sent, as long as nothing of its answer has come. */
    static final long REPEAT_PERIOD_NS = TimeUnit.SECONDS.toNanos(2);

    private final Long2ObjectHashMap<PendingQuery<?, ?>> pending = new Long2ObjectHashMap<>();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[QueryFrameEncoder.MAX_QUERY_LENGTH]);
    private final SecureRandom random = new SecureRandom();
    private final QueryFrameEncoder encoder;
    private final QueryCounters counters;
    private final String replyTo;
    private final int maxPending;

    /**
     * Nothing asked yet.
     *
     * @param cluster  what stands for the cluster.
     * @param self     who asks.
     * @param replyTo  where it listens, {@code host:port}.
     * @param options  the bounds.
     * @param counters where to count.
     */
    public QueryAsker(
        final long cluster,
        final NodeId self,
        final String replyTo,
        final QueryOptions options,
        final QueryCounters counters) {
        this.encoder = new QueryFrameEncoder(cluster, self.value());
        this.counters = counters;
        this.replyTo = replyTo;
        this.maxPending = options.maxPending();
        // Seeds itself at the first use, which can take a while.
        this.random.nextLong();
    }

    /**
     * Asks.
     *
     * @param target    whom.
     * @param question  what.
     * @param nowNs     the time.
     * @param timeoutNs how long to wait, from now.
     * @param answer    completed with the answer, or with a {@link TimeoutException}, a {@link QueryRefusedException},
     *                  or a {@link RejectedExecutionException} where too many queries wait; on another thread.
     * @param <T>       what the answer's entries are.
     * @param <R>       what the answer is.
     */
    public <T, R> void ask(
        final QueryTarget target,
        final Question<T, R> question,
        final long nowNs,
        final long timeoutNs,
        final CompletableFuture<R> answer) {
        long correlation = random.nextLong();
        while (pending.containsKey(correlation)) {
            correlation = random.nextLong();
        }
        final PendingQuery<T, R> query =
            new PendingQuery<>(correlation, target, question, nowNs + timeoutNs, answer);
        if (pending.size() >= maxPending) {
            counters.increment(QueryCounter.NOT_ASKED);
            query.fail(new RejectedExecutionException(
                "too many queries wait for answers: " + QueryOptions.MAX_PENDING_PROPERTY + " (" + maxPending + ")"));
            return;
        }
        pending.put(correlation, query);
        send(query, nowNs);
    }

    /**
     * How many queries wait for an answer.
     *
     * @return queries.
     */
    public int size() {
        return pending.size();
    }

    /**
     * Sends what could not be sent yet, and gives up what is out of time.
     *
     * @param nowNs the time.
     * @return how much was done.
     */
    public int doWork(final long nowNs) {
        if (pending.isEmpty()) {
            return 0;
        }
        int workCount = 0;
        for (final Iterator<PendingQuery<?, ?>> queries = pending.values().iterator(); queries.hasNext();) {
            final PendingQuery<?, ?> query = queries.next();
            if (nowNs - query.deadlineNs >= 0) {
                queries.remove();
                counters.increment(QueryCounter.TIMED_OUT);
                query.fail(new TimeoutException("no answer from " + query.target.name() + " in time"));
                workCount++;
            } else if (!query.isSent || isToBeRepeated(query, nowNs)) {
                workCount += send(query, nowNs);
            }
        }
        return workCount;
    }

    /**
     * Whether an answer is awaited.
     *
     * @param correlation of the query: nobody can tell it who was not asked.
     * @return true if so.
     */
    public boolean isPending(final long correlation) {
        return pending.containsKey(correlation);
    }

    /**
     * Some of the members that were asked for.
     *
     * @param part some of them.
     */
    public void onMembersAnswer(final AnswerPart<MemberState> part) {
        onAnswer(QueryType.MEMBERS, part);
    }

    /**
     * Some of the peers that were asked for.
     *
     * @param part some of them.
     */
    public void onPeersAnswer(final AnswerPart<TreePeer> part) {
        onAnswer(QueryType.PEERS, part);
    }

    /**
     * Some of the exchanges that were asked for.
     *
     * @param part some of them.
     */
    public void onExchangesAnswer(final AnswerPart<Exchange> part) {
        onAnswer(QueryType.EXCHANGES, part);
    }

    /**
     * A query is refused.
     *
     * @param sender      who refuses.
     * @param correlation of the query.
     * @param code        why.
     */
    public void onQueryRefused(final long sender, final long correlation, final int code) {
        final PendingQuery<?, ?> query = pending.get(correlation);
        if (query == null || !query.isFrom(sender)) {
            counters.increment(QueryCounter.UNKNOWN_ANSWERS);
            return;
        }
        pending.remove(correlation);
        query.fail(new QueryRefusedException(query.target.name() + " refuses: " + text(RefusalReason.of(code))));
    }

    /**
     * Fails whatever waits.
     *
     * @param why with what.
     */
    public void close(final RuntimeException why) {
        final List<PendingQuery<?, ?>> queries = new ArrayList<>(pending.values());
        pending.clear();
        queries.forEach(query -> query.fail(why));
    }

    int pending() {
        return pending.size();
    }

    // The type says what the entries of question and answer are.
    @SuppressWarnings("unchecked")
    private <T> void onAnswer(final QueryType type, final AnswerPart<T> part) {
        final PendingQuery<T, ?> query = (PendingQuery<T, ?>) pending.get(part.correlation());
        if (query == null || query.question.type() != type || !query.add(part)) {
            counters.increment(QueryCounter.UNKNOWN_ANSWERS);
        } else if (part.isLast()) {
            pending.remove(part.correlation());
            query.complete();
        }
    }

    private int send(final PendingQuery<?, ?> query, final long nowNs) {
        final Link link = query.target.link().apply(nowNs);
        if (link == null) {
            return 0;
        }
        final long timeoutMs = TimeUnit.NANOSECONDS.toMillis(query.deadlineNs - nowNs - 1) + 1;
        final int length = encoder.query(frame, 0, new Query(
            query.correlation,
            query.question.type().code(),
            query.question.root(),
            Math.min(timeoutMs, Query.MAX_TIMEOUT_MS),
            replyTo));
        if (link.send(frame, 0, length, null, 0, 0) < SendResult.ACCEPTED) {
            return 0;
        }
        if (!query.isSent) {
            counters.increment(QueryCounter.ASKED);
        }
        query.isSent = true;
        query.sentNs = nowNs;
        return 1;
    }

    /** A question, or its answer, is lost with the link on which it was under way: a stall of either end is enough. */
    private static boolean isToBeRepeated(final PendingQuery<?, ?> query, final long nowNs) {
        return !query.isBeingAnswered() && nowNs - query.sentNs >= REPEAT_PERIOD_NS;
    }

    private static String text(final RefusalReason reason) {
        if (reason == null) {
            return "for a reason unknown here";
        }
        return switch (reason) {
            case BUSY -> "too many queries wait there";
            case DISABLED -> "it answers members only (" + QueryOptions.REMOTE_PROPERTY + ")";
            case UNSUPPORTED -> "it does not know such queries";
        };
    }
}
