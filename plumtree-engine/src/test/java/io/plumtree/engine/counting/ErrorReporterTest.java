package io.plumtree.engine.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ErrorReporterTest {
    private long nowNs = Long.MAX_VALUE - 100;
    private final EngineCounters counters = new EngineCounters();
    private final List<Throwable> errors = new ArrayList<>();
    private final ErrorReporter reporter = new ErrorReporter(NodeId.of("a"), errors::add, counters, () -> nowNs);

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
        assertEquals(ErrorSource.BURST + 1, errors.size());
        assertEquals(100 - ErrorSource.BURST, counters.get(EngineCounter.ERRORS_SUPPRESSED).get());
        assertTrue(errors.get(errors.size() - 1).getMessage().startsWith("handler 'y'"));
    }

    @Test
    void shouldReportAgainAfterASecondAndSayHowManyItHasKeptBack() {
        final ErrorSource source = reporter.source("handler 'x'");
        for (int i = 0; i < 100; i++) {
            source.onError(new IllegalStateException());
        }
        nowNs += TimeUnit.SECONDS.toNanos(1) - 1;
        source.onError(new IllegalStateException());
        assertEquals(ErrorSource.BURST, errors.size());
        nowNs++;
        source.onError(new IllegalStateException());
        assertEquals(ErrorSource.BURST + 1, errors.size());
        final String message = errors.get(ErrorSource.BURST).getMessage();
        assertTrue(message.endsWith(" (96 more before)"), message);
    }

    @Test
    void shouldSurviveAnErrorHandlerThatThrows() {
        final ErrorReporter broken = new ErrorReporter(NodeId.of("a"), error -> {
            throw new IllegalStateException("broken too");
        }, counters, () -> nowNs);
        broken.source(null).onError(new IllegalStateException());
        assertEquals(1, counters.get(EngineCounter.ERRORS).get());
    }

    /** A log that anybody could fill with traces would be of no use to anyone. */
    @Test
    void shouldLogInOneLineWhatOthersHaveSent() {
        final List<LogRecord> records = new ArrayList<>();
        final Handler handler = new Handler() {
            @Override
            public void publish(final LogRecord logged) {
                records.add(logged);
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        final Logger logger = Logger.getLogger("io.plumtree.engine");
        logger.addHandler(handler);
        try {
            final ErrorSource source =
                new ErrorReporter(NodeId.of("a"), null, counters, () -> nowNs).source("handler 'x'");
            source.report("merge", new MalformedMessageException("sequence 0"));
            source.report("merge", new IllegalStateException("a fault of the handler's own"));
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(2, records.size());
        assertNull(records.get(0).getThrown());
        assertTrue(records.get(0).getMessage().contains("sequence 0"));
        assertNotNull(records.get(1).getThrown());
    }

    @Test
    void shouldNotCatchWhatEndsTheJvm() {
        assertThrows(OutOfMemoryError.class, () -> Failures.rethrowIfFatal(new OutOfMemoryError()));
        Failures.rethrowIfFatal(new StackOverflowError());
        Failures.rethrowIfFatal(new NoClassDefFoundError());
    }
}
