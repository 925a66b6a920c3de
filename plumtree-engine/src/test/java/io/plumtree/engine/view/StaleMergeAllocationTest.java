package io.plumtree.engine.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.testkit.TestMessage;
import java.lang.reflect.Method;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Duplicates come with each message until a tree is settled, and are as cheap as elsewhere. */
class StaleMergeAllocationTest {
    private static final int ROUNDS = 100_000;

    private final ViewNode m = new ViewNode("m");
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final Message stale = new Message();

    @Test
    void shouldAllocateNothingForADuplicate() throws ReflectiveOperationException {
        final TestMessage message = ViewNode.alive("a", 1);
        final byte[] id = message.id();
        final byte[] payload = message.payload();
        m.merge(message);
        buffer.putBytes(0, id);
        buffer.putBytes(id.length, payload);
        mergeStale(id.length, payload.length);
        final long before = allocatedBytes();
        final long between = allocatedBytes();
        mergeStale(id.length, payload.length);
        final long ofMeasuring = between - before;
        assertEquals(0, (allocatedBytes() - between - ofMeasuring) / ROUNDS);
        assertTrue(m.node.counter("stale") >= 2 * ROUNDS);
    }

    private void mergeStale(final int idLength, final int payloadLength) {
        for (int i = 0; i < ROUNDS; i++) {
            stale.wrap(buffer, 0, idLength, idLength, payloadLength);
            if (!m.view.isStale(stale.id()) || m.view.merge(stale)) {
                throw new AssertionError("taken for new");
            }
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
