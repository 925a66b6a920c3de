package io.plumtree.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorReporterTest {
    private final EngineCounters counters = new EngineCounters();
    private final List<Throwable> errors = new ArrayList<>();
    private final ErrorReporter reporter = new ErrorReporter(NodeId.of("a"), errors::add, counters);

    @Test
    void shouldNameTheSourceAndWhatItWasDoing() {
        final RuntimeException cause = new IllegalStateException("broken");
        reporter.source("handler 'x'").report("merge", cause);
        assertEquals("handler 'x' failed in merge: " + cause, errors.get(0).getMessage());
        assertSame(cause, errors.get(0).getCause());
    }

    @Test
    void shouldCountAllButReportFewOfTheErrorsThatComeFast() {
        final ErrorSource source = reporter.source("handler 'x'");
        final ErrorSource other = reporter.source("handler 'y'");
        for (int i = 0; i < 100; i++) {
            source.onError(new IllegalStateException());
        }
        other.onError(new IllegalStateException());
        assertEquals(101, counters.get(EngineCounter.ERRORS).get());
        // A second may begin while this runs; two may not.
        assertTrue(errors.size() <= 2 * ErrorSource.BURST + 1, () -> "reported: " + errors.size());
        assertEquals(101 - errors.size(), counters.get(EngineCounter.ERRORS_SUPPRESSED).get());
        assertTrue(errors.get(errors.size() - 1).getMessage().startsWith("handler 'y'"));
    }

    @Test
    void shouldSurviveAnErrorHandlerThatThrows() {
        final ErrorReporter broken = new ErrorReporter(NodeId.of("a"), error -> {
            throw new IllegalStateException("broken too");
        }, counters);
        broken.source(null).onError(new IllegalStateException());
        assertEquals(1, counters.get(EngineCounter.ERRORS).get());
    }

    @Test
    void shouldNotCatchWhatEndsTheJvm() {
        assertThrows(OutOfMemoryError.class, () -> Failures.rethrowIfFatal(new OutOfMemoryError()));
        Failures.rethrowIfFatal(new StackOverflowError());
        Failures.rethrowIfFatal(new NoClassDefFoundError());
    }
}
