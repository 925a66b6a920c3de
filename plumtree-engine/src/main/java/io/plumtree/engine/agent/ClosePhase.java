package io.plumtree.engine.agent;

import java.util.function.LongConsumer;

/**
 * One phase of a {@link Shutdown}. It is told to begin, then does one step at a time, until a step says that the phase
 * is over or the phase's time is up. Phases are made with the node: when a node ends, there may be no memory for them.
 */
@FunctionalInterface
interface ClosePhase {
    /** What a step returns that leaves nothing to do; any other step returns how much was done. */
    int OVER = -1;

    /** A phase of one step, which is done however little time is left. */
    static ClosePhase of(final Runnable action) {
        return nowNs -> {
            action.run();
            return OVER;
        };
    }

    /** A phase of one step as well, of something that has to know the time. */
    static ClosePhase at(final LongConsumer action) {
        return nowNs -> {
            action.accept(nowNs);
            return OVER;
        };
    }

    /**
     * The phase begins.
     *
     * @param nowNs     the time.
     * @param leftNs    what is left of the time for the whole shutdown; negative if more than that has passed.
     * @param isOrderly false if the duty cycle has failed, so that nothing may rely on it any more.
     * @return how long the phase may take, in nanoseconds; no more than its least steps if that is not positive.
     */
    default long begin(final long nowNs, final long leftNs, final boolean isOrderly) {
        return 0;
    }

    /** How many steps the phase is given however little time is left. */
    default int minSteps() {
        return 1;
    }

    /**
     * Does one step, and never waits.
     *
     * @param nowNs the time.
     * @return how much was done, or {@link #OVER}.
     */
    int step(long nowNs);
}
