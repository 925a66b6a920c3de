package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.exceptions.AeronEvent;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorFunnelTest {
    private static final InternalError FAULT =
        new InternalError("a fault occurred in an unsafe memory access operation");
    private final List<Throwable> told = new ArrayList<>();
    private final TransportCounters counters = new TransportCounters();

    @Test
    void shouldKeepAMemoryFaultForWhoRecoversFromIt() {
        final ErrorFunnel errors = new ErrorFunnel(told::add, counters);
        errors.onError(FAULT);
        assertTrue(errors.takeMemoryFault());
        assertFalse(errors.takeMemoryFault());
        assertEquals(List.of(), told);
    }

    /** Also where it is noticed while the transport starts, and by a thread that makes logs. */
    @Test
    void shouldKeepWantOfRoomForWhoMovesElsewhere() throws InterruptedException {
        final ErrorFunnel errors = new ErrorFunnel(told::add, counters);
        final Throwable first = new IOException("No space left on device");
        errors.hold();
        errors.onError(first);
        errors.release();
        final Thread other = new Thread(() -> errors.onError(new IOException("No space left on device")));
        other.start();
        other.join();
        assertEquals(List.of(), told);
        assertSame(first, errors.takeStorageFailure());
        assertNull(errors.takeStorageFailure());
    }

    @Test
    void shouldTellWhatADriverLacksOnceAndInOneLine() {
        final ErrorFunnel errors = ErrorFunnel.ofDriver(told::add, counters);
        errors.onError(FAULT);
        errors.onError(new IOException("No space left on device"));
        assertEquals(1, told.size());
        final PlumtreeException error = (PlumtreeException) told.get(0);
        assertEquals(Category.ENVIRONMENT, error.category());
        assertTrue(error.getMessage().startsWith("media driver: no space is left"), error.getMessage());
        assertEquals(null, error.getCause());
        assertEquals(2, counters.get(TransportCounter.ERRORS));
    }

    @Test
    void shouldTellAnotherInternalErrorAsItIs() {
        final ErrorFunnel errors = new ErrorFunnel(told::add, counters);
        final InternalError other = new InternalError("another");
        errors.onError(other);
        assertEquals(List.of(other), told);
        assertFalse(errors.takeMemoryFault());
    }

    /** Whoever causes them: what differs in numbers alone is of one kind. */
    @Test
    void shouldTellAFewOfAKindAndHowManyWereLeftOut() {
        final ErrorFunnel errors = new ErrorFunnel(told::add, counters);
        for (int i = 0; i < 3_000; i++) {
            errors.onError(new IllegalArgumentException("mtuLength=" + i + " of /127.0.0.1:" + 2 * i));
        }
        assertEquals(3_000, counters.get(TransportCounter.ERRORS));
        assertTrue(told.size() >= 8 && told.size() < 100, told.size() + " told");
        TestNode.await("told with a count", () -> {
            errors.onError(new IllegalArgumentException("mtuLength=" + System.nanoTime()));
            final String last = told.get(told.size() - 1).getMessage();
            return last.contains("(left out since the last such line: ");
        });
    }

    @Test
    void shouldWriteOneWarningOfAKind() {
        final List<String> lines = new ArrayList<>();
        final ErrorFunnel errors = new ErrorFunnel(told::add, counters, lines::add);
        for (int i = 0; i < 3_000; i++) {
            errors.onError(new AeronEvent("exceeded session limit, sourceAddress=/127.0.0.1:" + i));
        }
        assertTrue(lines.size() < 100, lines.size() + " lines");
        assertEquals("exceeded session limit, sourceAddress=/127.0.0.1:0", lines.get(0));
        assertEquals(List.of(), told);
    }
}
