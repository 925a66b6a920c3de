package io.plumtree.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private final Deliveries deliveries = new Deliveries(3, true);

    private void deliver(final long sequence, final int node, final long agoMs) {
        deliveries.onDelivery(node, sequence, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(agoMs));
    }

    @Test
    void shouldCountEachAndTimeTheLastOfEachMessage() {
        deliveries.measureFrom(0);
        deliveries.onPublish(0);
        deliver(0, 1, 10);
        assertEquals(0, deliveries.last().getTotalCount());
        deliver(0, 2, 1_000);
        assertEquals(1, deliveries.last().getTotalCount());
        assertTrue(deliveries.last().getMinValue() >= TimeUnit.MILLISECONDS.toNanos(990));
        assertEquals(2, deliveries.each().getTotalCount());
        assertEquals(1, deliveries.count(1));
        assertEquals(2, deliveries.count());
    }

    @Test
    void shouldNotTimeWhatBelongsToTheWarmUp() {
        deliveries.onPublish(0);
        deliver(0, 1, 10);
        deliveries.measureFrom(1);
        deliver(0, 2, 10);
        assertEquals(0, deliveries.each().getTotalCount());
        assertEquals(2, deliveries.count());
    }

    @Test
    void shouldTakeTheLastButOneForTheLastWhereANodeIsStopped() {
        deliveries.measureFrom(0);
        deliveries.expectOneFewer();
        deliveries.onPublish(0);
        deliver(0, 1, 10);
        assertEquals(1, deliveries.last().getTotalCount());
    }
}
