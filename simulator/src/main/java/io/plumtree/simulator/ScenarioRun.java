package io.plumtree.simulator;

import io.plumtree.protocol.ProtocolCounter;
import io.plumtree.protocol.membership.HyParViewCounter;
import io.plumtree.simulator.cluster.Cluster;
import io.plumtree.simulator.cluster.ClusterView;
import io.plumtree.simulator.cluster.Members;
import io.plumtree.simulator.cluster.NetworkSettings;
import io.plumtree.simulator.cluster.Overlays;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One run of a scenario: the same scenario and seed give the same result, but for the simulator's speed. */
public final class ScenarioRun {
    /** Links are up so long after the overlay is made, before the first message. */
    private static final long LINKS_NS = TimeUnit.SECONDS.toNanos(1);
    /** So long after the last message what is missing may still come. */
    private static final long DRAIN_NS = TimeUnit.MINUTES.toNanos(1);
    private static final double SETTLED = 0.01;

    private final Scenario scenario;
    private final long seed;
    private final SplittableRandom random;
    private final int perRound;
    private final int firstMeasured;
    private final Metrics metrics;
    private final Cluster cluster;
    private final ClusterView view;
    private final boolean isMended;
    private final long startNs;
    private final double[] floodReliability;
    private Members members;

    private ScenarioRun(final Scenario scenario, final long seed, final RunProgress progress) {
        this.scenario = scenario;
        this.seed = seed;
        random = new SplittableRandom(seed);
        perRound = scenario.senders().kind() == Senders.Kind.ALL ? scenario.nodes() : 1;
        firstMeasured = scenario.warmup() * perRound;
        final int messages = (scenario.warmup() + scenario.messages()) * perRound;
        metrics = new Metrics(messages, firstMeasured, (long) messages * (scenario.nodes() - 1), progress);
        cluster = new Cluster(network(), random.nextLong(), metrics);
        view = cluster.view();
        isMended = scenario.overlay() == OverlayKind.HYPARVIEW;
        startNs = scenario.overlayNs() + LINKS_NS;
        floodReliability = new double[isMended ? scenario.messages() * perRound : 0];
    }

    /**
     * Runs a scenario.
     *
     * @param scenario the scenario.
     * @param seed     what chance depends on.
     * @param progress is told how far it has come.
     * @return what it has shown.
     * @throws IllegalArgumentException if an option is out of its range.
     */
    public static RunResult run(final Scenario scenario, final long seed, final RunProgress progress) {
        return new ScenarioRun(scenario.conclude(), seed, progress).run();
    }

    private NetworkSettings network() {
        final NetworkSettings network = new NetworkSettings();
        network.protocol = scenario.protocol();
        network.lazyTickPeriodNs = scenario.lazyTickPeriodNs();
        network.detectionNs = scenario.detectionNs();
        network.jitterNs = scenario.jitterNs();
        network.loss = scenario.loss();
        network.bandwidth = scenario.bandwidth();
        network.payloadLength = scenario.payloadLength();
        return network;
    }

    private RunResult run() {
        build();
        final int[] victims = shuffled();
        final int failing = (int) Math.round(scenario.fail() * scenario.nodes());
        // Those who send come from the other end, so that they survive.
        final int[] senders = reversed(victims);
        plan(senders, victims, failing);
        final long realNs = System.nanoTime();
        cluster.run(startNs + (scenario.warmup() + scenario.messages()) * scenario.intervalNs() + DRAIN_NS);
        return result(failing, System.nanoTime() - realNs);
    }

    private void build() {
        if (isMended) {
            members = cluster.membership(scenario.membership(), new PairLatency(scenario, random.nextLong()));
            for (int node = 0; node < scenario.nodes(); node++) {
                final int joining = cluster.addNode();
                cluster.at(node * scenario.joinIntervalNs(), () -> cluster.startMember(joining, 0));
            }
            return;
        }
        for (int node = 0; node < scenario.nodes(); node++) {
            cluster.addNode();
        }
        final int[] ends = Overlays.random(scenario.nodes(), scenario.degree(), random);
        for (int i = 0; i < ends.length; i += 2) {
            cluster.links().add(ends[i], ends[i + 1], scenario.latency().draw(ends[i], ends[i + 1], random));
        }
        for (int node = 0; node < scenario.nodes(); node++) {
            cluster.start(node);
        }
    }

    private int[] shuffled() {
        final int[] nodes = new int[scenario.nodes()];
        for (int i = 0; i < nodes.length; i++) {
            final int j = random.nextInt(i + 1);
            nodes[i] = nodes[j];
            nodes[j] = i;
        }
        return nodes;
    }

