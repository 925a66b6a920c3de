package io.plumtree.benchmarks.rig;

import io.plumtree.api.PlumtreeException;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.node.options.Range;
import io.plumtree.node.options.Ranges;
import io.plumtree.transport.aeron.AeronTransportOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.agrona.SystemUtil;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is measured, and how. */
final class RigOptions {
    private static final String AERON_PREFIX = "aeron.";
    /** Aeron's header of each datagram. */
    private static final int AERON_HEADER_LENGTH = 32;
    private static final Duration MIN_MEASURED = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Range(min = 2, max = 64)
    @Option(names = "--nodes", paramLabel = "N", defaultValue = "8",
        description = "Nodes: 2 to 64. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--payload", paramLabel = "BYTES", defaultValue = "64",
        description = "Length of a payload: 16 up to what one datagram holds. Default: ${DEFAULT-VALUE}.")
    private int payloadLength;

    @Range(min = 1, max = 1_000_000)
    @Option(names = "--rate", paramLabel = "N", defaultValue = "1000",
        description = "Messages a second: 1 to 1000000. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--throughput", description = "As many messages as are accepted, instead of --rate.")
    private boolean isThroughput;

    @Option(names = "--stop-relay",
        description = "Stop a relay for good after a third of each round: it has no more duty cycles. Tells how long"
            + " the others had nothing, and how long it took until they had everything again. Ours alone: raw Aeron"
            + " can't mend its tree.")
    private boolean isRelayStopped;

    @Range(min = 1, max = 63)
    @Option(names = "--fan-out", paramLabel = "N", defaultValue = "2",
        description = "Children of a node in the tree to begin with: 1 to 63. Default: ${DEFAULT-VALUE}.")
    private int fanOut;

    @Option(names = "--seconds", paramLabel = "TIME", defaultValue = "5s", converter = DurationConverter.class,
        description = "How long a turn measures: 100ms to 1h; seconds without a unit. Default: ${DEFAULT-VALUE}.")
    private Duration measured;

    @Option(names = "--warmup", paramLabel = "TIME", defaultValue = "3s", converter = DurationConverter.class,
        description = "How long a turn sends before that: 0 to 1h. Default: ${DEFAULT-VALUE}.")
    private Duration warmup;

    @Range(min = 1, max = 1_000)
    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
        description = "Rounds that count, each a turn of both: 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Range(min = 0, max = 100)
    @Option(names = "--rounds-warmup", paramLabel = "N", defaultValue = "1",
        description = "Rounds before them that don't, for the JIT compiler: 0 to 100. Default: ${DEFAULT-VALUE}.")
    private int warmupRounds;

    @Option(names = "--threads", paramLabel = "WHICH", defaultValue = "one",
        description = "${COMPLETION-CANDIDATES}: a thread for all nodes, or one for each. Default: ${DEFAULT-VALUE}.")
    private Threads threads;

    @Option(names = "--idle", paramLabel = "WHICH", defaultValue = "yield",
        description = "What a thread does without work: spin, yield, backoff (as nodes do by default: parks for"
            + " 50 us at most), or a time to park for, such as 100us. Default: ${DEFAULT-VALUE}.")
    private String idle;

    @Option(names = "--driver", paramLabel = "WHICH", defaultValue = "own",
        description = "${COMPLETION-CANDIDATES}: a media driver in each node, run by the node's thread, or one for all"
            + " nodes on a thread of its own, whose bytes and processor time are not counted. Default:"
            + " ${DEFAULT-VALUE}.")
    private Drivers drivers;

    @Option(names = "--mtu", paramLabel = "BYTES",
        description = "Aeron's longest datagram. Default: the transport's.")
    private String mtuLength;

    @Option(names = "--term", paramLabel = "BYTES", description = "Aeron's term. Default: the transport's.")
    private String termLength;

    @Range(min = 1, max = 65_536)
    @Option(names = "--frame-limit", paramLabel = "N", defaultValue = "64",
        description = "Most frames that a node takes in each duty cycle: 1 to 65536. Default: ${DEFAULT-VALUE}.")
    private int frameLimit;

    @Option(names = "--option", paramLabel = "KEY=VALUE",
        description = "A property of our nodes; may be repeated. Those of the transport, aeron.…, hold for raw Aeron"
            + " too.")
    private Map<String, String> options = new LinkedHashMap<>();

    /** Who has threads. */
    enum Threads {
        ONE, EACH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who has media drivers. */
    enum Drivers {
        OWN, SHARED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks ranges, and what must go together.
     *
     * @throws ParameterException that names the option and its value.
     */
    void check(final CommandSpec command) {
        Ranges.check(command);
        try {
            checkTimes();
            checkRelay();
            checkOptions();
            checkPayload();
        } catch (final IllegalArgumentException | PlumtreeException ex) {
            throw new ParameterException(command.commandLine(), ex.getMessage(), ex);
        }
    }

