package io.plumtree.handlers.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.ExchangeChannel;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.ExchangeTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ExchangePairTest {
    private static final int COUNT = 20;

    private final List<String> log = new ArrayList<>();

    /** A handler that does in exchanges what it is told. */
    private static final class Scripted extends SetHandler {
        private final BiFunction<ExchangeSession, Scripted, ExchangeResult> script;
        private SetExchange running;

        Scripted(final BiFunction<ExchangeSession, Scripted, ExchangeResult> script) {
            this.script = script;
        }

        @Override
        public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
            return script.apply(session, this);
        }
    }

    private static ExchangeResult swapAll(final ExchangeSession session, final Scripted handler) {
        handler.running = new SetExchange(handler, session);
        session.start(handler.running);
        return ExchangeResult.RUNNING;
    }

    private static ExchangeResult run(final ExchangeSession session, final ExchangeTask task) {
        session.start(task);
        return ExchangeResult.RUNNING;
    }

    private static TestNode node(final String name, final SetHandler handler) {
        return new TestNode(NodeId.of(name), 1, handler, Map.of());
    }

    private final Scripted setA = new Scripted(ExchangePairTest::swapAll);
    private final Scripted setB = new Scripted(ExchangePairTest::swapAll);
    private final TestNode a = node("a", setA);
    private final TestNode b = node("b", setB);

    private void fill() {
        for (int i = 0; i < COUNT; i++) {
            a.broadcast(new byte[] {1, (byte) i});
            b.broadcast(new byte[] {2, (byte) i});
        }
    }

    @Test
    void shouldCarryAllMessagesOfBothSidesToTheOther() {
        fill();
        final ExchangeOutcome outcome = new ExchangePair(a, b).run();
        assertTrue(outcome.isCompleted(), outcome.toString());
        assertEquals(2 * COUNT + 2, outcome.messageCount());
        assertEquals(setA.payloadById.keySet(), Map.copyOf(setB.payloadById).keySet());
        assertEquals(List.of(ExchangeEnd.COMPLETED), setA.running.ends);
        assertEquals(List.of(ExchangeEnd.COMPLETED), setB.running.ends);
        assertTrue(a.errors().isEmpty());
    }

    @Test
    void shouldRefuseToSendMoreThanAWindow() {
        fill();
        assertTrue(new ExchangePair(a, b).windowLength(40).run().isCompleted());
        assertTrue(setA.running.refusedCount > 5, "refused " + setA.running.refusedCount + " times");
        assertEquals(2 * COUNT, setB.payloadById.size());
    }

    @Test
    void shouldCarryAMessageThatIsLongerThanTheWindow() {
        a.broadcast(new byte[1000]);
        assertTrue(new ExchangePair(a, b).windowLength(0).run().isCompleted());
        assertEquals(1, setB.payloadById.size());
    }

    @Test
    void shouldLoseTheLinkWhereItIsTold() {
        fill();
        final ExchangeOutcome outcome = new ExchangePair(a, b).loseLinkAfter(7).run();
        assertEquals(
            new ExchangeOutcome(ExchangeResult.RUNNING, ExchangeEnd.LINK_LOST, ExchangeEnd.LINK_LOST, 7), outcome);
        assertEquals(List.of(ExchangeEnd.LINK_LOST), setA.running.ends);
        assertEquals(List.of(ExchangeEnd.LINK_LOST), setB.running.ends);
        assertEquals(2 * COUNT + 7, setA.payloadById.size() + setB.payloadById.size());
    }

    @Test
    void shouldEndAnExchangeThatTakesTooLong() {
        final TestNode silent = node("silent", new Scripted((session, handler) -> {
            session.start((ExchangeListener) (buffer, offset, length) -> log.add("message"));
            return ExchangeResult.RUNNING;
        }));
        final ExchangeOutcome outcome = new ExchangePair(a, silent).timeoutNs(50_000_000).run();
        assertEquals(ExchangeEnd.TIMED_OUT, outcome.initiatorEnd());
        assertEquals(ExchangeEnd.TIMED_OUT, outcome.acceptorEnd());
        assertEquals(List.of("message"), log);
    }

    @Test
    void shouldCancelAtBothSides() {
        fill();
        final ExchangePair pair = new ExchangePair(a, b);
        assertTrue(pair.start());
        pair.step();
        pair.cancel();
        assertFalse(pair.isOver(), "both sides are told in the next step");
        pair.step();
        assertTrue(pair.isOver());
        assertEquals(List.of(ExchangeEnd.CANCELLED), setA.running.ends);
        assertEquals(List.of(ExchangeEnd.CANCELLED), setB.running.ends);
        assertTrue(new ExchangePair(a, b).run().isCompleted());
    }

    @Test
    void shouldFailBothSidesWhenAListenerThrows() {
        fill();
        final TestNode broken = node("broken", new Scripted((session, handler) -> {
            session.start((ExchangeListener) (buffer, offset, length) -> {
                throw new IllegalStateException("broken");
            });
            return ExchangeResult.RUNNING;
        }));
        final ExchangeOutcome outcome = new ExchangePair(a, broken).run();
        assertEquals(ExchangeEnd.FAILED, outcome.initiatorEnd());
        assertEquals(ExchangeEnd.FAILED, outcome.acceptorEnd());
        assertEquals("broken", broken.errors().get(0).getMessage());
        assertEquals(List.of(ExchangeEnd.FAILED), setA.running.ends);
        assertTrue(a.errors().isEmpty(), "the error is the other side's");
    }

    @Test
    void shouldTellTheInitiatorWhatTheOtherSideAnswers() {
        for (final Map.Entry<ExchangeResult, ExchangeEnd> entry : Map.of(
            ExchangeResult.IGNORED, ExchangeEnd.REFUSED,
            ExchangeResult.DONE, ExchangeEnd.COMPLETED,
            ExchangeResult.FAILED, ExchangeEnd.FAILED).entrySet()) {
            final TestNode other = node("other", new Scripted((session, handler) -> entry.getKey()));
            assertEquals(entry.getValue(), new ExchangePair(a, other).run().initiatorEnd());
            assertEquals(List.of(entry.getValue()), setA.running.ends);
        }
    }

    @Test
    void shouldRunNothingWhenTheInitiatorDoesNotWantTo() {
        final TestNode unwilling = node("unwilling", new Scripted((session, handler) -> ExchangeResult.IGNORED));
        assertEquals(
            new ExchangeOutcome(ExchangeResult.IGNORED, null, null, 0), new ExchangePair(unwilling, a).run());
    }

    @Test
    void shouldNameABrokenAnswer() {
        final TestNode running = node("running", new Scripted((session, handler) -> ExchangeResult.RUNNING));
        assertEquals(
            "exchange answered RUNNING without having started the session",
            assertThrows(AssertionError.class, () -> new ExchangePair(running, a).run()).getMessage());
        final TestNode started = node("started", new Scripted((session, handler) -> {
            swapAll(session, handler);
            return ExchangeResult.IGNORED;
        }));
        assertEquals(
            "acceptExchange answered IGNORED, but has started the session",
            assertThrows(AssertionError.class, () -> new ExchangePair(a, started).run()).getMessage());
    }

    @Test
    void shouldRefuseToStartASessionTwiceOrTooLate() {
        final List<ExchangeSession> sessions = new ArrayList<>();
        final TestNode late = node("late", new Scripted((session, handler) -> {
            sessions.add(session);
            swapAll(session, handler);
            assertThrows(IllegalStateException.class, () -> swapAll(session, handler));
            return ExchangeResult.RUNNING;
        }));
        assertTrue(new ExchangePair(late, a).run().isCompleted());
        final TestNode unwilling = node("unwilling", new Scripted((session, handler) -> {
            sessions.add(session);
            return ExchangeResult.IGNORED;
        }));
        new ExchangePair(unwilling, a).run();
        assertThrows(IllegalStateException.class, () -> swapAll(sessions.get(1), setA));
    }

    @Test
    void shouldRefuseAMessageThatIsTooLong() {
        final TestNode verbose = node("verbose", new Scripted((session, handler) -> {
            final int length = session.maxMessageLength() + 1;
            assertThrows(
                IllegalArgumentException.class, () -> session.send(new UnsafeBuffer(new byte[length]), 0, length));
            return ExchangeResult.DONE;
        }));
        assertEquals(ExchangeResult.DONE, new ExchangePair(verbose, a).maxMessageLength(10).run().answer());
    }

    @Test
    void shouldRunTasksOnBothSides() {
        final TestNode asker = node("asker", new Scripted((session, handler) -> run(session, channel -> {
            for (int i = 0; i < COUNT; i++) {
                assertTrue(channel.send(number(i), 0, 4));
                assertEquals(i + 1, channel.receive().getInt(0));
            }
            log.add("asked");
        })));
        final TestNode answerer = node("answerer", new Scripted((session, handler) -> run(session, channel -> {
            DirectBuffer message;
            while ((message = channel.receive()) != null) {
                assertTrue(channel.send(number(message.getInt(0) + 1), 0, 4));
            }
        })));
        final ExchangeOutcome outcome = new ExchangePair(asker, answerer).windowLength(4).run();
        assertTrue(outcome.isCompleted(), outcome + " " + asker.errors() + answerer.errors());
        assertEquals(2 * COUNT, outcome.messageCount());
        assertEquals(List.of("asked"), log);
    }

    @Test
    void shouldInterruptATaskWhenTheLinkIsLost() {
        final List<Class<?>> thrown = new ArrayList<>();
        final TestNode waiting = node("waiting", new Scripted((session, handler) -> run(session, channel -> {
            try {
                while (channel.receive() != null) {
                    log.add("message");
                }
            } catch (final InterruptedException ex) {
                thrown.add(ex.getClass());
                throw ex;
            }
        })));
        fill();
        final ExchangeOutcome outcome = new ExchangePair(a, waiting).loseLinkAfter(3).run();
        assertEquals(ExchangeEnd.LINK_LOST, outcome.acceptorEnd());
        assertEquals(List.of("message", "message", "message"), log);
        assertEquals(List.of(InterruptedException.class), thrown);
        assertTrue(waiting.errors().isEmpty(), "what a task throws after the end is no error");
    }

    @Test
    void shouldFailTheExchangeWhenATaskThrows() {
        final TestNode broken = node("broken", new Scripted((session, handler) -> run(session, channel -> {
            throw new IllegalStateException("broken task");
        })));
        assertEquals(ExchangeEnd.FAILED, new ExchangePair(a, broken).run().initiatorEnd());
        assertEquals("broken task", broken.errors().get(0).getMessage());
    }

    @Test
    void shouldLetATaskSeeThatTheOtherSideHasCompleted() {
        final TestNode sender = node("sender", new Scripted((session, handler) -> run(session, this::sendForever)));
        final TestNode done = node("done", new Scripted((session, handler) -> {
            session.start((ExchangeListener) (buffer, offset, length) -> session.complete());
            return ExchangeResult.RUNNING;
        }));
        assertTrue(new ExchangePair(sender, done).run().isCompleted());
    }

    private void sendForever(final ExchangeChannel channel) throws InterruptedException {
        while (channel.send(number(1), 0, 4)) {
            Thread.yield();
        }
    }

    private static UnsafeBuffer number(final int value) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4]);
        buffer.putInt(0, value);
        return buffer;
    }
}
