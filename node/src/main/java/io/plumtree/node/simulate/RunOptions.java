package io.plumtree.node.simulate;

import io.plumtree.node.options.Range;
import java.io.File;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How often scenarios run, what they are compared with, and where the figures go. */
final class RunOptions {
    @Range(min = 1, max = 10_000)
    @Option(names = "--seeds", paramLabel = "N",
        description = "How many runs, each with a seed of its own: 1 to 10000. Default: 1.")
    private Integer seeds;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
        description = "Seed of the first run; the others' follow. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--compare", paramLabel = "FLAGS", preprocessor = OneWord.class,
        description = "A second configuration to set beside the first: the same, but for these flags, in one word and"
            + " each with its value, such as '--set graft.timeout=1s --senders fresh'. Both run with the same seeds.")
    private String compare;

    @Option(names = "--sweep", paramLabel = "OPTION=V1,V2,...",
        description = "Run the configuration once with each of these values of an option of the protocol, named as for"
            + " --set, and print a table in Markdown, a row as soon as it has run. Goes without --compare and --html.")
    private String sweep;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file, as JSON.")
    private File json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the figures and plots to this file.")
    private File html;

    /** Takes the next word for the value also where it looks like an option, which is what it is meant to be. */
    static final class OneWord implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
            final Stack<String> args, final CommandSpec command, final ArgSpec arg, final Map<String, Object> info) {
            if (args.isEmpty()) {
                return false;
            }
            arg.setValue(args.pop());
            return true;
        }
    }

    /** How many runs, or null where nothing is said. */
    Integer seeds() {
        return seeds;
    }

    long seed() {
        return seed;
    }

    String compare() {
        return compare;
    }

    String sweep() {
        return sweep;
    }

    File json() {
        return json;
    }

    File html() {
        return html;
    }
}
