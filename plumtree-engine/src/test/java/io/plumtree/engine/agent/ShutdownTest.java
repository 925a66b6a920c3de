package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done to close a node, and when, on the test's time: each look at the clock takes a millisecond. */
class ShutdownTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TIMEOUT_NS = 20 * MS;
    /** A clock that wraps must do no harm. */
    private static final long START_NS = Long.MAX_VALUE - 3 * MS;

    private final List<String> effects = new ArrayList<>();
    private final EngineCounters counters = new EngineCounters();
    private long nowNs = START_NS;
    private final ErrorReporter reporter = new ErrorReporter(
        NodeId.of("a"), error -> effects.add("reported " + error.getMessage()), counters, () -> nowNs);
    private Consumer<Throwable> listener = cause -> effects.add("told " + cause);
    private final NodeEnd end = new NodeEnd(reporter, cause -> listener.accept(cause));
    private Shutdown shutdown;

    private Shutdown shutdown(final ClosePhase... phases) {
        shutdown = new Shutdown(end, phases, reporter.source(null), this::look, TIMEOUT_NS);
        return shutdown;
    }

    private long look() {
        nowNs += MS;
        return nowNs;
    }

    private ClosePhase does(final String what) {
        return ClosePhase.of(() -> effects.add(what));
    }

    /** A phase that has a time of its own and, while that goes on, does what it is given. */
    private ClosePhase waits(final String name, final long limitNs, final int minSteps, final IntSupplier step) {
        return new ClosePhase() {
            @Override
            public long begin(final long timeNs, final long leftNs, final boolean isOrderly) {
                effects.add(name + " begins with " + leftNs / MS + " ms" + (isOrderly ? "" : " out of order"));
                return Math.min(limitNs, leftNs);
            }

            @Override
            public int minSteps() {
                return minSteps;
            }

            @Override
            public int step(final long timeNs) {
                final int workCount = step.getAsInt();
                effects.add(name + (workCount == OVER ? " is over" : " " + workCount));
                return workCount;
            }
        };
    }

    @Test
    void shouldDoOneThingAfterTheOtherAndTellAtTheEnd() {
        final int[] left = {2};
        shutdown(
            does("first"),
            waits("second", TIMEOUT_NS, 0, () -> left[0]-- > 0 ? 7 : ClosePhase.OVER),
            does("third")).run(null);
        assertEquals(
            List.of("first", "second begins with 18 ms", "second 7", "second 7", "second is over", "third",
                "told null"),
            effects);
        assertTrue(shutdown.isOver());
    }

    @Test
    void shouldGoOneStepFurtherAtEachCallWithoutWaiting() {
        final int[] left = {2};
        shutdown(
            does("first"),
            waits("second", TIMEOUT_NS, 0, () -> left[0]-- > 0 ? left[0] : ClosePhase.OVER),
            does("third"));
        assertEquals(1, shutdown.step(nowNs));
        assertEquals(List.of("first", "second begins with 20 ms", "second 1"), effects);
        effects.clear();
        assertEquals(0, shutdown.step(nowNs));
        assertEquals(List.of("second 0"), effects);
        assertFalse(shutdown.isOver());
        effects.clear();
        assertEquals(0, shutdown.step(nowNs));
        assertEquals(List.of("second is over", "third", "told null"), effects);
        assertTrue(shutdown.isOver());
        assertEquals(0, shutdown.step(nowNs));
        assertEquals(START_NS, nowNs, "its callers know the time");
        shutdown.run(new IllegalStateException("too late"));
        assertEquals(3, effects.size(), "all is done once");
    }

    @Test
    void shouldDoWhatIsLeftAtOnceWhereTheStepsEnd() {
        final int[] left = {3};
        shutdown(waits("first", TIMEOUT_NS, 0, () -> left[0]-- > 0 ? 0 : ClosePhase.OVER), does("second"));
        shutdown.step(nowNs);
        shutdown.run(new IllegalStateException("its thread ends"));
        assertEquals(
            List.of("first begins with 20 ms", "first 0", "first 0", "first 0", "first is over", "second",
                "told null"),
            effects);
    }

    @Test
    @Timeout(60)
    void shouldGoOnWhenTheTimeOfAPhaseIsUp() {
        shutdown(
            waits("first", 3 * MS, 0, () -> 0),
            waits("second", Long.MAX_VALUE, 0, () -> 1),
            waits("third", Long.MAX_VALUE, 0, () -> 1),
            waits("fourth", Long.MAX_VALUE, 2, () -> 1),
            does("fifth")).run(null);
        final List<String> expected = new ArrayList<>(
            List.of("first begins with 19 ms", "first 0", "first 0", "first 0", "second begins with 15 ms"));
        for (int ms = 0; ms < 15; ms++) {
            expected.add("second 1");
        }
        expected.addAll(List.of(
            "third begins with -1 ms", "fourth begins with -2 ms", "fourth 1", "fourth 1", "fifth", "told null"));
        assertEquals(expected, effects);
    }

    @Test
    void shouldReportWhatFailsAndGoOnWithTheNextPhase() {
        shutdown(
            waits("first", TIMEOUT_NS, 0, () -> {
                throw new IllegalStateException("on purpose");
            }),
            new ClosePhase() {
                @Override
                public long begin(final long timeNs, final long leftNs, final boolean isOrderly) {
                    throw new AssertionError("at the beginning");
                }

                @Override
                public int step(final long timeNs) {
                    effects.add("begun nevertheless");
                    return OVER;
                }
            },
            does("third")).run(null);
        assertEquals(
            List.of("first begins with 19 ms", "reported on purpose", "reported at the beginning", "third",
                "told null"),
            effects);
    }

    @Test
    void shouldBlameAFatalErrorUnlessSomethingElseIsToBlame() {
        final OutOfMemoryError error = new OutOfMemoryError("on purpose");
        shutdown(
            ClosePhase.of(() -> {
                throw error;
            }),
            ClosePhase.of(() -> {
                throw new InternalError("later");
            }),
            waits("third", TIMEOUT_NS, 0, () -> ClosePhase.OVER)).run(null);
        assertSame(error, end.cause());
        assertEquals(
            List.of(
                "reported node 'a' has ended: " + error, "third begins with 17 ms", "third is over",
                "told " + error),
            effects);
    }

    @Test
    void shouldSayWhetherTheDutyCycleIsWhole() {
        final OutOfMemoryError error = new OutOfMemoryError("on purpose");
        shutdown(waits("first", TIMEOUT_NS, 0, () -> ClosePhase.OVER)).run(error);
        assertEquals(
            List.of("reported node 'a' has ended: " + error, "first begins with 19 ms out of order",
                "first is over", "told " + error),
            effects);
        effects.clear();
        final NodeEnd other = new NodeEnd(reporter, cause -> { });
        new Shutdown(
            other, new ClosePhase[] {waits("first", TIMEOUT_NS, 0, () -> ClosePhase.OVER)}, reporter.source(null),
            this::look, TIMEOUT_NS).run(new InterruptedException("enough"));
        assertEquals(
            List.of("reported node 'a' has ended: enough", "first begins with 19 ms", "first is over"), effects);
    }

    @Test
    void shouldKeepAnInterruptAsideUntilTheCallIsOver() {
        shutdown(
            ClosePhase.of(() -> effects.add("interrupted " + Thread.currentThread().isInterrupted())),
            waits("second", TIMEOUT_NS, 1, () -> Thread.currentThread().isInterrupted() ? 1 : 0),
            waits("third", 0, 1, () -> Thread.currentThread().isInterrupted() ? 1 : 0));
        listener = cause -> effects.add("told " + Thread.currentThread().isInterrupted());
        Thread.currentThread().interrupt();
        shutdown.step(nowNs);
        assertTrue(Thread.interrupted());
        nowNs += TIMEOUT_NS;
        Thread.currentThread().interrupt();
        shutdown.run(null);
        assertTrue(Thread.interrupted());
        assertEquals(
            List.of("interrupted false", "second begins with 20 ms", "second 0", "third begins with -3 ms", "third 0",
                "told true"),
            effects);
    }

    @Test
    void shouldLeaveItToWhoIsAtItAlready() {
        shutdown(
            ClosePhase.of(() -> {
                effects.add("run by this " + shutdown.isRunBy(Thread.currentThread()));
                shutdown.run(new IllegalStateException("again"));
                effects.add("step " + shutdown.step(nowNs));
            }),
            does("second"));
        assertFalse(shutdown.isRunBy(Thread.currentThread()));
        listener = cause -> {
            shutdown.run(null);
            effects.add("told " + cause);
        };
        shutdown.run(null);
        assertEquals(List.of("run by this true", "step 0", "second", "told null"), effects);
        assertFalse(shutdown.isRunBy(Thread.currentThread()));
    }

    @Test
    void shouldSurviveAListenerThatThrows() {
        shutdown(does("first"));
        listener = cause -> {
            throw new IllegalStateException("on purpose");
        };
        shutdown.run(null);
        assertTrue(shutdown.isOver());
        assertFalse(shutdown.isRunBy(Thread.currentThread()));
        assertEquals(2, effects.size());
        assertTrue(effects.get(1).startsWith("reported termination listener failed"), effects::toString);
    }

    @Test
    void shouldDrainForAsLongAsThereIsTimeAndNotWhereTheCycleIsBroken() {
        final long[] bytes = {3};
        final ClosePhase drain = new ClosePhases.Drain(() -> bytes[0], timeNs -> {
            effects.add("cycle");
            return (int) --bytes[0];
        });
        assertEquals(TIMEOUT_NS, drain.begin(nowNs, TIMEOUT_NS, true));
        assertEquals(0, drain.begin(nowNs, TIMEOUT_NS, false));
        shutdown(drain).run(null);
        assertEquals(List.of("cycle", "cycle", "cycle", "told null"), effects);
        effects.clear();
        bytes[0] = 3;
        new Shutdown(
            new NodeEnd(reporter, cause -> { }), new ClosePhase[] {drain}, reporter.source(null), this::look,
            TIMEOUT_NS)
            .run(new AssertionError("on purpose"));
        assertEquals(1, effects.size(), effects::toString);
    }

    @Test
    void shouldTryToSayGoodbyeHoweverLittleTimeIsLeft() {
        final int[] tries = new int[1];
        final ClosePhase goodbye = new ClosePhases.Goodbye(() -> ++tries[0] == 1_000, timeNs -> 0, 5 * MS);
        assertEquals(5 * MS, goodbye.begin(nowNs, TIMEOUT_NS, false), "no more than to one that may be dead");
        assertEquals(-1, goodbye.begin(nowNs, -1, true));
        shutdown(ClosePhase.of(() -> nowNs += TIMEOUT_NS), goodbye, does("third")).run(null);
        assertEquals(ClosePhases.MIN_GOODBYE_TRIES, tries[0]);
        assertEquals(List.of("third", "told null"), effects);
    }

    @Test
    void shouldWaitForTasksForAsLongAsThereIsTime() {
        final int[] looks = new int[1];
        shutdown(new ClosePhases.AwaitTasks(() -> ++looks[0] > 0), does("second")).run(null);
        assertEquals(19, looks[0]);
        assertEquals(List.of("second", "told null"), effects);
        assertEquals(ClosePhase.OVER, new ClosePhases.AwaitTasks(() -> false).step(nowNs));
    }

    @Test
    void shouldCloseEverythingInTheStepInWhichAPhaseCallsForThat() {
        final Shutdown[] called = new Shutdown[1];
        called[0] = shutdown(
            ClosePhase.of(() -> {
                effects.add("calls");
                called[0].run(null);
                effects.add("returns");
            }),
            new ClosePhases.AwaitTasks(() -> effects.size() < 5 && effects.add("waits")),
            ClosePhase.of(() -> effects.add("last")));
        called[0].step(nowNs);
        assertEquals(List.of("calls", "returns", "waits", "waits", "waits", "last", "told null"), effects);
        assertTrue(called[0].isOver());
    }
}
