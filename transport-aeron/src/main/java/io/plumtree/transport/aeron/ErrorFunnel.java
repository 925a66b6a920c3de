package io.plumtree.transport.aeron;

import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.ControlProtocolException;
import io.aeron.exceptions.StorageSpaceException;
import io.plumtree.api.LogLimit;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;

/**
 * The one error handler of driver and client. Aeron's own would end the process.
 *
 * <p>While the transport runs a cycle it holds errors back: if the cycle killed driver or client, they are the cause of
 * one rebuild and are told as that; if not, they are told one by one. Errors of other threads are told at once. Want of
 * room, on whatever thread and whenever it is noticed, is kept for the transport, which moves elsewhere if it can. An
 * error that keeps repeating is counted each time and told now and then; of a kind, which differ in numbers alone, no
 * more than a few a second are told, and how many were left out.
 */
final class ErrorFunnel implements ErrorHandler {
    private static final Logger LOGGER = System.getLogger(ErrorFunnel.class.getName());
    private static final long REPEAT_INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_HELD = 16;
    /** More than the kinds' limit lets through in an interval. */
    private static final int MAX_TEXTS = 2_048;
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);
    /** Of a kind in a period: as many links may fail at once, each with a line of its own. */
    private static final int MAX_ERRORS = 8;
    private static final int MAX_KINDS = 16;

    private final ErrorHandler delegate;
    private final TransportCounters counters;
    /** Takes warnings, one line each. */
    private final Consumer<String> log;
    /** Whether there is somebody to take memory faults, and want of room. */
    private final boolean isForRecovery;
    private final List<Throwable> held = new ArrayList<>(MAX_HELD);
    /** Plain: a thread can only find itself here if it has written itself here. */
    private Thread holder;
    private final AtomicReference<Throwable> storageFailure = new AtomicReference<>();
    private volatile boolean memoryFault;
    private final LogLimit repeats = new LogLimit(REPEAT_INTERVAL_NS, 1, MAX_TEXTS);
    private final LogLimit kinds = new LogLimit(PERIOD_NS, MAX_ERRORS, MAX_KINDS);
    private final AtomicLong repeated = new AtomicLong();
    private final LogLimit warnings = new LogLimit(PERIOD_NS, 1, MAX_KINDS);

    ErrorFunnel(final ErrorHandler delegate, final TransportCounters counters) {
        this(delegate, counters, true, ErrorFunnel::write);
    }

    /** With a log of a test's. */
    ErrorFunnel(final ErrorHandler delegate, final TransportCounters counters, final Consumer<String> log) {
        this(delegate, counters, true, log);
    }

    private ErrorFunnel(
        final ErrorHandler delegate,
        final TransportCounters counters,
        final boolean isForRecovery,
        final Consumer<String> log) {
        this.log = log;
        this.delegate = delegate;
        this.counters = counters;
        this.isForRecovery = isForRecovery;
    }

    /** Of a driver alone, which nobody moves elsewhere: what it lacks is told. */
    static ErrorFunnel ofDriver(final ErrorHandler delegate, final TransportCounters counters) {
        return new ErrorFunnel(delegate, counters, false, ErrorFunnel::write);
    }

    private static void write(final String line) {
        LOGGER.log(Level.WARNING, line);
    }

    @Override
    public void onError(final Throwable throwable) {
        if (isForRecovery && StorageFaults.isMemoryFault(throwable)) {
            memoryFault = true;
            LOGGER.log(Level.DEBUG, "no room for what is mapped", throwable);
            return;
        }
        if (isForRecovery && StorageSpaceException.isStorageSpaceError(throwable)) {
            storageFailure.compareAndSet(null, throwable);
            return;
        }
        if (throwable instanceof ControlProtocolException) {
            // The driver's view of a command that failed; the client is told as well, and knows what it was for.
            LOGGER.log(Level.DEBUG, "driver refused a command", throwable);
            return;
        }
        if (holder == Thread.currentThread()) {
            if (held.size() < MAX_HELD) {
                held.add(throwable);
            }
        } else {
            tell(throwable);
        }
    }

    /** From here on, errors of this thread wait for {@link #release} or {@link #take}. */
    void hold() {
        holder = Thread.currentThread();
    }

    void release() {
        holder = null;
        if (!held.isEmpty()) {
            held.forEach(this::tell);
            held.clear();
        }
    }

    /** What was held, as one: the first, with the others suppressed; null if nothing was. Goes on holding. */
    Throwable take() {
        if (held.isEmpty()) {
            return null;
        }
        final Throwable first = held.get(0);
        for (int i = 1; i < held.size(); i++) {
            if (held.get(i) != first) {
                first.addSuppressed(held.get(i));
            }
        }
        held.clear();
        return first;
    }

    /** What says that a log could not be made for want of room since this was last asked; null if nothing does. */
    Throwable takeStorageFailure() {
        return storageFailure.get() == null ? null : storageFailure.getAndSet(null);
    }

    /**
     * Whether a page of a mapped file was touched for which there is no room since this was last asked: what did so is
     * in an unknown state.
     */
    boolean takeMemoryFault() {
        if (memoryFault) {
            memoryFault = false;
            return true;
        }
        return false;
    }

    /** Counts an error, and tells it unless it is the same again, or one of too many of its kind. */
    void tell(final Throwable throwable) {
        if (isWarning(throwable)) {
            warn(StartFailures.text(throwable));
            return;
        }
        counters.incrementShared(TransportCounter.ERRORS);
        final Throwable told = withoutStack(throwable);
        final long nowNs = System.nanoTime();
        final long leftOut = kinds.admit(LogLimit.kind(told), nowNs);
        if (leftOut == LogLimit.LEAVE_OUT) {
            return;
        }
        if (repeats.admit(told.toString(), nowNs) == LogLimit.LEAVE_OUT) {
            repeated.addAndGet(leftOut + 1);
            return;
        }
        final long untold = leftOut + repeated.getAndSet(0);
        delegate.onError(untold == 0 ? told : withCount(told, untold));
    }

    /** Writes a line to the log, unless there are too many of its kind. */
    void warn(final String text) {
        final long leftOut = warnings.admit(LogLimit.kind(text), System.nanoTime());
        if (leftOut != LogLimit.LEAVE_OUT) {
            log.accept(LogLimit.text(text, leftOut));
        }
    }

    private static Throwable withCount(final Throwable error, final long leftOut) {
        final Category category = error instanceof PlumtreeException ex ? ex.category() : Category.TRANSPORT;
        final String text = error instanceof PlumtreeException ? error.getMessage() : error.toString();
        return new PlumtreeException(category, LogLimit.text(text, leftOut), error);
    }

    /** Where the environment lacks something, where Aeron noticed is of no interest. */
    private static Throwable withoutStack(final Throwable throwable) {
        final String hint = throwable instanceof PlumtreeException ? null : StartFailures.hint(throwable);
        return hint == null ? throwable : new PlumtreeException(Category.ENVIRONMENT, "media driver: " + hint);
    }

    private static boolean isWarning(final Throwable throwable) {
        return throwable instanceof AeronException ex && ex.category() == AeronException.Category.WARN;
    }
}
