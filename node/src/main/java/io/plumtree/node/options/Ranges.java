package io.plumtree.node.options;

import java.lang.reflect.Field;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a command once the keys of its file and the ranges of its numbers have been checked. */
public final class Ranges implements IExecutionStrategy {
    private final Defaults defaults;

    /**
     * With the defaults whose keys are to be checked.
     *
     * @param defaults where options come from.
     */
    public Ranges(final Defaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public int execute(final ParseResult result) {
        ParseResult last = result;
        while (last.hasSubcommand()) {
            checkNothingBefore(last);
            last = last.subcommand();
        }
        final CommandSpec command = last.commandSpec();
        if (!last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
            check(command);
            defaults.checkKeys(command);
        }
        return new CommandLine.RunLast().execute(result);
    }

    /** What is given before a command below another one would be taken, and have no effect. */
    private static void checkNothingBefore(final ParseResult result) {
        if (!result.matchedOptions().isEmpty() && !result.isUsageHelpRequested() && !result.isVersionHelpRequested()) {
            final CommandLine below = result.subcommand().commandSpec().commandLine();
            throw new ParameterException(below, "'" + result.matchedOptions().get(0).longestName()
                + "' must stand behind '" + below.getCommandName() + "'");
        }
    }

    /**
     * Checks every number of a command against its {@link Range}.
     *
     * @param command the command.
     * @throws ParameterException that names the option and its range, if one is outside.
     */
    public static void check(final CommandSpec command) {
        for (final ArgSpec option : command.args()) {
            final Range range = of(option);
            final Object value = option.getValue();
            if (range != null && value instanceof Number number
                && (number.longValue() < range.min() || number.longValue() > range.max())) {
                throw new ParameterException(
                    command.commandLine(), message(option, range, value.toString()), option, value.toString());
            }
        }
    }

    /** The range of an option, or null. */
    private static Range of(final ArgSpec option) {
        return option.userObject() instanceof Field field ? field.getAnnotation(Range.class) : null;
    }

    /**
     * What to say of a command line that could not be parsed.
     *
     * @param ex what the parser says.
     * @return a message that names the range where the option has one, and what the parser says otherwise.
     */
    public static String message(final ParameterException ex) {
        if (ex.getArgSpec() != null && ex.getValue() != null) {
            final Range range = of(ex.getArgSpec());
            if (range != null) {
                return message(ex.getArgSpec(), range, ex.getValue());
            }
        }
        // The parser's own words, which have one of them twice.
        return ex.getMessage().replace("option option '", "option '");
    }

    private static String message(final ArgSpec argument, final Range range, final String value) {
        return (argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel())
            + " must be a whole number from " + range.min() + " to " + range.max() + ": '" + value + "'";
    }
}
