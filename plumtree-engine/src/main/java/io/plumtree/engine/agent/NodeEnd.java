package io.plumtree.engine.agent;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.Failures;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The end of a node, which comes once: because it is asked for, or because of something that has stopped its thread.
 * Knows what is to blame for it, and tells when all is over. Any thread.
 */
final class NodeEnd {
    private final CountDownLatch over = new CountDownLatch(1);
    private final ErrorReporter reporter;
    private volatile Throwable cause;
    private final Consumer<Throwable> listener;

    /**
     * The end of a node that is to run.
     *
     * @param reporter where to report an end that nobody has asked for.
     * @param listener told when all is over, of the cause, which is null if there is none.
     */
    NodeEnd(final ErrorReporter reporter, final Consumer<Throwable> listener) {
        this.reporter = reporter;
        this.listener = listener;
    }

    /** Takes the first thing that is to blame for the end, and tells of it. */
    void blame(final Throwable why) {
        if (cause != null) {
            return;
        }
        cause = why;
        try {
            final Throwable reason = Failures.reason(why);
            final String message = "node '" + reporter.node() + "' has ended: " + Failures.text(why);
            reporter.reportEnd(message, new PlumtreeException(
                reason instanceof PlumtreeException ex ? ex.category() : Category.ENVIRONMENT, message, reason));
        } catch (final Throwable ex) {
            // There may be no memory left to say so. It is closed all the same, and the listener hears of the cause.
        }
    }

    /** What is to blame; null if it was asked for, or has not begun. */
    Throwable cause() {
        return cause;
    }

    /** All is closed: lets those go on who wait for it, then tells the listener. */
    void complete() {
        over.countDown();
        try {
            listener.accept(Failures.reason(cause));
        } catch (final Throwable ex) {
            try {
                reporter.source("termination listener").onError(ex);
            } catch (final Throwable again) {
                // Nobody is left to be told.
            }
        }
    }

    /** Whether all is closed. */
    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Whether it is over in time. */
    boolean await(final long timeoutNs) throws InterruptedException {
        return over.await(timeoutNs, TimeUnit.NANOSECONDS);
    }
}
