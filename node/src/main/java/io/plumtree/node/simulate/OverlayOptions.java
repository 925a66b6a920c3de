package io.plumtree.node.simulate;

import static io.plumtree.node.simulate.ScenarioValues.MAX_PAUSE;
import static io.plumtree.node.simulate.ScenarioValues.either;
import static io.plumtree.node.simulate.ScenarioValues.given;
import static io.plumtree.node.simulate.ScenarioValues.share;

import io.plumtree.node.options.Range;
import io.plumtree.simulator.LinkLatency;
import io.plumtree.simulator.Scenario;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of an overlay: its nodes, and the links between them. None has a default here ({@link Scenario} has). */
final class OverlayOptions {
    @Range(min = 2, max = 1_000_000)
    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes: 2 to 1000000. Default: 1000.")
    private Integer nodes;

    @Range(min = 1, max = 64)
    @Option(names = "--degree", paramLabel = "N",
        description = "Links of each node: 1 to 64, fewer than there are nodes. Default: 5.")
    private Integer degree;

    @Option(names = "--join-interval", paramLabel = "DURATION",
        description = "With hyparview, time between two nodes that join: 0ms (all at once) to 1m. Default: 10ms.")
    private Duration joinInterval;

    @Range(min = 0, max = 10_000)
    @Option(names = "--cycles", paramLabel = "N",
        description = "With hyparview, how often each node shuffles its views after all have joined and before the"
            + " first message: 0 to 10000. Default: 50; of 'bootstraps' 4.")
    private Integer cycles;

    @Option(names = "--latency", paramLabel = "RANGE",
        description = "What links take, one way, drawn for each link: such as 30ms, 10ms..50ms, or"
            + " regions:3:1ms..5ms:40ms..90ms for three regions, inside and between them. Default: 10ms..50ms.")
    private String latency;

    @Option(names = "--loss", paramLabel = "SHARE",
        description = "Share of the frames that are lost, of any kind: 0 to less than 1. Default: 0.")
    private Double loss;

    @Option(names = "--detection", paramLabel = "DURATION",
        description = "Longest time until a crash is noticed, half of it being the shortest: 0ms to 1m."
            + " Default: 800ms.")
    private Duration detection;

    /** What this says, and where it says nothing what another one does. */
    void over(final OverlayOptions other) {
        nodes = either(nodes, other.nodes);
        degree = either(degree, other.degree);
        joinInterval = either(joinInterval, other.joinInterval);
        cycles = either(cycles, other.cycles);
        latency = either(latency, other.latency);
        loss = either(loss, other.loss);
        detection = either(detection, other.detection);
    }

    /** How many nodes, or null where nothing is said. */
    Integer nodes() {
        return nodes;
    }

    /** Shuffles of each node, or null where nothing is said. */
    Integer cycles() {
        return cycles;
    }

    /**
     * Hands what is said to a scenario.
     *
     * @param scenario the scenario.
     * @throws IllegalArgumentException if a value is not allowed.
     */
    void applyTo(final Scenario scenario) {
        given(nodes, scenario::nodes);
        given(degree, scenario::degree);
        given("--join-interval", joinInterval, "0ms to 1m", Duration.ZERO, MAX_PAUSE, scenario::joinIntervalNs);
        given(cycles, scenario::cycles);
        given(ScenarioValues.parsed("--latency", latency, LinkLatency::parse), scenario::latency);
        given(share("--loss", loss), scenario::loss);
        given("--detection", detection, "0ms to 1m", Duration.ZERO, MAX_PAUSE, scenario::detectionNs);
    }
}
