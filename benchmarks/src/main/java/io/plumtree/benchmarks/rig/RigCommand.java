package io.plumtree.benchmarks.rig;

import io.plumtree.node.demo.LoopbackPorts;
import io.plumtree.transport.aeron.AeronTransportOptions;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.SystemUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a cluster beside raw Aeron, in turn, round by round. */
@Command(
    name = "benchmarks/rig",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
        "Measures a cluster of nodes in one JVM, and beside it, in turn, raw Aeron relaying along the same tree.",
        "Without --throughput: latency at a fixed rate, from the time at which each message was to be sent."})
public final class RigCommand implements Callable<Integer> {
    private static final long BACKOFF_MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final String AERON_PREFIX = "aeron.";
    private static final long BACKOFF_SPINS = 100;
    private static final long BACKOFF_YIELDS = 50;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", defaultValue = "8", description = "Nodes, 2 to 64 (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--payload", defaultValue = "64",
        description = "Bytes of a payload, 16 up to what one datagram holds (default: ${DEFAULT-VALUE}).")
    private int payloadLength;

    @Option(names = "--rate", defaultValue = "1000", description = "Messages a second (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(names = "--throughput", description = "As many messages as are accepted, instead of --rate.")
    private boolean isThroughput;

    @Option(names = "--fan-out", defaultValue = "2",
        description = "Children of a node in the tree to begin with (default: ${DEFAULT-VALUE}).")
    private int fanOut;

    @Option(names = "--seconds", defaultValue = "5s", converter = DurationConverter.class,
        description = "How long a round measures (default: ${DEFAULT-VALUE}).")
    private Duration measured;

    @Option(names = "--warmup", defaultValue = "3s", converter = DurationConverter.class,
        description = "How long a round sends before that (default: ${DEFAULT-VALUE}).")
    private Duration warmup;

    @Option(names = "--rounds", defaultValue = "5",
        description = "Rounds; each measures both once (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--threads", defaultValue = "one",
        description = "${COMPLETION-CANDIDATES}: a thread for all nodes, or one for each (default: ${DEFAULT-VALUE}).")
    private Threads threads;

    @Option(names = "--idle", defaultValue = "yield",
        description = "What a thread does without work: spin, yield, backoff (as nodes do by default: parks for"
            + " 50 us at most), or a time to park for, such as 100us (default: ${DEFAULT-VALUE}).")
    private String idle;

    @Option(names = "--driver", defaultValue = "own",
        description = "${COMPLETION-CANDIDATES}: a media driver in each node, or one for all on a thread of its own"
            + " (default: ${DEFAULT-VALUE}).")
    private Drivers drivers;

    @Option(names = "--mtu", description = "Aeron's longest datagram, in bytes (default: the transport's).")
    private String mtuLength;

    @Option(names = "--term", description = "Aeron's term, in bytes (default: the transport's).")
    private String termLength;

    @Option(names = "--frame-limit", defaultValue = "64",
        description = "Most frames that a node takes in each duty cycle (default: ${DEFAULT-VALUE}).")
    private int frameLimit;

    @Option(names = "--option", paramLabel = "KEY=VALUE", description = "An option of our nodes; may be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--stop-relay", description = "Stops a relay for good after a third of each round.")
    private boolean isRelayStopped;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file.")
    private File json;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with percentile plots to a file.")
    private File html;

    /** Who has threads. */
    enum Threads { one, each }

    /** Who has media drivers. */
    enum Drivers { own, shared }

    /** Made by the command line. */
    public RigCommand() {
    }

    /**
     * Runs it.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new RigCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final Round round = new Round(isThroughput ? 0 : rate, warmup, measured, isRelayStopped,
            threads == Threads.each, idleStrategies());
        final List<Measurement> ours = new ArrayList<>();
        final List<Measurement> raw = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            final Arrangement arrangement =
                new Arrangement(Tree.complete(nodes, fanOut), payloadLength, frameLimit, aeronOptions());
            final Deliveries ourDeliveries = new Deliveries(nodes, !isThroughput);
            final PlumtreeNodes cluster =
                new PlumtreeNodes(arrangement, LoopbackPorts.find(nodes), nodeOptions(), ourDeliveries);
            final Measurement our = round.measure(cluster, ourDeliveries);
            ours.add(our);
            print(out, "plumtree", our);
            if (System.getenv("RIG_COUNTERS") != null) {
                cluster.counters().forEach((k, v) -> { if (v != 0) { out.println("    " + k + " " + v); } });
            }
            final Arrangement same = our.tree().isSpanning() ? arrangement.along(our.tree()) : arrangement;
            final Deliveries rawDeliveries = new Deliveries(nodes, !isThroughput);
            final Measurement rawOne =
                round.measure(new RawNodes(same, LoopbackPorts.find(nodes), rawDeliveries), rawDeliveries);
            raw.add(rawOne);
            print(out, "raw", rawOne);
        }
        return 0;
    }

    private void print(final PrintWriter out, final String name, final Measurement m) {
        out.printf("%-9s %,12.0f/s  lost %d  B/delivery %.3f  cpu ns/delivery %.0f  p50 %.1f p99 %.1f max %.0f us  last p50 %.1f p99 %.1f us refused %d gap %.1f ms  %s%n",
            name, m.deliveriesPerSecond(), m.lost(), m.bytesPerDelivery(), m.processorNsPerDelivery(),
            m.each().getValueAtPercentile(50) / 1e3, m.each().getValueAtPercentile(99) / 1e3, m.each().getMaxValue() / 1e3,
            m.last().getValueAtPercentile(50) / 1e3, m.last().getValueAtPercentile(99) / 1e3, m.refused(), m.longestGapNs() / 1e6, m.tree());
        if (System.getenv("RIG_COUNTERS") != null) { out.println("turns " + Loops.TURNS.get(0) + " idle " + Loops.TURNS.get(1)); Loops.TURNS.set(0,0); Loops.TURNS.set(1,0); }
        out.flush();
    }

    /** Those of the nodes' options that are the transport's hold for raw Aeron too. */
    private Map<String, String> aeronOptions() {
        final Map<String, String> aeron = new LinkedHashMap<>(options);
        aeron.keySet().removeIf(key -> !key.startsWith(AERON_PREFIX));
        if (mtuLength != null) {
            aeron.put(AeronTransportOptions.MTU_LENGTH_PROPERTY, mtuLength);
        }
        if (termLength != null) {
            aeron.put(AeronTransportOptions.TERM_LENGTH_PROPERTY, termLength);
        }
        return aeron;
    }

    private Map<String, String> nodeOptions() {
        final Map<String, String> others = new LinkedHashMap<>(options);
        others.keySet().removeIf(key -> key.startsWith(AERON_PREFIX));
        return others;
    }

    private Supplier<IdleStrategy> idleStrategies() {
        return switch (idle) {
            case "spin" -> () -> BusySpinIdleStrategy.INSTANCE;
            case "yield" -> () -> YieldingIdleStrategy.INSTANCE;
            case "backoff" ->
                () -> new BackoffIdleStrategy(BACKOFF_SPINS, BACKOFF_YIELDS, 1_000, BACKOFF_MAX_PARK_NS);
            default -> parking();
        };
    }

    private Supplier<IdleStrategy> parking() {
        final long parkNs;
        try {
            parkNs = SystemUtil.parseDuration("--idle", idle);
        } catch (final NumberFormatException ex) {
            throw new ParameterException(spec.commandLine(), "--idle=" + idle + " is none of spin, yield, backoff,"
                + " and no time such as 100us", ex);
        }
        return () -> new SleepingIdleStrategy(parkNs);
    }
}