    private void checkTimes() {
        if (measured.compareTo(MIN_MEASURED) < 0 || measured.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--seconds must be from 100ms to 1h: '" + text(measured) + "'");
        }
        if (warmup.isNegative() || warmup.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--warmup must be from 0 to 1h: '" + text(warmup) + "'");
        }
        try {
            Idle.of(idle);
        } catch (final IllegalArgumentException ex) {
            throw new IllegalArgumentException("--idle " + ex.getMessage(), ex);
        }
    }

    private void checkRelay() {
        if (isRelayStopped && isThroughput) {
            throw new IllegalArgumentException("--stop-relay and --throughput exclude each other: gaps are told from"
                + " the times of messages sent at a rate");
        }
        if (isRelayStopped && initialTree().relay() < 0) {
            throw new IllegalArgumentException("--stop-relay needs a node that relays: --nodes=" + nodes
                + " with --fan-out=" + fanOut + " has none");
        }
    }

    private void checkOptions() {
        if (options.containsKey(AeronTransportOptions.DIRECTORY_PROPERTY)) {
            throw new IllegalArgumentException(
                "--option " + AeronTransportOptions.DIRECTORY_PROPERTY + " is not allowed: --driver says whose driver");
        }
        arrangement(initialTree()).transport();
        new NodeContext().properties(nodeOptions());
    }

    private void checkPayload() {
        final int mtu = transport().mtuLength();
        final int most = mtu - AERON_HEADER_LENGTH - GossipFrameEncoder.gossipLength(SequenceHandler.ID_LENGTH, 0);
        if (payloadLength < SequenceHandler.MIN_PAYLOAD_LENGTH || payloadLength > most) {
            throw new IllegalArgumentException("--payload must be from " + SequenceHandler.MIN_PAYLOAD_LENGTH + " to "
                + most + ", which is what one datagram of " + mtu + " bytes (--mtu) holds: '" + payloadLength + "'");
        }
    }

    private static String text(final Duration duration) {
        return duration.isNegative() ? duration.toNanos() + "ns" : SystemUtil.formatDuration(duration.toNanos());
    }

    /** The tree with which our nodes begin. */
    RelayTree initialTree() {
        return RelayTree.complete(nodes, fanOut);
    }

    Arrangement arrangement(final RelayTree tree) {
        final Map<String, String> aeron = new LinkedHashMap<>(options);
        aeron.keySet().removeIf(key -> !key.startsWith(AERON_PREFIX));
        if (mtuLength != null) {
            aeron.put(AeronTransportOptions.MTU_LENGTH_PROPERTY, mtuLength);
        }
        if (termLength != null) {
            aeron.put(AeronTransportOptions.TERM_LENGTH_PROPERTY, termLength);
        }
        return new Arrangement(tree, payloadLength, frameLimit, aeron);
    }

    private AeronTransportOptions transport() {
        return arrangement(initialTree()).transport();
    }

    /** The properties of our nodes, the transport's aside. */
    Map<String, String> nodeOptions() {
        final Map<String, String> others = new LinkedHashMap<>(options);
        others.keySet().removeIf(key -> key.startsWith(AERON_PREFIX));
        return others;
    }

    Round round() {
        return new Round(isThroughput ? 0 : rate, warmup, measured, isRelayStopped, threads == Threads.EACH,
            Idle.of(idle));
    }

    int rounds() {
        return rounds;
    }

    int warmupRounds() {
        return warmupRounds;
    }

    boolean isDriverShared() {
        return drivers == Drivers.SHARED;
    }

    boolean isRelayStopped() {
        return isRelayStopped;
    }

    /** For people, in two lines. */
    String words() {
        final AeronTransportOptions aeron = transport();
        return String.format(Locale.ROOT, "%d nodes, fan-out %d, payload %,d B, %s; %d rounds of %s%n"
            + "%s, idle %s, %s; MTU %,d B, term %,d B, frame limit %,d%s",
            nodes, fanOut, payloadLength,
            isThroughput ? "as many messages as are accepted" : String.format(Locale.ROOT, "%,d messages/s", rate),
            rounds, text(measured),
            threads == Threads.ONE ? "one thread for all nodes" : "a thread for each node", idle,
            isDriverShared() ? "one media driver for all" : "a media driver in each",
            aeron.mtuLength(), aeron.termLength(), frameLimit,
            (isRelayStopped ? "; a relay stopped" : "") + (options.isEmpty() ? "" : "; " + options));
    }

    /** For programs. */
    Map<String, Object> toMap() {
        final AeronTransportOptions aeron = transport();
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("nodes", nodes);
        map.put("payload", payloadLength);
        map.put("rate", isThroughput ? null : rate);
        map.put("throughput", isThroughput);
        map.put("stopRelay", isRelayStopped);
        map.put("fanOut", fanOut);
        map.put("measuredNs", measured.toNanos());
        map.put("warmupNs", warmup.toNanos());
        map.put("warmupRounds", warmupRounds);
        map.put("threads", threads.toString());
        map.put("idle", idle);
        map.put("driver", drivers.toString());
        map.put("mtuLength", aeron.mtuLength());
        map.put("termLength", aeron.termLength());
        map.put("frameLimit", frameLimit);
        map.put("options", options);
        return map;
    }
}
