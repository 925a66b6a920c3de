package io.plumtree.engine.agent;

import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.NanoClock;

/**
 * Closes a node, in phases that follow each other whatever each of them comes to. A node that was asked to end goes one
 * step further at each duty cycle ({@link #step}). Who must find everything closed when a call returns does all that is
 * left at once ({@link #run}): there alone is a loop that waits.
 *
 * <p>Any thread; one at a time has it in its hands, and a second one leaves it to the first.
 */
final class Shutdown {
    /** Who is at it now; null between two steps. What follows is for this thread. */
    private final AtomicReference<Thread> worker = new AtomicReference<>();
    private final NodeEnd end;
    private final ClosePhase[] phases;
    private final ErrorSource errors;
    private final NanoClock clock;
    private final long timeoutNs;
    private boolean hasBegun;
    /** Whether a phase has called for all to be closed when the step that it is in returns. */
    private boolean isUrgent;
    /** Whether the duty cycle is whole, so that it can go on for what is to be done before the end. */
    private boolean isOrderly;
    private long startNs;
    private int index;
    private boolean hasPhaseBegun;
    private long phaseStartNs;
    private long phaseLimitNs;
    private int phaseSteps;

    /**
     * A shutdown that is yet to begin.
     *
     * @param end       knows the cause, and is told when all is over.
     * @param phases    what is to be done, in this order.
     * @param errors    where to report what fails meanwhile.
     * @param clock     the time.
     * @param timeoutNs how long the phases that wait may take together.
     */
    Shutdown(
        final NodeEnd end,
        final ClosePhase[] phases,
        final ErrorSource errors,
        final NanoClock clock,
        final long timeoutNs) {
        this.end = end;
        this.phases = phases;
        this.errors = errors;
        this.clock = clock;
        this.timeoutNs = timeoutNs;
    }

    /** Whether everything is closed. */
    boolean isOver() {
        return end.isOver();
    }

    /** Whether a thread is at it now. */
    boolean isRunBy(final Thread thread) {
        return worker.get() == thread;
    }

    /**
     * Goes on as far as nothing has to be waited for; begins if it has not yet.
     *
     * @param nowNs the time.
     * @return how much was done.
     */
    int step(final long nowNs) {
        if (!worker.compareAndSet(null, Thread.currentThread())) {
            return 0;
        }
        // It would get in the way of closing; whoever has interrupted the thread will find it interrupted.
        final boolean isInterrupted = Thread.interrupted();
        int workCount = ClosePhase.OVER;
        try {
            begin(null, nowNs);
            while (workCount == ClosePhase.OVER && index < phases.length) {
                workCount = advance(nowNs);
            }
            if (isUrgent) {
                finish();
            }
        } finally {
            leave(isInterrupted);
        }
        return Math.max(0, workCount);
    }

    /**
     * Does all that is left, and returns when everything is closed; begins if it has not yet. Called by a phase, it
     * returns at once, and the step that the phase is in does all that is left.
     *
     * @param why what has ended the node; null if it was asked to end. Counts only for a shutdown that begins.
     */
    void run(final Throwable why) {
        if (!worker.compareAndSet(null, Thread.currentThread())) {
            isUrgent |= isRunBy(Thread.currentThread());
            return;
        }
        final boolean isInterrupted = Thread.interrupted();
        try {
            begin(why, clock.nanoTime());
            finish();
        } finally {
            leave(isInterrupted);
        }
    }

    private void finish() {
        while (index < phases.length) {
            if (advance(clock.nanoTime()) == 0) {
                Thread.yield();
            }
        }
    }

    private void begin(final Throwable why, final long nowNs) {
        if (hasBegun) {
            return;
        }
        hasBegun = true;
        startNs = nowNs;
        isOrderly = why == null || Failures.isInterrupt(why);
        if (why != null) {
            end.blame(why);
        }
    }

    /** One step of the phase whose turn it is. */
    private int advance(final long nowNs) {
        final ClosePhase phase = phases[index];
        try {
            if (!hasPhaseBegun) {
                hasPhaseBegun = true;
                phaseSteps = 0;
                phaseStartNs = nowNs;
                phaseLimitNs = phase.begin(nowNs, timeoutNs - (nowNs - startNs), isOrderly);
            }
            if (phaseSteps < phase.minSteps() || nowNs - phaseStartNs < phaseLimitNs) {
                phaseSteps++;
                final int workCount = phase.step(nowNs);
                if (workCount != ClosePhase.OVER) {
                    return workCount;
                }
            }
        } catch (final Throwable ex) {
            onFailure(ex);
        }
        index++;
        hasPhaseBegun = false;
        return ClosePhase.OVER;
    }

    private void onFailure(final Throwable error) {
        try {
            if (Failures.isFatal(error)) {
                end.blame(error);
            } else {
                errors.onError(error);
            }
        } catch (final Throwable ex) {
            // There is nobody left to tell it to, and more to close.
        }
    }

    private void leave(final boolean isInterrupted) {
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (index == phases.length && !end.isOver()) {
            end.complete();
        }
        worker.set(null);
    }
}