    private static int[] reversed(final int[] values) {
        final int[] result = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[values.length - 1 - i];
        }
        return result;
    }

    private void plan(final int[] senders, final int[] victims, final int failing) {
        for (int round = 0; round < scenario.warmup() + scenario.messages(); round++) {
            final long atNs = startNs + round * scenario.intervalNs();
            final int measured = round - scenario.warmup();
            if (measured == 0 && failing > 0) {
                crashAt(atNs, victims, 0, failing);
            }
            if (measured >= 0 && scenario.failPerMessage() > 0) {
                final int first = failing + measured * scenario.failPerMessage();
                crashAt(atNs, victims, first, Math.min(first + scenario.failPerMessage(), lastVictim()));
            }
            if (measured >= 0) {
                for (int i = 0; i < scenario.joinPerMessage(); i++) {
                    cluster.at(atNs - scenario.intervalNs() / 2, this::join);
                }
            }
            for (int i = 0; i < perRound; i++) {
                if (measured >= 0 && isMended) {
                    final int message = measured * perRound + i;
                    final int sender = sender(senders, round, i);
                    cluster.at(atNs, () -> floodReliability[message] = floodReliability(sender));
                }
                cluster.broadcastAt(sender(senders, round, i), atNs);
            }
        }
    }

    /** What a flood would reach now, over links that may be as broken as they are. */
    private double floodReliability(final int sender) {
        if (!view.isAlive(sender)) {
            return 0;
        }
        final OverlayGraph graph = OverlayGraph.of(
            view.size(), node -> view.isAlive(node) ? view.connected(node) : null);
        return graph.running() == 1 ? 1 : (graph.reach(sender) - 1.0) / (graph.running() - 1);
    }

    private void join() {
        final int node = cluster.addNode();
        metrics.onJoin(node, cluster.nowNs());
        if (isMended) {
            int contact = random.nextInt(node);
            while (!view.isAlive(contact)) {
                contact = random.nextInt(node);
            }
            cluster.startMember(node, contact);
            return;
        }
        final int links = Math.min(scenario.degree(), node);
        int tries = 100 * links;
        while (view.peers(node).length < links && tries-- > 0) {
            final int peer = random.nextInt(node);
            if (view.isAlive(peer) && view.peers(peer).length < 2 * scenario.degree()
                && Arrays.stream(view.peers(node)).noneMatch(each -> each == peer)) {
                cluster.links().join(peer, node, scenario.latency().draw(peer, node, random));
            }
        }
        cluster.start(node);
    }

    /** Two nodes and all senders survive. */
    private int lastVictim() {
        final int senders = scenario.senders().kind() == Senders.Kind.FRESH
            ? scenario.warmup() + scenario.messages() : scenario.senders().count();
        return scenario.nodes() - Math.max(2, senders);
    }

    private void crashAt(final long atNs, final int[] victims, final int from, final int to) {
        if (from < to) {
            cluster.at(atNs, () -> {
                for (int i = from; i < to; i++) {
                    cluster.crash(victims[i]);
                }
            });
        }
    }

    private int sender(final int[] senders, final int round, final int i) {
        return switch (scenario.senders().kind()) {
            case SINGLE -> senders[0];
            case ROTATING -> senders[round % scenario.senders().count()];
            case FRESH -> senders[round];
            case ALL -> i;
        };
    }

    // ---- the result

    private RunResult result(final int failing, final long elapsedNs) {
        final int messages = view.messageCount();
        final double[] redundancy = new double[messages];
        final double[] reliability = new double[messages];
        double reliabilityOfAll = 0;
        final boolean[][] components = new boolean[view.size()][];
        long missed = 0;
        long missedInAll = 0;
        for (int message = 0; message < messages; message++) {
            redundancy[message] = metrics.redundancy(message);
            final int root = view.root(message);
            if (components[root] == null) {
                components[root] = connected(root);
            }
            int expected = 0;
            int reached = 0;
            int living = 0;
            int reachedOfLiving = 0;
            for (int node = 0; node < view.size(); node++) {
                if (view.isAlive(node) && node != root && !metrics.isCatchUp(node, message)) {
                    living++;
                    reachedOfLiving += view.has(node, message) ? 1 : 0;
                }
                if (components[root][node] && node != root && !metrics.isCatchUp(node, message)) {
                    expected++;
                    reached += view.has(node, message) ? 1 : 0;
                }
            }
            reliability[message] = expected == 0 ? 1 : (double) reached / expected;
            if (message >= firstMeasured) {
                reliabilityOfAll += living == 0 ? 1 : (double) reachedOfLiving / living;
            }
            missedInAll += expected - reached;
            missed += message < firstMeasured ? 0 : expected - reached;
        }
        final double deliveries = Math.max(1, metrics.measuredDeliveries);
        return new RunResult(
            seed,
            scenario.nodes(),
            new RunResult.Quality(
                mean(redundancy),
                Arrays.stream(metrics.lastHops).skip(firstMeasured).average().orElse(0),
                missed,
                missedInAll),
            new RunResult.Cost(
                metrics.controlFrames / deliveries,
                metrics.controlBytes / deliveries,
                metrics.payloadBytes / deliveries),
            speed(),
            new RunResult.Recovery(
                failing == 0 ? Double.NaN : reliability[firstMeasured],
                failing == 0 ? -1 : messagesToSettle(redundancy),
                reliabilityOfAll / (messages - firstMeasured),
                Arrays.stream(floodReliability).average().orElse(Double.NaN),
                messagesToHeal()),
            new RunResult.Course(
                metrics.allDeliveries,
                metrics.allDeliveries * 1e9 / Math.max(1, elapsedNs),
                cluster.eventCount(),
                cluster.digest()),
            new RunResult.Details(
                redundancy,
                reliability,
                floodReliability,
                metrics.lastHops,
                metrics.latencies.byMilliseconds(),
                eagerDegrees(),
                counters()));
    }

    private RunResult.Speed speed() {
        final double p99 = metrics.latencies.percentileMs(0.99);
        final double floodP99 = flooded().percentileMs(0.99);
        return new RunResult.Speed(
            metrics.latencies.percentileMs(0.5),
            p99,
            metrics.latencies.maxMs(),
            floodP99,
            floodP99 == 0 ? 0 : p99 / floodP99,
            metrics.repaired.total(),
            metrics.repaired.percentileMs(0.99));
    }

    /** Those to whom a message should get: with an overlay that mends itself, everybody. */
    private boolean[] connected(final int root) {
        final boolean[] nodes = new boolean[view.size()];
        if (isMended) {
            for (int node = 0; node < nodes.length; node++) {
                nodes[node] = view.isAlive(node);
            }
            return nodes;
        }
        return view.isAlive(root) ? Overlays.component(view, root) : nodes;
    }

    private int messagesToHeal() {
        int last = floodReliability.length;
        while (last > 0 && floodReliability[last - 1] == 1) {
            last--;
        }
        return last == floodReliability.length ? -1 : last;
    }

    private double mean(final double[] byMessage) {
        return Arrays.stream(byMessage).skip(firstMeasured).average().orElse(0);
    }

    /** The messages after the failure before redundancy is low, and stays so. */
    private int messagesToSettle(final double[] redundancy) {
        int last = redundancy.length;
        while (last > firstMeasured && redundancy[last - 1] < SETTLED) {
            last--;
        }
        return last == redundancy.length ? -1 : last - firstMeasured;
    }

    private LatencyRecord flooded() {
        final Flood flood = new Flood(view, scenario, seed);
        final LatencyRecord record = new LatencyRecord();
        for (int message = firstMeasured; message < view.messageCount(); message++) {
            if (view.isAlive(view.root(message))) {
                flood.record(view.root(message), record);
            }
        }
        return record;
    }

    private int[] eagerDegrees() {
        final int root = view.root(view.messageCount() - 1);
        final int[] degrees = new int[2 * Math.max(8, 2 * scenario.degree())];
        int most = 0;
        for (int node = 0; node < view.size(); node++) {
            if (view.isAlive(node)) {
                int degree = 0;
                for (final int peer : view.peers(node)) {
                    degree += view.isAlive(peer) && view.isEager(root, node, peer) ? 1 : 0;
                }
                degrees[Math.min(degree, degrees.length - 1)]++;
                most = Math.max(most, degree);
            }
        }
        return Arrays.copyOf(degrees, Math.min(most + 1, degrees.length));
    }

    private Map<String, Long> counters() {
        final Map<String, Long> counters = new LinkedHashMap<>();
        for (final ProtocolCounter counter : ProtocolCounter.values()) {
            counters.put(counter.label(), view.total(counter));
        }
        if (members != null) {
            for (final HyParViewCounter counter : HyParViewCounter.values()) {
                counters.put(counter.label(), members.total(counter));
            }
        }
        return counters;
    }
}
