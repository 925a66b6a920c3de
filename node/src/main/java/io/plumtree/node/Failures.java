package io.plumtree.node;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.options.Defaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what stopped a command into one line, but for errors that nobody expected: those keep their stack trace. */
final class Failures implements IExecutionExceptionHandler {
    private final Defaults defaults;

    Failures(final Defaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public int handleExecutionException(final Exception ex, final CommandLine line, final ParseResult result) {
        if (ex instanceof PlumtreeException failure) {
            line.getErr().println("plumtree: " + failure.getMessage()
                + defaults.places(failure.getMessage()));
            return failure.category() == PlumtreeException.Category.CONFIGURATION
                ? CommandLine.ExitCode.USAGE
                : CommandLine.ExitCode.SOFTWARE;
        }
        if (ex instanceof IOException || ex instanceof UncheckedIOException) {
            line.getErr().println("plumtree: " + ex.getMessage());
        } else {
            ex.printStackTrace(line.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
