package io.plumtree.engine.counting;

import java.nio.channels.ClosedByInterruptException;
import org.agrona.concurrent.AgentTerminationException;

/** Tells what plug-in code may throw from what ends the engine. */
public final class Failures {
    private Failures() {
    }

    /**
     * Throws on what nobody should catch: errors of the virtual machine, but for a stack overflow, which is the doing
     * of whoever recursed, and what a thread that is stopped dies of.
     *
     * @param error what was caught.
     */
    public static void rethrowIfFatal(final Throwable error) {
        if (isFatal(error)) {
            throw (Error) error;
        }
    }

    /**
     * Whether an error ends the engine wherever it comes from, a plug-in's code included.
     *
     * @param error what was caught.
     * @return true if so; it is an {@link Error} then.
     */
    public static boolean isFatal(final Throwable error) {
        return error instanceof VirtualMachineError && !(error instanceof StackOverflowError) ||
            error instanceof ThreadDeath;
    }

    /**
     * Whether what comes out of a duty cycle ends the loop that runs it. Exceptions do not: they are reported, and the
     * next cycle follows.
     *
     * @param error what was caught.
     * @return true if so.
     */
    public static boolean endsLoop(final Throwable error) {
        return error instanceof Error || error instanceof AgentTerminationException || isInterrupt(error);
    }

    /**
     * Whether somebody wants the thread to end.
     *
     * @param error what was caught.
     * @return true if so.
     */
    public static boolean isInterrupt(final Throwable error) {
        return error instanceof InterruptedException || error instanceof ClosedByInterruptException;
    }
}
