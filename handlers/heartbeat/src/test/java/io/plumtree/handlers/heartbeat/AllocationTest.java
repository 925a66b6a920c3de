package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.plumtree.api.BroadcastResult;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import io.plumtree.handlers.testkit.TestNode;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int ROUND = 20_000;
    private static final int ROUNDS = 10;
    private static final int PAYLOAD_OFFSET = 64;
    private static final NodeId OTHER = NodeId.of("other");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Heartbeats heartbeats = new Heartbeats();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final Message message = new Message();
    private final GraftPayload payload = new GraftPayload();
    private long nowNs = System.nanoTime();
    private long sequence;
    private long told;

    /** A node whose claims are in one place: that of the testkit copies messages. */
    private final class Context implements HandlerContext, BroadcastClaim {
        private final TestNode node = new TestNode(NodeId.of("self"), 1, new Heartbeats(), Map.of());
        private final MutableMessage own = new MutableMessage();
        private final UnsafeBuffer claimed = new UnsafeBuffer(new byte[128]);

        @Override
        public NodeId self() {
            return node.self();
        }

        @Override
        public long incarnation() {
            return 1;
        }

        @Override
        public long startNs() {
            return nowNs;
        }

        @Override
        public String option(final String key, final String defaultValue) {
            return key.equals("enabled") ? "true" : key.equals("interval") ? "10ms" : defaultValue;
        }

        @Override
        public AtomicCounter counter(final String label) {
            return new AtomicCounter(new UnsafeBuffer(new byte[128]), 0);
        }

        @Override
        public BroadcastClaim newClaim() {
            return this;
        }

        @Override
        public int maxMessageLength() {
            return TestNode.MAX_MESSAGE_LENGTH;
        }

        @Override
        public void onError(final Throwable error) {
            throw new AssertionError(error);
        }

        @Override
        public long tryClaim(final int idLength, final int payloadLength) {
            return nowNs % 3 == 0 ? BroadcastResult.BACK_PRESSURED : 1;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return claimed;
        }

        @Override
        public int idOffset() {
            return 0;
        }

        @Override
        public int payloadOffset() {
            return PAYLOAD_OFFSET;
        }

        @Override
        public void commit() {
            heartbeats.onBroadcast(own.wrap(claimed, 0, HeartbeatLayout.ID_LENGTH, PAYLOAD_OFFSET, 4));
        }

        @Override
        public void abort() {
            throw new AssertionError();
        }
    }

    @Test
    void shouldAllocateNothingInTheSteadyState() {
        heartbeats.onStart(new Context());
        heartbeats.listener((node, epoch, number) -> told++);
        buffer.putStringWithoutLengthAscii(PAYLOAD_OFFSET, OTHER.name());
        // The first rounds warm up; compilation may allocate in this thread, but not in every round.
        long leastAllocated = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            run();
            leastAllocated = Math.min(leastAllocated, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(2L * ROUND * ROUNDS, told + ROUND * ROUNDS);
        assertTrue(heartbeats.lastHeard(NodeId.of("self")).sequence() > ROUND);
        assertTrue(leastAllocated < ROUND / 100, leastAllocated + " bytes in " + ROUND + " steps");
    }

    /** Pairs of heartbeats in the wrong order, each twice, announced and asked for; and some of this node's own. */
    private void run() {
        for (int i = 0; i < ROUND; i++) {
            merge(sequence + 2);
            merge(sequence + 1);
            merge(sequence + 2);
            sequence += 2;
            heartbeats.isStale(message.id());
            heartbeats.graft(message.id(), payload);
            nowNs += 7_000_001;
            heartbeats.doWork(nowNs);
        }
    }

    private void merge(final long number) {
        HeartbeatLayout.encodeId(buffer, 0, OTHER.value(), 1, number);
        heartbeats.merge(
            message.wrap(buffer, 0, HeartbeatLayout.ID_LENGTH, PAYLOAD_OFFSET, OTHER.name().length()));
    }
}
