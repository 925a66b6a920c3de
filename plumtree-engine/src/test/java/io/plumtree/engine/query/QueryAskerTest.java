package io.plumtree.engine.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.engine.codec.AnswerPart;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.RefusalReason;
import io.plumtree.engine.codec.TreePeer;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.query.FakeTransport.FakeLink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class QueryAskerTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final NodeId B = NodeId.of("b");
    private static final NodeId C = NodeId.of("c");

    private final CountingCounters counters = new CountingCounters();
    private final QueryAsker asker =
        new QueryAsker(1, NodeId.of("a"), "h:1", new QueryOptions().maxPending(3), counters);
    private final FakeLink link = new FakeLink("h:2", true);
    private final QueryTarget b = new QueryTarget(B, "node 'b'", timeNs -> link.isConnected() ? link : null);
    private final QueryTarget anyone = new QueryTarget(null, "h:2", timeNs -> link);
    private long nowNs = Long.MAX_VALUE - 500 * MS;

    private CompletableFuture<PeerSets> ask(final QueryTarget target) {
        final CompletableFuture<PeerSets> answer = new CompletableFuture<>();
        asker.ask(target, Question.peers(C), nowNs, 1_000 * MS, answer);
        return answer;
    }

    private long correlation(final int index) {
        return ByteBuffer.wrap(link.frames.get(index)).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
    }

    private void answer(final NodeId from, final long correlation, final int part, final boolean isLast) {
        asker.onPeersAnswer(new AnswerPart<>(
            from, correlation, part, isLast, List.of(new TreePeer(NodeId.of("p" + part), part == 0, part > 0))));
    }

    private static Throwable failure(final CompletableFuture<?> answer) {
        final CompletableFuture<?> inTime = answer.orTimeout(60, TimeUnit.SECONDS);
        return assertThrows(CompletionException.class, inTime::join).getCause();
    }

    private static <R> R result(final CompletableFuture<R> answer) {
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void shouldPutTogetherAnAnswerInParts() {
        final CompletableFuture<PeerSets> answer = ask(b);
        for (int part = 0; part < 3; part++) {
            assertFalse(answer.isDone());
            answer(B, correlation(0), part, part == 2);
        }
        assertEquals(
            new PeerSets(Set.of(NodeId.of("p0")), Set.of(NodeId.of("p1"), NodeId.of("p2"))), result(answer));
        assertEquals(0, asker.pending());
        assertEquals(1, counters.count(QueryCounter.ASKED));
        assertEquals(0, counters.count(QueryCounter.UNKNOWN_ANSWERS));
    }

    @Test
    void shouldCompleteOnAnotherThread() {
        final CompletableFuture<Thread> thread = ask(b).thenApply(peers -> Thread.currentThread());
        answer(B, correlation(0), 0, true);
        assertNotEquals(Thread.currentThread(), result(thread));
    }

    @Test
    void shouldDropAnAnswerOfAnotherNode() {
        final CompletableFuture<PeerSets> answer = ask(b);
        answer(C, correlation(0), 0, true);
        asker.onQueryRefused(C.value(), correlation(0), 0);
        assertEquals(2, counters.count(QueryCounter.UNKNOWN_ANSWERS));
        answer(B, correlation(0), 0, true);
        assertEquals(Set.of(NodeId.of("p0")), result(answer).eager());
    }

    @Test
    void shouldTakeAllPartsFromOneNodeWhoeverThatIs() {
        final CompletableFuture<PeerSets> answer = ask(anyone);
        answer(B, correlation(0), 0, false);
        answer(C, correlation(0), 1, true);
        assertEquals(1, counters.count(QueryCounter.UNKNOWN_ANSWERS));
        answer(B, correlation(0), 1, true);
        assertEquals(Set.of(NodeId.of("p0")), result(answer).eager());
    }

    @Test
    void shouldDropAnswersToWhatWasNotAsked() {
        final CompletableFuture<PeerSets> answer = ask(b);
        answer(B, correlation(0) + 1, 0, true);
        asker.onQueryRefused(B.value(), correlation(0) + 1, 0);
        asker.onMembersAnswer(new AnswerPart<>(B, correlation(0), 0, true, List.of()));
        asker.onExchangesAnswer(new AnswerPart<>(B, correlation(0), 0, true, List.of()));
        assertEquals(4, counters.count(QueryCounter.UNKNOWN_ANSWERS));
        answer(B, correlation(0), 0, true);
        answer(B, correlation(0), 0, true);
        assertEquals(5, counters.count(QueryCounter.UNKNOWN_ANSWERS));
        result(answer);
    }

    @Test
    void shouldGiveNoAnswerOfWhichAPartIsMissing() {
        final CompletableFuture<PeerSets> answer = ask(b);
        answer(B, correlation(0), 0, false);
        answer(B, correlation(0), 0, false);
        answer(B, correlation(0), 2, true);
        assertEquals(2, counters.count(QueryCounter.UNKNOWN_ANSWERS));
        asker.doWork(nowNs + 1_000 * MS);
        assertInstanceOf(TimeoutException.class, failure(answer));
    }

    @Test
    void shouldWaitForTheWayAndSendOnce() {
        link.isConnected = false;
        final CompletableFuture<PeerSets> answer = ask(b);
        asker.doWork(nowNs += 10 * MS);
        assertTrue(link.frames.isEmpty());
        link.isConnected = true;
        link.room = 0;
        asker.doWork(nowNs += 10 * MS);
        link.room = 5;
        asker.doWork(nowNs += 10 * MS);
        asker.doWork(nowNs += 10 * MS);
        assertEquals(1, link.frames.size());
        // As long as is left.
        assertEquals(970, ByteBuffer.wrap(link.frames.get(0)).order(ByteOrder.LITTLE_ENDIAN).getInt(40));
        answer(B, correlation(0), 0, true);
        result(answer);
    }

    @Test
    void shouldAskAgainAsLongAsNothingOfTheAnswerHasCome() {
        final CompletableFuture<PeerSets> answer = new CompletableFuture<>();
        asker.ask(b, Question.peers(C), nowNs, 10_000 * MS, answer);
        asker.doWork(nowNs += QueryAsker.REPEAT_PERIOD_NS - 1);
        assertEquals(1, link.frames.size());
        asker.doWork(nowNs += 1);
        assertEquals(2, link.frames.size());
        asker.doWork(nowNs += 1);
        assertEquals(2, link.frames.size());
        assertEquals(correlation(0), correlation(1), "the same question");
        answer(B, correlation(0), 0, false);
        asker.doWork(nowNs += QueryAsker.REPEAT_PERIOD_NS);
        assertEquals(2, link.frames.size());
        answer(B, correlation(0), 1, true);
        result(answer);
        answer(B, correlation(1), 0, false);
        assertEquals(1, counters.count(QueryCounter.UNKNOWN_ANSWERS));
        assertEquals(1, counters.count(QueryCounter.ASKED));
    }

    @Test
    void shouldGiveUpInTimeAndNotBefore() {
        link.isConnected = false;
        final CompletableFuture<PeerSets> unsent = ask(b);
        asker.doWork(nowNs += 999 * MS);
        assertEquals(1, asker.pending());
        asker.doWork(nowNs += MS);
        assertEquals(0, asker.pending());
        final Throwable late = failure(unsent);
        assertInstanceOf(TimeoutException.class, late);
        assertTrue(late.getMessage().contains("node 'b'"), late.getMessage());
        assertEquals(1, counters.count(QueryCounter.TIMED_OUT));
        assertEquals(0, counters.count(QueryCounter.ASKED));
    }

    @Test
    void shouldSayWhyItWasRefused() {
        for (int code = 0; code < 4; code++) {
            final CompletableFuture<PeerSets> answer = ask(b);
            asker.onQueryRefused(B.value(), correlation(code), code);
            final Throwable refused = failure(answer);
            assertInstanceOf(QueryRefusedException.class, refused);
            final String part = code == RefusalReason.DISABLED.code() ? "plumtree.query.remote" : "node 'b'";
            assertTrue(refused.getMessage().contains(part), refused.getMessage());
        }
        assertEquals(0, asker.pending());
    }

    @Test
    void shouldTakeNoMoreThanItsBound() {
        final Set<Long> correlations = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            ask(b);
            correlations.add(correlation(i));
        }
        final Throwable rejected = failure(ask(b));
        assertInstanceOf(RejectedExecutionException.class, rejected);
        assertTrue(rejected.getMessage().contains("plumtree.query.max.pending (3)"), rejected.getMessage());
        assertEquals(1, counters.count(QueryCounter.NOT_ASKED));
        assertEquals(3, correlations.size());
    }

    @Test
    void shouldFailWhatWaitsWhenItCloses() {
        final CompletableFuture<PeerSets> answer = ask(b);
        asker.close(new IllegalStateException("closed"));
        assertInstanceOf(IllegalStateException.class, failure(answer));
    }

    @Test
    void shouldTellTheMembersAndWhoOfThemIsConnected() {
        final CompletableFuture<MembersView> answer = new CompletableFuture<>();
        asker.ask(anyone, Question.members(), nowNs, 1_000 * MS, answer);
        final Member c = Member.parse("c@h:3");
        final Member self = Member.parse("b@h:2");
        final Member far = Member.parse("d@far:1");
        asker.onMembersAnswer(new AnswerPart<>(B, correlation(0), 0, true, List.of(
            new MemberState(c, true, false), new MemberState(self, false, false), new MemberState(far, false, true))));
        assertEquals(new MembersView(B, List.of(self, c, far), Set.of(C), Set.of(far.id())), result(answer));
    }
}
