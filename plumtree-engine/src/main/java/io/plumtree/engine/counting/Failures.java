package io.plumtree.engine.counting;

import io.plumtree.api.PlumtreeException;
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
     * With what questions fail that are open when a node ends, or asked later.
     *
     * @param cause why it has ended; null if it was asked to.
     * @return the exception.
     */
    public static IllegalStateException closed(final Throwable cause) {
        return cause == null ? new IllegalStateException("the node is closed") :
            new IllegalStateException("the node is closed, since it has ended: " + text(cause), cause);
    }

    /**
     * What is to blame. A duty cycle ends the node by an exception that says no more than that; why is its cause.
     *
     * @param error what has come out of the cycle; null for nothing.
     * @return what is to blame; null for nothing.
     */
    public static Throwable reason(final Throwable error) {
        return error instanceof AgentTerminationException && error.getCause() != null ? error.getCause() : error;
    }

    /**
     * What is to blame, in words.
     *
     * @param error what has come out of the cycle.
     * @return its message where that says all.
     */
    public static String text(final Throwable error) {
        final Throwable reason = reason(error);
        return reason instanceof InterruptedException || reason instanceof PlumtreeException ?
            reason.getMessage() : reason.toString();
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
