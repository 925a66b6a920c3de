package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.spi.BroadcastHandler;
import java.lang.reflect.Method;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steady state allocates nothing: broadcast, push, relay, announcements, heartbeats, counters. */
class AllocationTest {
    private static final int WARM_UP = 30_000;
    private static final int MESSAGES = 20_000;

    private final UnsafeBuffer data = new UnsafeBuffer(new byte[100]);
    private TestCluster cluster;

    @ParameterizedTest
    @ValueSource(strings = {BroadcastHandler.DEFAULT_CHANNEL, "other"})
    void shouldAllocateNothingForAMessage(final String channel) throws ReflectiveOperationException {
        cluster = new TestCluster(4, 64 * 1024, () -> new SequenceHandler(channel));
        cluster.runUntilAllUp();
        broadcast(WARM_UP);
        final long before = allocatedBytes();
        broadcast(MESSAGES);
        final long bytes = allocatedBytes() - before;
        // The measurement boxes a few numbers; what a message allocated would show 20,000 times.
        assertTrue(bytes < MESSAGES, () -> bytes + " bytes for " + MESSAGES + " messages at 4 nodes");
        for (final TestNode node : cluster.nodes) {
            assertEquals((WARM_UP + MESSAGES) * 3L / 4, ((SequenceHandler) node.handler).delivered);
        }
    }

    private void broadcast(final int messages) {
        for (int i = 0; i < messages; i++) {
            final TestNode root = cluster.nodes.get(i & 3);
            while (root.broadcaster.broadcast(TestNode.HANDLER, data, 0, data.capacity()) < 0) {
                cycle();
            }
            cycle();
        }
        for (int i = 0; i < 1_000; i++) {
            cycle();
        }
    }

    private void cycle() {
        cluster.nowNs += TestNode.MS / 10;
        for (int i = 0; i < cluster.nodes.size(); i++) {
            cluster.nodes.get(i).agent.doWork(cluster.nowNs);
        }
    }

    /** By reflection, since the module under test does not read the management modules. */
    private static long allocatedBytes() throws ReflectiveOperationException {
        final Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(
            null);
        final Method method = Class.forName("com.sun.management.ThreadMXBean").getMethod(
            "getThreadAllocatedBytes", long.class);
        return (long) method.invoke(bean, Thread.currentThread().getId());
    }
}
