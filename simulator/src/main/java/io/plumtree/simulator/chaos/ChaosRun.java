package io.plumtree.simulator.chaos;

import static io.plumtree.simulator.chaos.ChaosPlan.MS;
import static io.plumtree.simulator.chaos.ChaosPlan.SECOND;

import io.plumtree.protocol.StartingSets;
import io.plumtree.simulator.cluster.Cluster;
import io.plumtree.simulator.cluster.ClusterObserver;
import io.plumtree.simulator.cluster.ClusterView;
import io.plumtree.simulator.cluster.NetworkSettings;
import io.plumtree.simulator.cluster.Overlays;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One run of a plan: load and faults; all faults end; all is delivered; trees settle; nothing happens any more. */
final class ChaosRun {
    /** Links are up by then. */
    private static final long START_NS = SECOND;
    private static final long BOUNDS_PERIOD_NS = 100 * MS;
    /** So long after all faults have ended what is missing may still come. */
    private static final long DELIVERY_NS = 60 * SECOND;
    private static final int SETTLING_MESSAGES = 12;
    private static final int MOST_ROOTS = 3;

    private final ChaosPlan plan;
    private final SplittableRandom random;
    private final NetworkSettings network;
    private final Findings findings = new Findings();
    private final DeliveryCheck deliveries = new DeliveryCheck(findings);
    private final MessageLog log = new MessageLog();
    private final Watchers watchers;
    private final Cluster cluster;
    private final ClusterView view;
    private final BoundsCheck bounds;
    /** Dead nodes that will be started again by what killed them. */
    private final Set<Integer> returning = new HashSet<>();
    private final Set<Integer> gone = new HashSet<>();
    private final Set<Long> cuts = new HashSet<>();
    private final Set<Integer> slow = new HashSet<>();
    private boolean isHealed;

    ChaosRun(final ChaosPlan plan, final List<ClusterObserver> observers) {
        this.plan = plan;
        random = new SplittableRandom(plan.runSeed);
        network = plan.network();
        final List<ClusterObserver> all = new ArrayList<>(List.of(deliveries, log));
        all.addAll(observers);
        watchers = new Watchers(all);
        cluster = new Cluster(network, plan.networkSeed, watchers);
        view = cluster.view();
        bounds = new BoundsCheck(view, plan.protocol, findings);
    }

    Findings run() {
        build();
        planLoad();
        planFaults();
        checkBounds();
        cluster.run(START_NS + plan.loadNs + random.nextLong(2 * SECOND));
        heal();
        awaitDelivery();
        if (findings.isEmpty()) {
            settle();
        }
        return findings;
    }

    /** What has happened. */
    ChaosFigures figures() {
        return log.figures(view.messageCount(), cluster.eventCount(), cluster.digest());
    }

    private void note(final String text) {
        watchers.onFault(text, cluster.nowNs());
    }

    // ---- building

    private void build() {
        for (int node = 0; node < plan.nodes; node++) {
            addNode();
        }
        final int degree = plan.isFull() ? plan.nodes - 1 : plan.degree;
        final int[] ends = Overlays.random(plan.nodes, degree, random);
        for (int i = 0; i < ends.length; i += 2) {
            cluster.links().add(ends[i], ends[i + 1], latencyNs(ends[i], ends[i + 1]));
        }
        for (int node = 0; node < plan.nodes; node++) {
            start(node);
        }
    }

    private int addNode() {
        final int node = cluster.addNode();
        final long offsetNs = switch (plan.clocks) {
            case TRUE -> 0;
            case OFFSET, DRIFTING -> random.nextLong();
            case WRAPPING -> Long.MAX_VALUE - cluster.nowNs() - random.nextLong(plan.loadNs + 5 * SECOND);
        };
        final boolean isDrifting = plan.clocks == ChaosPlan.Clocks.DRIFTING;
        cluster.clock(node, offsetNs, isDrifting ? random.nextLong(-5_000, 5_001) : 0);
        return node;
    }

    private long latencyNs(final int a, final int b) {
        return plan.latency.draw(a, b, random);
    }

    private void start(final int node) {
        if (plan.isFull()) {
            final long[] members = IntStream.concat(IntStream.of(node), IntStream.of(view.peers(node)))
                .mapToLong(each -> each + 1L).toArray();
            cluster.start(
                node, StartingSets.eagers(plan.starting, node + 1L, members),
                StartingSets.lazys(plan.starting, node + 1L, members));
        } else {
            cluster.start(node);
        }
    }

    // ---- load

    private void planLoad() {
        final int[] senders = shuffled(plan.nodes);
        int sent = 0;
        while (sent < plan.messages) {
            if (plan.isBursting) {
                final long atNs = START_NS + random.nextLong(plan.loadNs);
                final int count = Math.min(plan.messages - sent, 1 + random.nextInt(60));
                final boolean isSingle = random.nextBoolean();
                final int sender = senders[random.nextInt(plan.senders)];
                for (int i = 0; i < count; i++, sent++) {
                    cluster.broadcastAt(
                        isSingle ? sender : senders[random.nextInt(plan.senders)], atNs + random.nextLong(5 * MS));
                }
            } else {
                cluster.broadcastAt(
                    senders[random.nextInt(plan.senders)], START_NS + sent++ * plan.loadNs / plan.messages);
            }
        }
    }

