package io.plumtree.benchmarks.rig;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.concurrent.IdleStrategy;

/**
 * One cluster's turn: it starts, warms up, is measured and closes.
 *
 * @param rate            messages a second; 0 for as many as are accepted.
 * @param warmup          how long messages are sent before any is measured.
 * @param measured        how long messages are sent that are.
 * @param isRelayStopped  whether a relay is stopped for good after a third of the time measured.
 * @param isThreadPerNode whether each node has a thread of its own.
 * @param idleStrategies  what a thread does when it has nothing to do.
 */
record Round(
    long rate,
    Duration warmup,
    Duration measured,
    boolean isRelayStopped,
    boolean isThreadPerNode,
    Supplier<IdleStrategy> idleStrategies) {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);
    private static final long LOOK_PERIOD_MS = 1;

    /** Measures, and closes the nodes. */
    Measurement measure(final Nodes nodes, final Deliveries deliveries) {
        final Publisher publisher = new Publisher(nodes, deliveries, rate);
        try (nodes; Loops loops = new Loops(nodes, publisher, isThreadPerNode, idleStrategies)) {
            if (!await(READY_TIMEOUT, loops, nodes::isReady)) {
                throw new IllegalStateException(nodes.name() + ": not all links are up after " + READY_TIMEOUT);
            }
            publish(loops, publisher, warmup, () -> { });
            final long before = publisher.published();
            if (!drain(loops, nodes, deliveries, before, -1)) {
                throw new IllegalStateException(nodes.name() + ": the warm-up's messages have not all arrived");
            }
            return measure(nodes, deliveries, publisher, loops, before);
        }
    }

    private Measurement measure(
        final Nodes nodes,
        final Deliveries deliveries,
        final Publisher publisher,
        final Loops loops,
        final long before) {
        final Tree tree = nodes.tree();
        final int relay = isRelayStopped ? tree.relay() : -1;
        final long refusedBefore = publisher.refused();
        deliveries.measureFrom(before);
        final long allocatedBefore = loops.allocatedBytes();
        final long processorBeforeNs = loops.processorNs();
        final long deliveredBefore = deliveries.count();
        final long startNs = System.nanoTime();
        publish(loops, publisher, measured, () -> {
            if (relay >= 0) {
                loops.stop(relay);
            }
        });
        final long publishedNs = System.nanoTime();
        drain(loops, nodes, deliveries, publisher.published(), relay);
        final long endNs = System.nanoTime();
        final long allocated = loops.allocatedBytes() - allocatedBefore;
        final long processorNs = loops.processorNs() - processorBeforeNs;
        final long delivered = deliveries.count() - deliveredBefore;
        final Tree treeAfter = relay >= 0 ? tree : nodes.tree();
        loops.close();
        return new Measurement(
            publisher.published() - before,
            publisher.refused() - refusedBefore,
            delivered,
            missing(nodes, deliveries, publisher.published(), relay),
            (endNs - startNs) / 1e9,
            allocated,
            processorNs,
            others(nodes, relay).map(node -> deliveries.longestGapNs((int) node)).max().orElse(0),
            endNs - publishedNs,
            deliveries.each(),
            deliveries.last(),
            treeAfter);
    }

    private static void publish(
        final Loops loops, final Publisher publisher, final Duration duration, final Runnable atAThird) {
        publisher.start();
        sleep(loops, duration.dividedBy(3));
        atAThird.run();
        sleep(loops, duration.minus(duration.dividedBy(3)));
        await(DRAIN_TIMEOUT, loops, publisher::stop);
    }

    private static boolean drain(
        final Loops loops, final Nodes nodes, final Deliveries deliveries, final long published, final int except) {
        return await(DRAIN_TIMEOUT, loops, () -> missing(nodes, deliveries, published, except) == 0);
    }

    private static LongStream others(final Nodes nodes, final int except) {
        return IntStream.range(1, nodes.count()).filter(node -> node != except).asLongStream();
    }

    private static long missing(
        final Nodes nodes, final Deliveries deliveries, final long published, final int except) {
        return others(nodes, except).map(node -> published - deliveries.count((int) node)).sum();
    }

    private static void sleep(final Loops loops, final Duration duration) {
        await(duration, loops, () -> false);
    }

    private static boolean await(final Duration timeout, final Loops loops, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs >= 0) {
                return false;
            }
            loops.check();
            try {
                Thread.sleep(LOOK_PERIOD_MS);
            } catch (final InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", ex);
            }
        }
        return true;
    }
}
