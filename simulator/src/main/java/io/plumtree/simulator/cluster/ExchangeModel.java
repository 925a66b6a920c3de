package io.plumtree.simulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Exchanges between peers: each takes two round trips, and then brings what either end lacks. */
final class ExchangeModel {
    static final byte EXCHANGE = 4;
    static final byte EXCHANGED = 5;

    private static final long RETRY_NS = 1_000_000;
    /** What is younger is left to the trees, as {@code pubsub} does it. */
    private static final long EXCHANGED_AGE_NS = 2_000_000_000L;

    private final World world;
    private final NetworkSettings settings;
    private final EventQueue events;
    private final SplittableRandom random;
    private final ClusterObserver observer;
    private final BroadcastTable broadcasts;
    private final List<int[]> exchanges = new ArrayList<>();

    ExchangeModel(final World world, final BroadcastTable broadcasts) {
        this.world = world;
        this.broadcasts = broadcasts;
        settings = world.settings;
        events = world.events;
        random = world.random;
        observer = world.observer;
    }

    /** Plans the first exchange that a node starts by itself, if the settings ask for such ones. */
    void onStart(final Node node) {
        if (settings.exchangePeriodNs > 0) {
            at(node, nowNs() + random.nextLong(settings.exchangePeriodNs));
        }
    }

    void soon(final Node node) {
        at(node, nowNs() + RETRY_NS);
    }

    private void at(final Node node, final long atNs) {
        if (atNs < node.exchangeDueNs) {
            node.exchangeDueNs = atNs;
            events.add(atNs, EXCHANGE, node.index, node.run);
        }
    }

    /** A node exchanges with the peers that its core has marked, else with a random one if the settings say so. */
    void onTick(final Node node) {
        if (nowNs() < node.exchangeDueNs) {
            return;
        }
        node.exchangeDueNs = Node.NEVER;
        boolean isAnyMarked = false;
        for (final DirectedLink link : node.links) {
            if (link.isUp && node.takeMark(link.peer)) {
                isAnyMarked = true;
                exchange(link, true);
            }
        }
        if (settings.exchangePeriodNs > 0) {
            final List<DirectedLink> reachable = node.links.stream().filter(link -> link.isUp).toList();
            if (!isAnyMarked && !reachable.isEmpty()) {
                exchange(reachable.get(random.nextInt(reachable.size())), false);
            }
            at(node, nowNs() + settings.exchangePeriodNs / 2 + random.nextLong(settings.exchangePeriodNs));
        }
    }

    private void exchange(final DirectedLink link, final boolean isMarked) {
        exchanges.add(new int[]{link.from, link.to, link.connection, isMarked ? 1 : 0});
        events.add(nowNs() + 4 * link.latencyNs, EXCHANGED, link.from, exchanges.size() - 1);
    }

    /** An exchange has ended. It brings what either end lacks, unless its link has broken meanwhile. */
    void onExchanged(final int number) {
        final int[] exchange = exchanges.set(number, null);
        final DirectedLink link = world.node(exchange[0]).linkTo(exchange[1]);
        if (link != null && link.isUp && link.reverse.isUp && link.connection == exchange[2]
            && !link.isCut && !link.reverse.isCut
            && world.node(link.from).isAlive && world.node(link.to).isAlive) {
            bring(link.from, link.to, exchange[3] == 1);
            bring(link.to, link.from, exchange[3] == 1);
            final Node node = world.node(link.from);
            node.core.onExchanged(link.peer, true, node.localNs());
        }
    }

    /** Hands one end what the other end has. */
    private void bring(final int from, final int to, final boolean isMarked) {
        final MessageSet has = world.node(from).stored;
        final MessageSet lacks = world.node(to).stored;
        int message = has.nextNotIn(lacks, 0);
        while (message >= 0) {
            if (isMarked || nowNs() - broadcasts.sentNs(message) >= EXCHANGED_AGE_NS) {
                lacks.add(message);
                observer.onDelivery(to, from, message, ClusterObserver.BY_EXCHANGE, true, nowNs());
            }
            message = has.nextNotIn(lacks, message + 1);
        }
    }

    private long nowNs() {
        return events.timeNs();
    }
}
