package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.handlers.pubsub.Publisher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * More is published than the network takes. Nodes that are there lose nothing of what was accepted, whatever becomes of
 * others.
 */
@Tag("deep")
class OverloadTest {
    private static final String LOAD = "load";
    private static final int PUBLISHED_A_CYCLE = 32;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[40]);
    private final List<Load> loads = new ArrayList<>();
    private AeronCluster cluster;

    /** What one node publishes and receives. */
    private static final class Load {
        final AeronCluster.Node node;
        final Publisher publisher;
        final Map<Long, BitSet> received = new HashMap<>();
        long published;
        long backPressured;
        long receivedCount;
        long repeated;
        volatile long workNs;

        Load(final AeronCluster.Node node) {
            this.node = node;
            this.publisher = node.pubsub.publisher(LOAD);
            node.pubsub.subscribe(LOAD, (origin, incarnation, sequence, buffer, offset, length) -> {
                final BitSet sequences = received.computeIfAbsent(origin, key -> new BitSet());
                repeated += sequences.get((int) sequence) ? 1 : 0;
                sequences.set((int) sequence);
                receivedCount++;
                final long startNs = System.nanoTime();
                while (System.nanoTime() - startNs < workNs) {
                    Thread.onSpinWait();
                }
            });
        }

        /** Whether all of a publisher's messages are here from one on. */
        boolean has(final Load of, final long first) {
            final BitSet sequences = received.getOrDefault(of.node.id().value(), new BitSet());
            return sequences.nextClearBit((int) first) > of.published;
        }

        long missing(final Load of, final long first) {
            final BitSet sequences = received.getOrDefault(of.node.id().value(), new BitSet());
            return of.published - first + 1
                - sequences.get((int) first, (int) of.published + 1).cardinality();
        }
    }

    private void start(final int size) {
        cluster = new AeronCluster(size, context -> context.properties(Map.of(
            "plumtree.command.ring.length", "256k", "plumtree.max.message.length", "16k")));
        cluster.awaitLinks();
        cluster.nodes.forEach(node -> loads.add(new Load(node)));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Each publishes as much as its node accepts. */
    private void publish(final List<Load> publishers) {
        for (final Load load : publishers) {
            for (int i = 0; i < PUBLISHED_A_CYCLE; i++) {
                final long result = load.publisher.publish(message, 0, message.capacity());
                if (result < 0) {
                    assertEquals(BroadcastResult.BACK_PRESSURED, result);
                    load.backPressured++;
                    break;
                }
                load.published++;
            }
        }
    }

    private void flood(final List<Load> publishers, final long milliseconds) {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        cluster.runUntil("it has been flooded", () -> {
            publish(publishers);
            return System.nanoTime() - endNs >= 0;
        });
    }

    /** Waits for as long as messages arrive: what does not come for a minute is lost, and no longer late. */
    private void awaitAll(final List<Load> receivers, final long[] first) {
        for (final Load receiver : receivers) {
            for (int i = 0; i < loads.size(); i++) {
                final Load publisher = loads.get(i);
                final long from = first[i];
                cluster.runUntil(
                    () -> receiver.node.id() + " has all of " + publisher.published + " messages of "
                        + publisher.node.id() + " from " + from + " on; it lacks " + receiver.missing(publisher, from)
                        + ", and no message has reached any node for a minute",
                    () -> receiver.has(publisher, from),
                    () -> loads.stream().mapToLong(load -> load.receivedCount).sum());
            }
            assertEquals(0, receiver.repeated);
        }
    }

    private long[] fromTheFirst() {
        return loads.stream().mapToLong(load -> 1).toArray();
    }

    @Test
    void shouldRefuseWhatIsTooMuchAndDeliverAllThatWasAcceptedEverywhere() {
        start(5);
        flood(loads, 10_000);
        cluster.runUntil("each publisher was slowed down", () -> {
            publish(loads);
            return loads.stream().allMatch(load -> load.backPressured > 0);
        });
        awaitAll(loads, fromTheFirst());
    }

    @Test
    void shouldGoOnWithoutANodeThatStandsStillAndTakeItBack() {
        start(5);
        final List<Load> others = loads.subList(0, 4);
        final Load stopped = loads.get(4);
        flood(others, 2_000);
        stopped.node.isDriven = false;
        flood(others, 1_000);
        final long[] before = others.stream().mapToLong(load -> load.published).toArray();
        flood(others, 4_000);
        for (int i = 0; i < before.length; i++) {
            assertTrue(others.get(i).published > before[i], "others are held up");
        }
        awaitAll(others, fromTheFirst());
        stopped.node.isDriven = true;
        cluster.runUntil("its links are up again", () -> {
            publish(others);
            return cluster.nodes.stream().allMatch(
                node -> node.counter("engine.links.up") - node.counter("engine.links.down") == 4);
        });
        final long[] back = loads.stream().mapToLong(load -> load.published + 1).toArray();
        flood(others, 2_000);
        awaitAll(others, fromTheFirst());
        awaitAll(List.of(stopped), back);
    }

    @Test
    void shouldLoseNothingWhereOneNodeIsSlow() throws Exception {
        start(5);
        final Load slow = loads.get(4);
        slow.workNs = TimeUnit.MICROSECONDS.toNanos(200);
        // On a thread of its own, so that it keeps others up by back pressure alone.
        slow.node.isDriven = false;
        final AtomicBoolean isEnding = new AtomicBoolean();
        final Thread thread = new Thread(() -> {
            while (!isEnding.get()) {
                if (slow.node.node.invoker().invoke() == 0) {
                    LockSupport.parkNanos(50_000);
                }
            }
        }, "slow-node");
        thread.start();
        final List<Load> others = loads.subList(0, 4);
        try {
            flood(others, 6_000);
            slow.workNs = 0;
        } finally {
            isEnding.set(true);
            thread.join();
        }
        slow.node.isDriven = true;
        awaitAll(loads, fromTheFirst());
    }
}