    private int[] shuffled(final int count) {
        final int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            final int j = random.nextInt(i + 1);
            values[i] = values[j];
            values[j] = i;
        }
        return values;
    }

    // ---- faults

    private void planFaults() {
        final List<ChaosFault> kinds = List.copyOf(plan.faults.stream().sorted().toList());
        for (int i = 0; i < plan.faultCount; i++) {
            final ChaosFault kind = kinds.get(random.nextInt(kinds.size()));
            cluster.at(START_NS + random.nextLong(plan.loadNs), () -> happen(kind));
        }
    }

    private void happen(final ChaosFault kind) {
        final long lastsNs = random.nextLong(20 * MS, 3 * SECOND);
        switch (kind) {
            case ONE_WAY_CUT -> cutOne(false, lastsNs);
            case CUT -> cutOne(true, lastsNs);
            case PARTITION -> partition(lastsNs);
            case CRASH -> crash(Long.MAX_VALUE);
            case RESTART -> crash(lastsNs);
            case QUICK_RESTART -> crash(random.nextLong(plan.detectionNs / 2));
            case JOIN -> joinNew();
            case LEAVE -> leave();
            case SLOW -> slowDown(lastsNs);
            case LOSS -> loseMany(lastsNs);
            default -> throw new IllegalStateException("unknown fault: " + kind);
        }
    }

    /** What ends a fault, unless all faults have ended before. */
    private void later(final long delayNs, final Runnable action) {
        cluster.at(cluster.nowNs() + delayNs, () -> {
            if (!isHealed) {
                action.run();
            }
        });
    }

    private int[] living() {
        return IntStream.range(0, view.size()).filter(view::isAlive).toArray();
    }

    private int anyLiving() {
        final int[] living = living();
        return living[random.nextInt(living.length)];
    }

    private void cutOne(final boolean isBoth, final long lastsNs) {
        final int node = anyLiving();
        final int[] peers = view.peers(node);
        if (peers.length > 0) {
            final int peer = peers[random.nextInt(peers.length)];
            cut(node, peer, isBoth);
            later(lastsNs, () -> healCut(node, peer));
        }
    }

    private void cut(final int a, final int b, final boolean isBoth) {
        cuts.add((long) a << 32 | b);
        cluster.links().cut(a, b);
        if (isBoth) {
            cluster.links().cut(b, a);
        }
    }

    private void healCut(final int a, final int b) {
        if (cuts.remove((long) a << 32 | b)) {
            cluster.links().heal(a, b);
        }
    }

    private void partition(final long lastsNs) {
        final Set<Integer> group = new HashSet<>();
        for (int node = 0; node < view.size(); node++) {
            if (random.nextBoolean()) {
                group.add(node);
            }
        }
        note("a partition: nodes " + group + " and all others");
        final List<int[]> links = new ArrayList<>();
        for (final int node : group) {
            for (final int peer : view.peers(node)) {
                if (!group.contains(peer)) {
                    cut(node, peer, true);
                    links.add(new int[]{node, peer});
                }
            }
        }
        later(lastsNs, () -> {
            note("the partition ends");
            links.forEach(link -> healCut(link[0], link[1]));
        });
    }

    /** Two nodes always run. */
    private void crash(final long lastsNs) {
        if (living().length <= 2) {
            return;
        }
        final int node = anyLiving();
        cluster.crash(node);
        if (lastsNs != Long.MAX_VALUE) {
            returning.add(node);
            final boolean hasMemory = random.nextBoolean();
            later(lastsNs, () -> restart(node, hasMemory));
        }
    }

    private void restart(final int node, final boolean hasMemory) {
        returning.remove(node);
        if (!hasMemory) {
            deliveries.forget(node);
        }
        cluster.comeBack(node, hasMemory);
        start(node);
    }

    private void joinNew() {
        final int[] living = living();
        final int node = addNode();
        if (plan.isFull()) {
            for (int peer = 0; peer < node; peer++) {
                if (!gone.contains(peer)) {
                    cluster.links().join(peer, node, latencyNs(peer, node));
                }
            }
        } else {
            final int[] order = shuffled(living.length);
            for (int i = 0; i < Math.min(plan.degree, living.length); i++) {
                final int peer = living[order[i]];
                if (hasRoom(peer)) {
                    cluster.links().join(peer, node, latencyNs(peer, node));
                }
            }
            if (view.peers(node).length == 0) {
                gone.add(node);
                return;
            }
        }
        note("node " + node + " joins");
        start(node);
    }

    private boolean hasRoom(final int node) {
        return view.peers(node).length < plan.protocol.maxPeers();
    }

    private void leave() {
        if (living().length > 2) {
            final int node = anyLiving();
            note("node " + node + " leaves");
            cluster.crash(node);
            part(node);
        }
    }

    /** A node is no member any more. Its peers become peers of each other, so that the overlay stays connected. */
    private void part(final int node) {
        gone.add(node);
        final int[] peers = view.peers(node);
        for (final int peer : peers) {
            cuts.remove((long) node << 32 | peer);
            cuts.remove((long) peer << 32 | node);
            cluster.links().part(node, peer);
        }
        if (!plan.isFull()) {
            for (int i = 1; i < peers.length; i++) {
                link(peers[i - 1], peers[i]);
            }
        }
    }

    private void link(final int a, final int b) {
        if (IntStream.of(view.peers(a)).noneMatch(peer -> peer == b) && hasRoom(a) && hasRoom(b)) {
            cluster.links().join(a, b, latencyNs(a, b));
        }
    }

    private void slowDown(final long lastsNs) {
        final int node = anyLiving();
        slow.add(node);
        cluster.slow(node, random.nextLong(10_000, 5 * MS));
        later(lastsNs, () -> slowNoMore(node));
    }

    private void slowNoMore(final int node) {
        if (slow.remove(node)) {
            cluster.slow(node, 0);
        }
    }

    private void loseMany(final long lastsNs) {
        final double loss = 0.1 + random.nextDouble() * 0.6;
        note("frames are lost: " + Math.round(loss * 100) + " %");
        network.loss = loss;
        later(lastsNs, () -> {
            note("frames are lost as before");
            network.loss = plan.loss;
        });
    }

    // ---- the end of all faults

    private void heal() {
        note("all faults end");
        isHealed = true;
        network.loss = 0;
        network.jitterNs = 0;
        network.isReordering = false;
        network.duplication = 0;
        List.copyOf(slow).stream().sorted().forEach(this::slowNoMore);
        for (final long cut : cuts.stream().sorted().toList()) {
            healCut((int) (cut >> 32), (int) cut);
        }
        for (int node = 0; node < view.size(); node++) {
            if (!view.isAlive(node) && !gone.contains(node)) {
                if (returning.contains(node) || plan.isExchanging && random.nextBoolean()) {
                    restart(node, random.nextBoolean());
                } else {
                    note("node " + node + " is no member any more");
                    part(node);
                }
            }
        }
    }

    private void checkBounds() {
        cluster.at(cluster.nowNs() + BOUNDS_PERIOD_NS, () -> {
            bounds.check();
            if (!isHealed && findings.isEmpty()) {
                checkBounds();
            }
        });
    }

    private void awaitDelivery() {
        final long deadlineNs = cluster.nowNs() + DELIVERY_NS;
        // Messages that wait for room are sent first.
        cluster.run(cluster.nowNs() + 5 * SECOND + 2 * plan.detectionNs);
        while (cluster.nowNs() < deadlineNs && !DeliveryCheck.isComplete(view)) {
            cluster.run(cluster.nowNs() + SECOND);
        }
        bounds.check();
        // What an exchange has brought is not passed on: where there are no others, it need not come to all.
        deliveries.checkComplete(view, message -> plan.isExchanging || log.of(message).exchanged == 0);
    }

    // ---- quiet

    private void settle() {
        note("no more exchanges but those that are asked for");
        network.exchangePeriodNs = 0;
        final QuietCheck quiet = new QuietCheck(view, log, findings);
        // The slowest announcement comes after sixteen intervals, the slowest graft after that.
        final long restNs = 10 * SECOND + 40 * plan.protocol.reannounceIntervalNs()
            + 4 * (plan.protocol.grafts().graftTimeoutNs() + plan.protocol.grafts().graftRetryTimeoutNs());
        cluster.run(cluster.nowNs() + restNs);
        quiet.checkLinks();
        final int[] living = living();
        final TreeCheck trees = new TreeCheck(view, log, findings);
        // Roots are on the common tree first.
        final int count = SETTLING_MESSAGES + (plan.demandsSettling ? plan.protocol.sharedTreeMessages() : 0);
        final int[] order = shuffled(living.length);
        for (int i = 0; i < Math.min(MOST_ROOTS, living.length); i++) {
            int message = Findings.NONE;
            for (int each = 0; each < count; each++) {
                message = cluster.broadcastAt(living[order[i]], cluster.nowNs());
                cluster.run(cluster.nowNs() + settlingNs());
            }
            if (plan.demandsSettling) {
                trees.check(message);
            }
        }
        cluster.run(cluster.nowNs() + restNs);
        quiet.start();
        cluster.run(cluster.nowNs() + 60 * SECOND);
        quiet.check();
        bounds.check();
    }

    private long settlingNs() {
        return 2 * SECOND + 2 * plan.protocol.grafts().graftTimeoutNs() + plan.protocol.pruneGraceNs();
    }
}
