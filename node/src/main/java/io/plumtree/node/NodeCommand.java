package io.plumtree.node;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.node.options.ConfigFile;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.options.Endpoint;
import io.plumtree.node.options.Range;
import io.plumtree.node.output.Reasons;
import io.plumtree.node.pipe.Pipe;
import io.plumtree.node.pipe.PipeOptions;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumtree node}: runs one node until it is told to stop, or until its input has reached everybody. */
@Command(
    name = NodeCommand.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Runs one node.",
        "",
        "With --publish it broadcasts each line of its standard input, waits at the end of the input until the other"
            + " members have confirmed that they have (and have written) all of it, and ends. With --subscribe it"
            + " prints what arrives: each line once while it runs, each origin's lines in its order; what could not be"
            + " had is told on standard error. A node that is started again may print lines that its earlier run"
            + " printed: it remembers nothing, and others send it what they keep. Otherwise, and with --subscribe, it"
            + " runs until SIGTERM, SIGINT or SIGHUP, and closes gracefully then. Where a handler's callback holds that"
            + " up, another signal ends it as it is, once ten seconds are over since the first.",
        "",
        "Exit status: 0 if all went well, also when one of these signals ended it, or nobody reads its output any more;"
            + " 1 if not: it could not start, read or write, lines were lost, no other member was ever reached (unless"
            + " --wait-for-peers is 0), or members that took part were given up;"
            + " 2 if the arguments were wrong; 3 if the node ended though nobody had asked for it, as for want of"
            + " memory, or since another node has its name. A signal that comes while the JVM itself still starts ends"
            + " that with 143 (SIGTERM), 130 or 129: there is nothing to close yet.",
        ""
    },
    footer = {
        "",
        "The same --member list serves all nodes:",
        "  M=a@127.0.0.1:21001,b@127.0.0.1:21002,c@127.0.0.1:21003",
        "  plumtree node --name b --member $M --subscribe logs",
        "  plumtree node --name c --member $M --subscribe logs",
        "  tail -f some.log | plumtree node --name a --member $M --publish logs",
        "",
        "With a contact, where a is the first:",
        "  A=127.0.0.1:21001",
        "  B=127.0.0.1:21002",
        "  plumtree node --name a --bind $A --contact $A --subscribe logs",
        "  plumtree node --name b --bind $B --contact $A --publish logs < some.log"
    })
final class NodeCommand implements Callable<Integer> {
    static final String NAME = "node";

    private static final int MAX_PEERS = 255;
    /** Exit status where the node ended though nobody had asked for it. */
    private static final int NODE_ENDED = 3;

    private final Defaults defaults;

    @Spec
    private CommandSpec spec;

    @Option(names = "--name", required = true, paramLabel = "NAME",
        description = "The node's name, unique in the cluster. Required.")
    private String name;

    @Option(names = "--bind", paramLabel = "HOST:PORT",
        description = "Where to listen. Default: what --member says of this node.")
    private Endpoint bind;

    @Option(names = "--member", split = ",", paramLabel = "NAME@HOST:PORT",
        description = "A member of the cluster; several separated by commas, or the option again. This node may be"
            + " among them.")
    private List<Member> members = new ArrayList<>();

    @Option(names = "--contact", split = ",", paramLabel = "HOST:PORT",
        description = "Instead of --member: a node of the cluster, which lets this one in. Each node then finds"
            + " neighbours by itself, five at most, and hears of all the others through them. The first node names"
            + " itself. Several separated by commas, or the option again; a host may be a name with several addresses;"
            + " file:PATH is a file with one HOST:PORT a line, read again when it changes.")
    private List<String> contacts = new ArrayList<>();

    @Option(names = "--cluster", defaultValue = "plumtree", paramLabel = "NAME",
        description = "The cluster's name, the same on all its nodes. Default: ${DEFAULT-VALUE}.")
    private String cluster;

    @Option(names = "--publish", paramLabel = "TOPIC",
        description = "Broadcast each line of standard input to this topic.")
    private String publish;

