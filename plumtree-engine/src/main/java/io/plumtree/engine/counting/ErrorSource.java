package io.plumtree.engine.counting;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;

/**
 * One thing that can fail again and again. Reports at most {@value #BURST} of its errors a second, and says how many it
 * has kept to itself before. Any thread.
 */
public final class ErrorSource implements ErrorHandler {
    static final int BURST = 5;
    private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(1);

    private final ErrorReporter reporter;
    private final String what;
    private final AtomicLong windowStartNs;
    private final AtomicLong inWindow = new AtomicLong();

    ErrorSource(final ErrorReporter reporter, final String what) {
        this.reporter = reporter;
        this.what = what;
        this.windowStartNs = new AtomicLong(reporter.nowNs());
    }

    @Override
    public void onError(final Throwable error) {
        report(null, error);
    }

    /**
     * Counts an error, and reports it unless there have been too many.
     *
     * @param doing what it was doing, such as {@code merge}; may be null.
     * @param error what happened.
     */
    public void report(final String doing, final Throwable error) {
        reporter.counted();
        final long keptBack = startWindow();
        if (inWindow.incrementAndGet() > BURST) {
            reporter.suppressed();
            return;
        }
        if (what == null) {
            reporter.report(error);
        } else {
            reporter.report(new PlumtreeException(
                Category.HANDLER,
                what + " failed" + (doing == null ? "" : " in " + doing) + ": " + error +
                    (keptBack > 0 ? " (" + keptBack + " more before)" : ""),
                error));
        }
    }

    /** Starts a new window if it is time to; returns how many were kept back in the one before. */
    private long startWindow() {
        final long startNs = windowStartNs.get();
        final long nowNs = reporter.nowNs();
        if (nowNs - startNs >= WINDOW_NS && windowStartNs.compareAndSet(startNs, nowNs)) {
            return Math.max(0, inWindow.getAndSet(0) - BURST);
        }
        return 0;
    }
}
