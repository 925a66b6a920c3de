package io.plumtree.simulator;

import io.plumtree.protocol.options.HyParViewOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A question to the simulator: a cluster, its network, its load, a failure. All has defaults; {@link #conclude()}
 * checks ranges and relations. Not changed while it runs.
 */
public final class Scenario {
    private static final long MAX_DELIVERIES = 10_000_000_000L;

    private int nodes = 1_000;
    private int degree = 5;
    private OverlayKind overlay = OverlayKind.RANDOM;
    private long joinIntervalNs = TimeUnit.MILLISECONDS.toNanos(10);
    private int cycles = 50;
    private Senders senders = new Senders(Senders.Kind.SINGLE, 1);
    private int messages = 60;
    private int warmup = 30;
    private int seeds = 1;
    private long firstSeed = 1;
    private long intervalNs = TimeUnit.SECONDS.toNanos(1);
    private LinkLatency latency = LinkLatency.uniform(
        TimeUnit.MILLISECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(50));
    private long jitterNs;
    private double loss;
    private double fail;
    private int failPerMessage;
    private int joinPerMessage;
    private long detectionNs = TimeUnit.MILLISECONDS.toNanos(800);
    private long lazyTickPeriodNs = TimeUnit.MILLISECONDS.toNanos(20);
    private long bandwidth;
    private int payloadLength = 64;
    private final List<String> settings = new ArrayList<>();

    /** The defaults: 1,000 nodes of degree 5, one sender, 10 to 50 ms. */
    public Scenario() {
    }

    /**
     * Checks every range and relation.
     *
     * @return this scenario.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public Scenario conclude() {
        check("nodes", nodes, 2, 1_000_000);
        check("degree", degree, 1, Math.min(64, nodes - 1));
        check("joinIntervalNs", joinIntervalNs, 0, TimeUnit.MINUTES.toNanos(1));
        check("cycles", cycles, 0, 10_000);
        check("messages", messages, 1, 1_000_000);
        check("warmup", warmup, 0, 1_000_000);
        check("seeds", seeds, 1, 10_000);
        check("intervalNs", intervalNs, 0, TimeUnit.HOURS.toNanos(1));
        check("jitterNs", jitterNs, 0, TimeUnit.MINUTES.toNanos(1));
        check("failPerMessage", failPerMessage, 0, nodes);
        check("joinPerMessage", joinPerMessage, 0, nodes);
        check("detectionNs", detectionNs, 0, TimeUnit.MINUTES.toNanos(1));
        check("lazyTickPeriodNs", lazyTickPeriodNs, TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.MINUTES.toNanos(1));
        check("bandwidth", bandwidth, 0, Long.MAX_VALUE);
        check("payloadLength", payloadLength, 0, 1 << 20);
        if (!(loss >= 0 && loss < 1)) {
            throw new IllegalArgumentException("loss must be 0 or more, and less than 1: " + loss);
        }
        if (!(fail >= 0 && fail < 1)) {
            throw new IllegalArgumentException("fail must be 0 or more, and less than 1: " + fail);
        }
        if (senders.count() > nodes) {
            throw new IllegalArgumentException(
                "senders must be no more than nodes, which is " + nodes + ": " + senders.count());
        }
        if (senders.kind() == Senders.Kind.FRESH && warmup + messages > nodes) {
            throw new IllegalArgumentException("with fresh senders, warmup + messages must be no more than nodes, which"
                + " is " + nodes + ": " + (warmup + messages));
        }
        final long broadcasts = (long) (warmup + messages) * (senders.kind() == Senders.Kind.ALL ? nodes : 1);
        if (broadcasts * nodes > MAX_DELIVERIES) {
            throw new IllegalArgumentException("nodes, messages and senders together make " + broadcasts * nodes
                + " deliveries; " + MAX_DELIVERIES + " is the most");
        }
        protocol();
        return this;
    }

    private static void check(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be between " + min + " and " + max + ": " + value);
        }
    }

    /**
     * The protocol's options for one node: our defaults, with the tables' sizes fit to the number of nodes, and the
     * settings over them.
     *
     * @return new options.
     * @throws IllegalArgumentException if a setting is none, or out of its range.
     */
    public PlumtreeOptions protocol() {
        return ProtocolSettings.of(nodes, Math.max(8, 2 * degree), settings);
    }

    /**
     * The membership's options: the defaults, with the degree as the size of the active view.
     *
     * @return new options.
     */
    public HyParViewOptions membership() {
        return new HyParViewOptions().activeViewSize(degree);
    }

    /**
     * How long the nodes take to make their overlay.
     *
     * @return nanoseconds; 0 where it is there from the start.
     */
    long overlayNs() {
        return overlay == OverlayKind.RANDOM ? 0 : nodes * joinIntervalNs + cycles * membership().shufflePeriodNs();
    }

    /**
     * A setting of the protocol: {@code reference} for the reference's behaviour, or a property and its value, such as
     * {@code plumtree.graft.timeout=100ms}; {@code plumtree.} may be left out.
     *
     * @param setting the setting; a later one wins.
     * @return this scenario.
     */
    public Scenario set(final String setting) {
        settings.add(setting);
        return this;
    }

    /**
     * How many nodes.
     *
     * @return nodes.
     */
    public int nodes() {
        return nodes;
    }

    /**
     * How many nodes there are. Default 1,000, range 2 to 1,000,000.
     *
     * @param count nodes.
     * @return this scenario.
     */
    public Scenario nodes(final int count) {
        this.nodes = count;
        return this;
    }

    /**
     * Links of each node.
     *
     * @return links.
     */
    public int degree() {
        return degree;
    }

    /**
     * Links of each node in a random overlay; most links of a node in one of HyParView's. Default 5, range 1 to 64,
     * below the number of nodes.
     *
     * @param count links.
     * @return this scenario.
     */
    public Scenario degree(final int count) {
        this.degree = count;
        return this;
    }

    /**
     * Who makes the overlay.
     *
     * @return the overlay.
     */
    public OverlayKind overlay() {
        return overlay;
    }

    /**
     * Who makes the overlay. Default: random, and fixed.
     *
     * @param value the overlay.
     * @return this scenario.
     */
    public Scenario overlay(final OverlayKind value) {
        this.overlay = value;
        return this;
    }

    /**
     * Time between two nodes that join.
     *
     * @return nanoseconds.
     */
    public long joinIntervalNs() {
        return joinIntervalNs;
    }

    /**
     * Time between two nodes that join, with HyParView. Default 10 ms, up to 1 min; 0 for all at once.
     *
     * @param value nanoseconds.
     * @return this scenario.
     */
    public Scenario joinIntervalNs(final long value) {
        this.joinIntervalNs = value;
        return this;
    }

    /**
     * How often nodes shuffle before the first message.
     *
     * @return shuffles of each.
     */
    public int cycles() {
        return cycles;
    }

    /**
     * How often nodes shuffle their views before the first message, after all have joined, with HyParView. Default 50,
     * from 0.
     *
     * @param count shuffles of each.
     * @return this scenario.
     */
    public Scenario cycles(final int count) {
        this.cycles = count;
        return this;
    }

    /**
     * Who broadcasts.
     *
     * @return the senders.
     */
    public Senders senders() {
        return senders;
    }

    /**
     * Who broadcasts. Default: one node.
     *
     * @param who the senders.
     * @return this scenario.
     */
    public Scenario senders(final Senders who) {
        this.senders = who;
        return this;
    }

    /**
     * Messages after the warm-up.
     *
     * @return messages.
     */
    public int messages() {
        return messages;
    }

    /**
     * Messages after the warm-up; with {@link Senders.Kind#ALL}, rounds of one message of each node. Default 60,
     * from 1.
     *
     * @param count messages.
     * @return this scenario.
     */
    public Scenario messages(final int count) {
        this.messages = count;
        return this;
    }

    /**
     * Messages before those that are measured.
     *
     * @return messages.
     */
    public int warmup() {
        return warmup;
    }

    /**
     * Messages before those that are measured. Default 30, from 0.
     *
     * @param count messages.
     * @return this scenario.
     */
    public Scenario warmup(final int count) {
        this.warmup = count;
        return this;
    }

    /**
     * How many runs.
     *
     * @return runs.
     */
    public int seeds() {
        return seeds;
    }

    /**
     * How many runs, each with a seed of its own. Default 1, range 1 to 10,000.
     *
     * @param count runs.
     * @return this scenario.
     */
    public Scenario seeds(final int count) {
        this.seeds = count;
        return this;
    }

    /**
     * Seed of the first run.
     *
     * @return the seed.
     */
    public long firstSeed() {
        return firstSeed;
    }

    /**
     * Seed of the first run; the others' follow. Default 1.
     *
     * @param value the seed.
     * @return this scenario.
     */
    public Scenario firstSeed(final long value) {
        this.firstSeed = value;
        return this;
    }

    /**
     * Time between two messages.
     *
     * @return nanoseconds.
     */
    public long intervalNs() {
        return intervalNs;
    }

    /**
     * Time between two messages. Default 1 s, up to 1 h.
     *
     * @param value nanoseconds.
     * @return this scenario.
     */
    public Scenario intervalNs(final long value) {
        this.intervalNs = value;
        return this;
    }

    /**
     * How long links take.
     *
     * @return the latencies.
     */
    public LinkLatency latency() {
        return latency;
    }

    /**
     * How long links take, one way. Default 10 to 50 ms, uniform.
     *
     * @param latencies the latencies.
     * @return this scenario.
     */
    public Scenario latency(final LinkLatency latencies) {
        this.latency = latencies;
        return this;
    }

    /**
     * Most by which a frame may take longer.
     *
     * @return nanoseconds.
     */
    public long jitterNs() {
        return jitterNs;
    }

    /**
     * Most by which a frame may take longer than its link does, uniform; frames of a link stay in order. Default 0,
     * up to 1 min.
     *
     * @param value nanoseconds.
     * @return this scenario.
     */
    public Scenario jitterNs(final long value) {
        this.jitterNs = value;
        return this;
    }

    /**
     * Share of the frames that are lost.
     *
     * @return the share.
     */
    public double loss() {
        return loss;
    }

    /**
     * Share of the frames that are lost, of each kind and on each link. Default 0, less than 1.
     *
     * @param share the share.
     * @return this scenario.
     */
    public Scenario loss(final double share) {
        this.loss = share;
        return this;
    }

    /**
     * Share of the nodes that crash at once.
     *
     * @return the share.
     */
    public double fail() {
        return fail;
    }

    /**
     * Share of the nodes that crash at once, after the warm-up. Default 0, less than 1.
     *
     * @param share the share.
     * @return this scenario.
     */
    public Scenario fail(final double share) {
        this.fail = share;
        return this;
    }

    /**
     * How many nodes crash before each message.
     *
     * @return nodes.
     */
    public int failPerMessage() {
        return failPerMessage;
    }

    /**
     * How many nodes crash before each message after the warm-up. Default 0.
     *
     * @param count nodes.
     * @return this scenario.
     */
    public Scenario failPerMessage(final int count) {
        this.failPerMessage = count;
        return this;
    }

    /**
     * How many nodes join before each message.
     *
     * @return nodes.
     */
    public int joinPerMessage() {
        return joinPerMessage;
    }

    /**
     * How many nodes join half an interval before each message after the warm-up, each with as many links as others
     * have, to living nodes at random. Default 0, up to the number of nodes. What was broadcast before a node joined is
     * not counted for it.
     *
     * @param count nodes.
     * @return this scenario.
     */
    public Scenario joinPerMessage(final int count) {
        this.joinPerMessage = count;
        return this;
    }

    /**
     * Longest time until a crash is noticed.
     *
     * @return nanoseconds.
     */
    public long detectionNs() {
        return detectionNs;
    }

    /**
     * Longest time until a peer's crash is noticed; the shortest is half of it. Default 800 ms, a node's liveness
     * timeout; up to 1 min.
     *
     * @param value nanoseconds.
     * @return this scenario.
     */
    public Scenario detectionNs(final long value) {
        this.detectionNs = value;
        return this;
    }

    /**
     * Time between a node's lazy ticks.
     *
     * @return nanoseconds.
     */
    public long lazyTickPeriodNs() {
        return lazyTickPeriodNs;
    }

    /**
     * Time between a node's lazy ticks. Default 20 ms, a node's default; 1 ms to 1 min.
     *
     * @param value nanoseconds.
     * @return this scenario.
     */
    public Scenario lazyTickPeriodNs(final long value) {
        this.lazyTickPeriodNs = value;
        return this;
    }

    /**
     * Bytes a second of each link.
     *
     * @return bytes a second, or 0.
     */
    public long bandwidth() {
        return bandwidth;
    }

    /**
     * Bytes a second that each link takes in each direction. Default 0, for no limit.
     *
     * @param value bytes a second, or 0.
     * @return this scenario.
     */
    public Scenario bandwidth(final long value) {
        this.bandwidth = value;
        return this;
    }

    /**
     * Length of each payload.
     *
     * @return bytes.
     */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * Length of each payload. Default 64, up to 1 MiB.
     *
     * @param count bytes.
     * @return this scenario.
     */
    public Scenario payloadLength(final int count) {
        this.payloadLength = count;
        return this;
    }

    /**
     * The settings of the protocol.
     *
     * @return the settings, as they were given.
     */
    public List<String> settings() {
        return List.copyOf(settings);
    }
}
