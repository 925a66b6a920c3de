package io.plumtree.node.stat;

import io.plumtree.engine.counters.CounterValue;
import io.plumtree.engine.counters.CountersFile;
import io.plumtree.engine.counters.CountersLayout;
import io.plumtree.node.Versions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Range;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumtree stat}: the counters of this machine's nodes. */
@Command(
    name = "stat",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Lists the nodes of this user that run on this machine, or shows their counters. It reads the files that they"
            + " write, and does not stop or ask them. A node that is 'stalled' has given no sign of life for some"
            + " seconds; one that is 'dead' was killed, and its last values are shown until the next node starts.",
        "",
        "Exit status 2 if there is no such node.",
        ""
    },
    footer = {
        "",
        "Fields of the JSON: nodes; of each name, cluster, pid, state (live, stalled, dead), incarnation, startTime,"
            + " heartbeat, file, and with counters: counters, rates (a second, from the second look on). With --watch"
            + " it is one line a look.",
        "",
        "Examples:",
        "  plumtree stat",
        "  plumtree stat n1 --filter 'protocol\\.'",
        "  plumtree stat --all --watch 2 --filter 'overflows|back.pressured'"
    })
public final class StatCommand implements Callable<Integer> {
    /** Waits between two looks. */
    interface Pause {
        /** Waits for some seconds. */
        void seconds(int seconds) throws InterruptedException;
    }

    private final Pause pause;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NODE", description = "Show the counters of the node of this name.")
    private String node;

    @Option(names = "--all", description = "Show the counters of all nodes.")
    private boolean all;

    @Option(names = "--filter", paramLabel = "REGEX",
        description = "Show only counters whose name has a part that this matches; of all nodes, if none is named.")
    private Pattern filter;

    @Option(names = "--watch", paramLabel = "SECONDS",
        description = "Look again after so many seconds, 1 to 3600, and again, until interrupted; show by how much"
            + " counters grew in a second.")
    @Range(min = 1, max = 3600)
    private Integer watch;

    @Option(names = "--looks", paramLabel = "N", defaultValue = "0",
        description = "End after so many looks. Default: ${DEFAULT-VALUE}, which is one, or with --watch no end.")
    @Range(min = 0, max = Integer.MAX_VALUE)
    private int looks;

    @Option(names = "--json", description = "Show JSON.")
    private boolean json;

    @Option(names = "--directory", paramLabel = "DIR",
        description = "Where the nodes put their files, their option plumtree.counters.directory. Default: that of"
            + " this user.")
    private Path directory;

    @Mixin
    private ConfigFile configFile;

    /** A command, to be filled in by the parser. */
    public StatCommand() {
        this(TimeUnit.SECONDS::sleep);
    }

    StatCommand(final Pause pause) {
        this.pause = pause;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Path place = directory == null ? CountersLayout.defaultDirectory() : directory;
        final int end = looks > 0 ? looks : watch == null ? 1 : Integer.MAX_VALUE;
        final int seconds = watch == null ? 1 : watch;
        Look before = null;
        for (int i = 0; i < end; i++) {
            if (i > 0) {
                pause.seconds(seconds);
            }
            final Look found = Look.at(place);
            final Look look = node == null ? found : found.of(node);
            if (before == null) {
                found.problems().forEach(this::say);
            }
            if (look.nodes().isEmpty()) {
                say(absence(place, found));
                return ExitCode.USAGE;
            }
            if (!show(look, before, i > 0)) {
                break;
            }
            before = look;
        }
        return ExitCode.OK;
    }

    private String absence(final Path place, final Look found) {
        final String where = place + " (--directory; a node's option is plumtree.counters.directory)";
        if (!Files.exists(place)) {
            return "no node of this user runs here, nor has run: there is no directory " + where;
        }
        if (!Files.isDirectory(place)) {
            return "no directory: " + where;
        }
        if (found.nodes().isEmpty()) {
            return "no node of this user has counters in " + where;
        }
        return "no node '" + node + "' in " + where + "; there are "
            + found.nodes().stream().map(CountersFile::node).distinct().toList();
    }

    /** Returns whether it could be written; if not, the exit status will tell. */
    private boolean show(final Look look, final Look before, final boolean isAgain) {
        final PrintWriter out = spec.commandLine().getOut();
        final boolean hasCounters = node != null || all || filter != null;
        final StatJson report = new StatJson();
        final StringBuilder text = new StringBuilder(isAgain ? "\n" : "");
        if (!hasCounters) {
            look.nodes().forEach(report::add);
            text.append(StatText.list(look.nodes()));
        } else {
            for (final CountersFile each : look.nodes()) {
                final Rates rates = before == null ? Rates.NONE :
                    before.same(each).map(earlier -> Rates.between(earlier, each)).orElse(Rates.NONE);
                final List<CounterValue> counters = chosen(each);
                report.add(each, counters, rates);
                text.append(StatText.counters(each, counters, rates));
            }
        }
        out.print(!json ? text.toString() : watch == null ? report.pretty() : report.line());
        return !out.checkError();
    }

    private List<CounterValue> chosen(final CountersFile of) {
        return of.counters().stream()
            .filter(counter -> filter == null || filter.matcher(counter.label()).find())
            .sorted(Comparator.comparing(CounterValue::label))
            .toList();
    }

    private void say(final String message) {
        spec.commandLine().getErr().println("plumtree: " + message);
    }
}
