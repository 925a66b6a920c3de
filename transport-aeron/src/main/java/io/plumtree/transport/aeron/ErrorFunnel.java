package io.plumtree.transport.aeron;

import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.ControlProtocolException;
import io.aeron.exceptions.StorageSpaceException;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ErrorHandler;

/**
 * The one error handler of driver and client. Aeron's own would end the process.
 *
 * <p>While the transport runs a cycle it holds errors back: if the cycle killed driver or client, they are the cause of
 * one rebuild and are told as that; if not, they are told one by one. Errors of other threads are told at once. Want of
 * room, on whatever thread and whenever it is noticed, is kept for the transport, which moves elsewhere if it can. An
 * error that keeps repeating is counted each time and told now and then.
 */
final class ErrorFunnel implements ErrorHandler {
    private static final Logger LOGGER = System.getLogger(ErrorFunnel.class.getName());
    private static final long REPEAT_INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_HELD = 16;
    private static final int RECENT_TEXTS = 32;

    private final ErrorHandler delegate;
    private final TransportCounters counters;
    /** Whether there is somebody to take memory faults, and want of room. */
    private final boolean isForRecovery;
    private final List<Throwable> held = new ArrayList<>(MAX_HELD);
    /** Plain: a thread can only find itself here if it has written itself here. */
    private Thread holder;
    private final AtomicReference<Throwable> storageFailure = new AtomicReference<>();
    private volatile boolean memoryFault;
    /** Oldest first; replaced as a whole, since errors may come from several threads. */
    private final AtomicReference<List<Told>> recent = new AtomicReference<>(List.of());

    /** What was told, and when. */
    private record Told(String text, long timeNs) {
    }

    ErrorFunnel(final ErrorHandler delegate, final TransportCounters counters) {
        this(delegate, counters, true);
    }

    private ErrorFunnel(
        final ErrorHandler delegate, final TransportCounters counters, final boolean isForRecovery) {
        this.delegate = delegate;
        this.counters = counters;
        this.isForRecovery = isForRecovery;
    }

    /** Of a driver alone, which nobody moves elsewhere: what it lacks is told. */
    static ErrorFunnel ofDriver(final ErrorHandler delegate, final TransportCounters counters) {
        return new ErrorFunnel(delegate, counters, false);
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

    /** Counts an error, and tells it unless it is the same again. */
    void tell(final Throwable throwable) {
        if (isWarning(throwable)) {
            LOGGER.log(Level.WARNING, StartFailures.text(throwable));
            return;
        }
        counters.incrementShared(TransportCounter.ERRORS);
        final Throwable told = withoutStack(throwable);
        if (!isRepeated(told.toString(), System.nanoTime())) {
            delegate.onError(told);
        }
    }

    /** Where the environment lacks something, where Aeron noticed is of no interest. */
    private static Throwable withoutStack(final Throwable throwable) {
        final String hint = throwable instanceof PlumtreeException ? null : StartFailures.hint(throwable);
        return hint == null ? throwable : new PlumtreeException(Category.ENVIRONMENT, "media driver: " + hint);
    }

    /** Whether the same text was told not long ago; remembers it if not. */
    private boolean isRepeated(final String text, final long nowNs) {
        while (true) {
            final List<Told> before = recent.get();
            for (final Told told : before) {
                if (told.text().equals(text) && nowNs - told.timeNs() < REPEAT_INTERVAL_NS) {
                    return true;
                }
            }
            final int first = before.size() == RECENT_TEXTS ? 1 : 0;
            final List<Told> after = new ArrayList<>(before.subList(first, before.size()));
            after.add(new Told(text, nowNs));
            if (recent.compareAndSet(before, List.copyOf(after))) {
                return false;
            }
        }
    }

    private static boolean isWarning(final Throwable throwable) {
        return throwable instanceof AeronException ex && ex.category() == AeronException.Category.WARN;
    }
}
