package io.plumtree.node.options;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in two lines what is wrong with a command line and where to read on, rather than print the whole help. */
public final class UsageErrors implements IParameterExceptionHandler {
    /** Knows nothing of its own. */
    public UsageErrors() {
    }

    @Override
    public int handleParseException(final ParameterException ex, final String[] args) {
        final CommandLine line = ex.getCommandLine();
        final PrintWriter err = line.getErr();
        err.println("plumtree: " + Ranges.message(ex));
        if (ex instanceof UnmatchedArgumentException unmatched) {
            UnmatchedArgumentException.printSuggestions(unmatched, err);
        }
        err.println("'" + line.getCommandSpec().qualifiedName() + " --help' lists what is allowed");
        return CommandLine.ExitCode.USAGE;
    }
}
