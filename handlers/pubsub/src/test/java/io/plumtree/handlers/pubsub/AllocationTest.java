package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.plumtree.handlers.spi.GraftPayload;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int ROUND = 20_000;
    private static final int ROUNDS = 10;
    private static final int PAYLOAD_LENGTH = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Fixture fixture = new Fixture("retained.messages", "1000", "order", "origin");
    private final GraftPayload payload = new GraftPayload();
    private final UnsafeBuffer data = new UnsafeBuffer(new byte[80]);
    private long sequence;
    private long received;

    @Test
    void shouldAllocateNothingInTheSteadyState() {
        final MessageListener listener = (origin, incarnation, number, buffer, offset, length) -> received++;
        fixture.pubSub.subscribe(Fixture.TOPIC, listener);
        fixture.pubSub.subscribe(Fixture.TOPIC, DeliveryOrder.NONE, listener, null);
        final Publisher publisher = fixture.pubSub.publisher(Fixture.TOPIC);
        MessageLayout.encodeTopic(fixture.buffer, fixture.payloadOffset, Fixture.TOPIC.getBytes());
        // The first rounds warm up; compilation may allocate in this thread, but not in every round.
        long leastAllocated = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            run(publisher);
            leastAllocated = Math.min(leastAllocated, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(6L * ROUND * ROUNDS, received);
        assertTrue(fixture.counter("held-back") > 0);
        assertTrue(leastAllocated < ROUND / 100, leastAllocated + " bytes in " + ROUND + " steps");
    }

    /** Pairs of messages in the wrong order, each twice, announced and asked for; and one of this node's own. */
    private void run(final Publisher publisher) {
        for (int i = 0; i < ROUND; i++) {
            merge(sequence + 2);
            merge(sequence + 1);
            merge(sequence + 2);
            sequence += 2;
            fixture.pubSub.isStale(fixture.id(MessageLayout.ID_LENGTH));
            fixture.pubSub.graft(fixture.id(MessageLayout.ID_LENGTH), payload);
            publisher.publish(data, 0, data.capacity());
            if (i % 100 == 0) {
                fixture.nowNs += 1_000_000;
                fixture.pubSub.doWork(fixture.nowNs);
            }
        }
    }

    private void merge(final long number) {
        fixture.id(Fixture.ORIGIN, Fixture.INCARNATION, number);
        fixture.pubSub.merge(fixture.message(MessageLayout.ID_LENGTH, PAYLOAD_LENGTH));
    }
}
