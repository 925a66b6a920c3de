package io.plumtree.node;

import io.plumtree.api.OpenFiles;
import io.plumtree.api.PlumtreeException;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.output.Reasons;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what stopped a command into one line, but for errors that nobody expected: those keep their stack trace. */
final class CommandFailures implements IExecutionExceptionHandler {
    /** What the JVM says that can't load its verifier: when it comes to the first class that is not in its archive. */
    static final String NO_VERIFIER = "Could not link verifier";

    private final Defaults defaults;

    CommandFailures(final Defaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public int handleExecutionException(final Exception ex, final CommandLine line, final ParseResult result) {
        return report(ex, defaults, line.getErr());
    }

    /**
     * Says what stopped a command, and where the option stands that did.
     *
     * @return the exit status.
     */
    static int report(final Throwable thrown, final Defaults defaults, final PrintWriter err) {
        if (thrown instanceof PlumtreeException failure) {
            say(failure.getMessage() + defaults.places(failure.getMessage()), failure, err);
            return failure.category() == PlumtreeException.Category.CONFIGURATION
                ? CommandLine.ExitCode.USAGE
                : CommandLine.ExitCode.SOFTWARE;
        }
        if (thrown instanceof OutOfMemoryError) {
            say(outOf(String.valueOf(thrown.getMessage())), thrown, err);
        } else if (OpenFiles.areTooMany(thrown) || isWithoutVerifier(thrown)) {
            say(OpenFiles.TOO_MANY, thrown, err);
        } else if (Logs.isExpected(thrown)) {
            say(Reasons.of(thrown), thrown, err);
        } else {
            thrown.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The JVM has no descriptor left to load it. */
    static boolean isWithoutVerifier(final Throwable thrown) {
        return thrown instanceof VerifyError && String.valueOf(thrown.getMessage()).contains(NO_VERIFIER);
    }

    /** What the JVM calls out of memory may be that it can't start a thread, which no heap mends. */
    private static String outOf(final String message) {
        return message.contains("native thread")
            ? "can't start another thread (" + message + "); the system allows no more: processes of the user"
                + " (ulimit -u), or of the container (pids limit)"
            : "out of memory (" + message + "); PLUMTREE_JAVA_OPTS=-Xmx... gives the JVM more";
    }

    private static void say(final String message, final Throwable thrown, final PrintWriter err) {
        err.println("plumtree: " + message);
        if (Logs.isVerbose()) {
            thrown.printStackTrace(err);
        }
    }
}
