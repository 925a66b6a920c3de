package io.plumtree.node.simulate;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.options.Range;
import io.plumtree.simulator.LinkLatency;
import io.plumtree.simulator.OverlayKind;
import io.plumtree.simulator.Scenario;
import io.plumtree.simulator.Senders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * What is simulated. Nothing has a default here, since a second configuration is made of what it says over what the
 * first one says; {@link Scenario} has the defaults.
 */
final class ScenarioOptions {
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);
    /** What a scenario calls an option whose flag is spelt otherwise, or that is checked against another. */
    private static final Map<String, String> FLAGS = Map.of(
        "degree", "--degree", "senders", "--senders", "failPerMessage", "--fail-per-message",
        "joinPerMessage", "--join-per-message");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Range(min = 2, max = 1_000_000)
    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes: 2 to 1000000. Default: 1000.")
    private Integer nodes;

    @Range(min = 1, max = 64)
    @Option(names = "--degree", paramLabel = "N",
        description = "Links of each node: 1 to 64, fewer than there are nodes. Default: 5.")
    private Integer degree;

    @Option(names = "--overlay", paramLabel = "WHICH",
        description = "Who makes the overlay: random (drawn at the start, fixed) or hyparview (the nodes' own"
            + " membership: they join through one contact and mend what breaks; --degree is the most links of a"
            + " node). Default: random.")
    private String overlay;

    @Option(names = "--join-interval", paramLabel = "DURATION",
        description = "With hyparview, time between two nodes that join: 0ms (all at once) to 1m. Default: 10ms.")
    private Duration joinInterval;

    @Range(min = 0, max = 10_000)
    @Option(names = "--cycles", paramLabel = "N",
        description = "With hyparview, how often each node shuffles its views after all have joined and before the"
            + " first message: 0 to 10000. Default: 50; of --bootstraps 4.")
    private Integer cycles;

    @Option(names = "--senders", paramLabel = "WHO",
        description = "Who broadcasts: single (one node), rotating:N (N nodes in turn), fresh (each message by a node"
            + " that has sent none) or all (every node at once). Default: single.")
    private String senders;

    @Range(min = 1, max = 1_000_000)
    @Option(names = "--messages", paramLabel = "N",
        description = "Messages that are measured; with '--senders all', of each node: 1 to 1000000. Default: 60.")
    private Integer messages;

    @Range(min = 0, max = 1_000_000)
    @Option(names = "--warmup", paramLabel = "N",
        description = "Messages before those, in which the trees grow: 0 to 1000000. Default: 30.")
    private Integer warmup;

    @Option(names = "--interval", paramLabel = "DURATION",
        description = "Time between two messages: 0ms to 60m. Default: 1s.")
    private Duration interval;

    @Range(min = 1, max = 1_000_000)
    @Option(names = "--rate", paramLabel = "N",
        description = "Messages a second, in place of --interval: 1 to 1000000.")
    private Integer rate;

    @Option(names = "--latency", paramLabel = "RANGE",
        description = "What links take, one way, drawn for each link: such as 30ms, 10ms..50ms, or"
            + " regions:3:1ms..5ms:40ms..90ms for three regions, inside and between them. Default: 10ms..50ms.")
    private String latency;

    @Option(names = "--jitter", paramLabel = "DURATION",
        description = "By how much a frame may take longer than its link does: 0ms to 1m. Default: 0ms.")
    private Duration jitter;

    @Option(names = "--loss", paramLabel = "SHARE",
        description = "Share of the frames that are lost, of any kind: 0 to less than 1. Default: 0.")
    private Double loss;

    @Option(names = "--fail", paramLabel = "SHARE",
        description = "Share of the nodes that crash at once after the warm-up: 0 to less than 1. Default: 0.")
    private Double fail;

    @Range(min = 0, max = 1_000_000)
    @Option(names = "--fail-per-message", paramLabel = "N",
        description = "How many nodes crash before each message after the warm-up: 0 to as many as there are."
            + " Default: 0.")
    private Integer failPerMessage;

    @Range(min = 0, max = 1_000_000)
    @Option(names = "--join-per-message", paramLabel = "N",
        description = "How many nodes join before each message after the warm-up: 0 to as many as there are."
            + " Default: 0.")
    private Integer joinPerMessage;

    @Option(names = "--detection", paramLabel = "DURATION",
        description = "Longest time until a crash is noticed, half of it being the shortest: 0ms to 1m."
            + " Default: 800ms.")
    private Duration detection;

    @Option(names = "--lazy-tick", paramLabel = "DURATION",
        description = "Time between a node's announcements: 1ms to 1m. Default: 20ms.")
    private Duration lazyTick;

    @Range(min = 0, max = Long.MAX_VALUE)
    @Option(names = "--bandwidth", paramLabel = "BYTES",
        description = "Bytes a second of each link in each direction; 0 for no limit. Default: 0.")
    private Long bandwidth;

    @Range(min = 0, max = 1 << 20)
    @Option(names = "--payload", paramLabel = "BYTES",
        description = "Length of a message: 0 to 1048576. Default: 64.")
    private Integer payload;

    @Option(names = "--set", split = ",", paramLabel = "OPTION=VALUE",
        description = "An option of the protocol by its property's name, such as graft.timeout=100ms; or 'reference'"
            + " for what Erlang's Plumtree does. May be given again, a later one wins.")
    private List<String> settings = new ArrayList<>();

    /** A second command line that has these options alone. */
    @Command(name = "--compare")
    static final class Second {
        @Mixin
        private ScenarioOptions options;

        @Unmatched
        private List<String> unknown = new ArrayList<>();

        ScenarioOptions options() {
            return options;
        }

        List<String> unknown() {
            return unknown;
        }
    }


    /**
     * What this says, and where it says nothing what another one does; settings of both, this one's last.
     *
     * @param other the other.
     * @return this.
     */
    ScenarioOptions over(final ScenarioOptions other) {
        nodes = either(nodes, other.nodes);
        degree = either(degree, other.degree);
        overlay = either(overlay, other.overlay);
        joinInterval = either(joinInterval, other.joinInterval);
        cycles = either(cycles, other.cycles);
        senders = either(senders, other.senders);
        messages = either(messages, other.messages);
        warmup = either(warmup, other.warmup);
        if (interval == null && rate == null) {
            interval = other.interval;
            rate = other.rate;
        }
        latency = either(latency, other.latency);
        jitter = either(jitter, other.jitter);
        loss = either(loss, other.loss);
        fail = either(fail, other.fail);
        failPerMessage = either(failPerMessage, other.failPerMessage);
        joinPerMessage = either(joinPerMessage, other.joinPerMessage);
        detection = either(detection, other.detection);
        lazyTick = either(lazyTick, other.lazyTick);
        bandwidth = either(bandwidth, other.bandwidth);
        payload = either(payload, other.payload);
        final List<String> both = new ArrayList<>(other.settings);
        both.addAll(settings);
        settings = both;
        return this;
    }

    private static <T> T either(final T first, final T second) {
        return first == null ? second : first;
    }

    /** How many nodes, or null where nothing is said. */
    Integer nodes() {
        return nodes;
    }

    /** Shuffles of each node, or null where nothing is said. */
    Integer cycles() {
        return cycles;
    }

    /** The settings of the protocol. */
    List<String> settings() {
        return List.copyOf(settings);
    }

    /**
     * The scenario, concluded.
     *
     * @param seeds how many runs.
     * @param seed  seed of the first.
     * @param more  settings of the protocol after those that this has.
     * @return the scenario.
     * @throws ParameterException if a value, or values together, are not allowed.
     */
    Scenario scenario(final int seeds, final long seed, final String... more) {
        final Scenario scenario = new Scenario().seeds(seeds).firstSeed(seed);
        given(nodes, scenario::nodes);
        given(degree, scenario::degree);
        given(convert("--overlay", overlay, OverlayKind::parse), scenario::overlay);
        given("--join-interval", joinInterval, "0ms to 1m", Duration.ZERO, MAX_PAUSE, scenario::joinIntervalNs);
        given(cycles, scenario::cycles);
        given(convert("--senders", senders, Senders::parse), scenario::senders);
        given(messages, scenario::messages);
        given(warmup, scenario::warmup);
        if (interval != null && rate != null) {
            throw usage("--interval and --rate exclude each other");
        }
        given("--interval", interval, "0ms to 60m", Duration.ZERO, MAX_INTERVAL, scenario::intervalNs);
        given(rate, perSecond -> scenario.intervalNs(TimeUnit.SECONDS.toNanos(1) / perSecond));
        given(convert("--latency", latency, LinkLatency::parse), scenario::latency);
        given("--jitter", jitter, "0ms to 1m", Duration.ZERO, MAX_PAUSE, scenario::jitterNs);
        given(share("--loss", loss), scenario::loss);
        given(share("--fail", fail), scenario::fail);
        given(failPerMessage, scenario::failPerMessage);
        given(joinPerMessage, scenario::joinPerMessage);
        given("--detection", detection, "0ms to 1m", Duration.ZERO, MAX_PAUSE, scenario::detectionNs);
        given("--lazy-tick", lazyTick, "1ms to 1m", Duration.ofMillis(1), MAX_PAUSE, scenario::lazyTickPeriodNs);
        given(bandwidth, scenario::bandwidth);
        given(payload, scenario::payloadLength);
        settings.forEach(scenario::set);
        List.of(more).forEach(scenario::set);
        try {
            return scenario.conclude();
        } catch (final IllegalArgumentException | PlumtreeException ex) {
            throw usage(withFlag(ex.getMessage()));
        }
    }

    private static String withFlag(final String message) {
        final int blank = message.indexOf(' ');
        final String flag = blank < 0 ? null : FLAGS.get(message.substring(0, blank));
        return flag == null ? message : flag + message.substring(blank);
    }

    private static <T> void given(final T value, final Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private void given(
        final String flag,
        final Duration value,
        final String range,
        final Duration least,
        final Duration most,
        final Consumer<Long> setter) {
        if (value != null) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw usage(flag + " must be " + range + ": '" + value.toMillis() + "ms'");
            }
            setter.accept(value.toNanos());
        }
    }

    private Double share(final String flag, final Double value) {
        if (value != null && !(value >= 0 && value < 1)) {
            throw usage(flag + " must be 0 or more, and less than 1: '" + value + "'");
        }
        return value;
    }

    private <T> T convert(final String flag, final String text, final Function<String, T> parser) {
        try {
            return text == null ? null : parser.apply(text);
        } catch (final IllegalArgumentException ex) {
            throw usage(flag + " " + ex.getMessage().replaceFirst("^" + flag.substring(2) + " ", ""));
        }
    }

    private ParameterException usage(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
