package io.plumtree.node.simulate;

import static io.plumtree.node.simulate.ScenarioValues.MAX_PAUSE;
import static io.plumtree.node.simulate.ScenarioValues.either;
import static io.plumtree.node.simulate.ScenarioValues.given;
import static io.plumtree.node.simulate.ScenarioValues.parsed;
import static io.plumtree.node.simulate.ScenarioValues.share;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.options.Range;
import io.plumtree.simulator.OverlayKind;
import io.plumtree.simulator.Scenario;
import io.plumtree.simulator.Senders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private OverlayOptions links;

    @Option(names = "--overlay", paramLabel = "WHICH",
        description = "Who makes the overlay: random (drawn at the start, fixed) or hyparview (the nodes' own"
            + " membership: they join through one contact and mend what breaks; --degree is the most links of a"
            + " node). Default: random.")
    private String overlay;

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

    @Option(names = "--jitter", paramLabel = "DURATION",
        description = "By how much a frame may take longer than its link does: 0ms to 1m. Default: 0ms.")
    private Duration jitter;

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
        links.over(other.links);
        overlay = either(overlay, other.overlay);
        senders = either(senders, other.senders);
        messages = either(messages, other.messages);
        warmup = either(warmup, other.warmup);
        if (interval == null && rate == null) {
            interval = other.interval;
            rate = other.rate;
        }
        jitter = either(jitter, other.jitter);
        fail = either(fail, other.fail);
        failPerMessage = either(failPerMessage, other.failPerMessage);
        joinPerMessage = either(joinPerMessage, other.joinPerMessage);
        lazyTick = either(lazyTick, other.lazyTick);
        bandwidth = either(bandwidth, other.bandwidth);
        payload = either(payload, other.payload);
        final List<String> both = new ArrayList<>(other.settings);
        both.addAll(settings);
        settings = both;
        return this;
    }

    /** The overlay's part. */
    OverlayOptions links() {
        return links;
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
        try {
            links.applyTo(scenario);
            applyTo(scenario);
            List.of(more).forEach(scenario::set);
            return scenario.conclude();
        } catch (final IllegalArgumentException | PlumtreeException ex) {
            throw ScenarioValues.refused(spec, ex);
        }
    }

    private void applyTo(final Scenario scenario) {
        given(parsed("--overlay", overlay, OverlayKind::parse), scenario::overlay);
        given(parsed("--senders", senders, Senders::parse), scenario::senders);
        given(messages, scenario::messages);
        given(warmup, scenario::warmup);
        if (interval != null && rate != null) {
            throw new IllegalArgumentException("--interval and --rate exclude each other");
        }
        given("--interval", interval, "0ms to 60m", Duration.ZERO, MAX_INTERVAL, scenario::intervalNs);
        given(rate, perSecond -> scenario.intervalNs(TimeUnit.SECONDS.toNanos(1) / perSecond));
        given("--jitter", jitter, "0ms to 1m", Duration.ZERO, MAX_PAUSE, scenario::jitterNs);
        given(share("--fail", fail), scenario::fail);
        given(failPerMessage, scenario::failPerMessage);
        given(joinPerMessage, scenario::joinPerMessage);
        given("--lazy-tick", lazyTick, "1ms to 1m", Duration.ofMillis(1), MAX_PAUSE, scenario::lazyTickPeriodNs);
        given(bandwidth, scenario::bandwidth);
        given(payload, scenario::payloadLength);
        settings.forEach(scenario::set);
    }
}
