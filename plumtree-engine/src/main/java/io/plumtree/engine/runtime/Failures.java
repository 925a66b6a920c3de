package io.plumtree.engine.runtime;

/** Tells what plug-in code may throw from what ends the JVM. */
public final class Failures {
    private Failures() {
    }

    /**
     * Throws on what nobody should catch: errors of the virtual machine, but for a stack overflow, which is the doing
     * of whoever recursed.
     *
     * @param error what was caught.
     */
    public static void rethrowIfFatal(final Throwable error) {
        if (error instanceof VirtualMachineError fatal && !(error instanceof StackOverflowError)) {
            throw fatal;
        }
    }
}
