package io.plumtree.benchmarks.rig;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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

    boolean isPaced() {
        return rate > 0;
    }

    /** Measures, and closes the nodes. */
    Measurement measure(final Nodes nodes, final Deliveries deliveries) {
        final LoadGenerator generator = new LoadGenerator(nodes, deliveries, rate, System::nanoTime);
        try (nodes; Loops loops = new Loops(nodes, generator, isThreadPerNode, idleStrategies)) {
            return new Turn(nodes, deliveries, generator, loops).measure();
        }
    }

    /** What belongs together for one turn. */
    private final class Turn {
        private final Nodes nodes;
        private final Deliveries deliveries;
        private final LoadGenerator generator;
        private final Loops loops;
        /** The one that is stopped; -1 for none. */
        private int stopped = -1;
        private CatchUp catchUp;

        Turn(final Nodes nodes, final Deliveries deliveries, final LoadGenerator generator, final Loops loops) {
            this.nodes = nodes;
            this.deliveries = deliveries;
            this.generator = generator;
            this.loops = loops;
        }

        Measurement measure() {
            if (!await(READY_TIMEOUT, nodes::isReady)) {
                throw new IllegalStateException(label() + ": not all links are up after " + READY_TIMEOUT);
            }
            generator.start();
            sleep(warmup);
            stopPublisher();
            if (!await(DRAIN_TIMEOUT, () -> missing() == 0)) {
                throw new IllegalStateException(
                    label() + ": " + missing() + " deliveries of the warm-up have not happened");
            }
            final RelayTree tree = nodes.tree();
            if (isRelayStopped && tree.relay() < 0) {
                throw new IllegalStateException(label() + ": no node relays, so that none can be stopped");
            }
            return measure(tree);
        }

        private Measurement measure(final RelayTree tree) {
            final long publishedBefore = generator.published();
            final long refusedBefore = generator.refused();
            deliveries.measureFrom(publishedBefore);
            final long deliveredBefore = deliveries.count();
            final long allocatedBefore = loops.allocatedBytes();
            final long processorBeforeNs = loops.processorNs();
            final long startNs = System.nanoTime();
            generator.start();
            sleep(measured.dividedBy(3));
            if (isRelayStopped) {
                stop(tree.relay());
            }
            sleep(measured.minus(measured.dividedBy(3)));
            stopPublisher();
            await(DRAIN_TIMEOUT, () -> missing() == 0);
            final long endNs = System.nanoTime();
            final long allocated = loops.allocatedBytes() - allocatedBefore;
            final long processorNs = loops.processorNs() - processorBeforeNs;
            // Who is stopped answers no more.
            final RelayTree treeAfter = isRelayStopped ? tree : nodes.tree();
            loops.close();
            return new Measurement(
                isPaced(),
                generator.published() - publishedBefore,
                generator.refused() - refusedBefore,
                deliveries.count() - deliveredBefore,
                missing(),
                (endNs - startNs) / 1e9,
                allocated,
                processorNs,
                isPaced() ? others().mapToLong(deliveries::longestGapNs).max().orElse(0) : Double.NaN,
                catchUp == null ? Double.NaN : catchUp.ns(),
                deliveries.each(),
                deliveries.last(),
                treeAfter);
        }

        private String label() {
            return nodes.kind().label();
        }

        private void stop(final int relay) {
            loops.stop(relay);
            stopped = relay;
            catchUp = new CatchUp(System.nanoTime());
            // By then it has ended the duty cycle that it was in, and takes nothing more.
            sleep(Duration.ofMillis(LOOK_PERIOD_MS));
            deliveries.expectOneFewer();
        }

        private void stopPublisher() {
            if (!await(DRAIN_TIMEOUT, generator::stop)) {
                throw new IllegalStateException(label() + ": the sender does not stop");
            }
        }

        private IntStream others() {
            return IntStream.range(1, nodes.count()).filter(node -> node != stopped);
        }

        private long missing() {
            final long published = generator.published();
            return others().mapToLong(node -> published - deliveries.count(node)).sum();
        }

        private void sleep(final Duration duration) {
            await(duration, () -> false);
        }

        private boolean await(final Duration timeout, final BooleanSupplier condition) {
            final long deadlineNs = System.nanoTime() + timeout.toNanos();
            while (!condition.getAsBoolean()) {
                final long nowNs = System.nanoTime();
                if (nowNs - deadlineNs >= 0) {
                    return false;
                }
                loops.check();
                if (catchUp != null) {
                    catchUp.onLook(nowNs, generator.published(),
                        others().mapToLong(deliveries::count).min().orElse(0));
                }
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
}