    @Option(names = "--subscribe", split = ",", paramLabel = "TOPIC",
        description = "Print what is published to this topic; several separated by commas, or the option again.")
    private List<String> subscribe = new ArrayList<>();

    @Range(min = 0, max = 255)
    @Option(names = "--wait-for-peers", paramLabel = "N",
        description = "How many members must be ready before the first line is published. Default: all that --member"
            + " gives; with --contact 1.")
    private Integer waitForPeers;

    @Option(names = "--wait", defaultValue = "30s", paramLabel = "DURATION",
        description = "How long to wait for them at most; then those that are missing are named, and it goes on."
            + " Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Option(names = "--linger", defaultValue = "30s", paramLabel = "DURATION",
        description = "How long to wait for a member that confirms nothing more, before it is given up. A member that"
            + " never confirms, since it is no command line, is served for that long at the end of the input."
            + " Default: ${DEFAULT-VALUE}.")
    private Duration linger;

    @Option(names = "--long-lines", defaultValue = "fail", paramLabel = "fail|skip",
        description = "What to do with a line longer than the longest message: end the input there with exit status"
            + " 1, or leave the line out. Default: ${DEFAULT-VALUE}.")
    private LongLines longLines;

    @Option(names = "--plugins", paramLabel = "DIR",
        description = "A directory whose JARs are searched for handlers; the option may be given again.")
    private List<Path> plugins = new ArrayList<>();

    @Option(names = "--plugins-required",
        description = "End with exit status 1 where a plug-in can't be loaded, rather than go on without it. A handler"
            + " that --option names (handler.NAME.*) must be there in any case.")
    private boolean isPluginsRequired;

    @Option(names = "--option", paramLabel = "KEY=VALUE",
        description = "An option of the node (plumtree.*), its transport (aeron.*) or a handler (handler.NAME.*); may"
            + " be given again.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = {"-q", "--quiet"}, description = "Say nothing on standard error but warnings.")
    private boolean isQuiet;

    @Option(names = "--verbose",
        description = "Show stack traces also of what is the machine's or a plug-in's fault.")
    private boolean isVerbose;

    @Mixin
    private ConfigFile configFile;

    /** What to do with a line that is too long. */
    enum LongLines {
        /** End the input. */
        FAIL,
        /** Leave it out. */
        SKIP
    }

    NodeCommand(final Defaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public Integer call() throws Exception {
        Logs.verbose(isVerbose);
        if (isQuiet) {
            Logs.warningsOnly();
        }
        final PipeOptions checked = checkedOptions();
        final TerminationRequests requests = new TerminationRequests(System::nanoTime, System::exit, this::halt);
        // Before the launch: what is launched half has files that nobody would remove.
        TerminationSignals.handle(requests);
        final CompletableFuture<Void> told = requests.first();
        final Pipe pipe = launch(checked);
        requests.onLaunched();
        Runtime.getRuntime().addShutdownHook(new Thread(pipe::close, "plumtree-shutdown"));
        told.thenRun(pipe::stop);
        if (!isQuiet) {
            log("node " + pipe.self() + " of cluster " + cluster + " is running");
        }
        final CompletableFuture<Boolean> publishing =
            publish == null ? CompletableFuture.completedFuture(true) : publish(pipe);
        publishing.whenComplete((isWhole, failure) -> {
            if (publish != null && (subscribe.isEmpty() || failure != null || !isWhole)) {
                pipe.stop();
            }
        });
        final boolean wasRunning = pipe.awaitStop();
        if (!wasRunning) {
            pipe.close();
            return NODE_ENDED;
        }
        pipe.close();
        if (publishing.isCompletedExceptionally()) {
            final Throwable failure = publishing.handle((isWhole, ex) -> ex).join();
            log((failure instanceof IOException ? "can't read standard input: " : "") + Reasons.of(failure));
            return ExitCode.SOFTWARE;
        }
        if (told.isDone() && publish != null && !publishing.getNow(false) && !isQuiet) {
            final long published = pipe.published();
            log("told to stop before the end of the input: published " + published
                + (published == 1 ? " line, which" : " lines, the last of which") + " may not be confirmed");
        }
        return pipe.isOutputWhole() && (told.isDone() || publishing.getNow(true))
            ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** What is left then is removed by a node that starts here later. */
    private void halt(final int status) {
        log("told again to stop, and not closed yet: ending as it is");
        Runtime.getRuntime().halt(status);
    }

    /** What the machine has to say of it is often but a reason: too many open files, a file too large. */
    private Pipe launch(final PipeOptions checked) throws IOException {
        try {
            return Pipe.launch(checked, new FileOutputStream(FileDescriptor.out), this::log);
        } catch (final Exception ex) {
            // Some libraries throw checked exceptions without saying so.
            if (ex instanceof IOException || ex instanceof UncheckedIOException) {
                throw new IOException("node '" + name + "' can't be started: " + Reasons.of(ex), ex);
            }
            throw ex;
        }
    }

    /** On a thread of its own, since nothing interrupts the reading of standard input. */
    private static CompletableFuture<Boolean> publish(final Pipe pipe) {
        final CompletableFuture<Boolean> result = new CompletableFuture<>();
        final Thread thread = new Thread(() -> {
            try {
                result.complete(pipe.publish(new FileInputStream(FileDescriptor.in)));
            } catch (final Throwable ex) {
                result.completeExceptionally(ex);
            }
        }, "plumtree-publisher");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private void log(final String message) {
        spec.commandLine().getErr().println("plumtree: " + message);
    }

    private PipeOptions checkedOptions() {
        checkName("--name", name);
        checkName("--cluster", cluster);
        for (final Path plugin : plugins) {
            if (!Files.isDirectory(plugin)) {
                throw usage("--plugins must be a directory: '" + plugin + "'");
            }
        }
        final List<Member> others = members.stream().filter(member -> !member.id().name().equals(name)).toList();
        if (!contacts.isEmpty() && !members.isEmpty()) {
            throw usage("--contact and --member exclude each other: members are found, or given");
        }
        final int most = contacts.isEmpty() ? others.size() : MAX_PEERS;
        if (waitForPeers != null && waitForPeers > most) {
            throw usage("--wait-for-peers must be a whole number from 0 to " + most + ", as many as there are other"
                + " members: '" + waitForPeers + "'");
        }
        checkTopics();
        final int waitDefault = contacts.isEmpty() ? most : 1;
        final Map<String, String> keyed = new TreeMap<>(defaults.keyedOptions(spec, options));
        if (isPluginsRequired) {
            keyed.put(PluginOptions.PLUGINS_REQUIRED_PROPERTY, "true");
        }
        return new PipeOptions(name, listensAt(), cluster, others, contacts, plugins, keyed, publish,
            subscribe, waitForPeers == null ? waitDefault : waitForPeers,
            wait, linger, longLines == LongLines.SKIP, isQuiet);
    }

    private String listensAt() {
        if (bind != null) {
            return bind.text();
        }
        return members.stream().filter(member -> member.id().name().equals(name)).map(Member::endpoint).findFirst()
            .orElseThrow(() -> usage("--bind is missing: it must be HOST:PORT, unless --member names '" + name
                + "' itself"));
    }

    private void checkTopics() {
        if (publish != null && publish.isEmpty()) {
            throw usage("--publish must be a topic of 1 character or more: ''");
        }
        if (subscribe.stream().anyMatch(String::isEmpty)) {
            throw usage("--subscribe must be a topic of 1 character or more: ''");
        }
        // They may come from the environment, too.
        final String unreadable = Arguments.unreadable(
            Stream.concat(Stream.ofNullable(publish), subscribe.stream()).toArray(String[]::new));
        if (unreadable != null) {
            throw usage("topic " + unreadable);
        }
    }

    private void checkName(final String flag, final String value) {
        try {
            NodeId.of(value);
        } catch (final IllegalArgumentException ex) {
            throw usage(flag + ": " + ex.getMessage());
        }
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
