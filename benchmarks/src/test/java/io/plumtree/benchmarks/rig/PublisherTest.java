package io.plumtree.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<String> sent = new ArrayList<>();
    private long nowNs = 1_000 * MS;
    private boolean isRefusing;
    private boolean isPublishing;

    private final Nodes nodes = new Nodes() {
        @Override
        public Kind kind() {
            return Kind.RAW;
        }

        @Override
        public int count() {
            return 3;
        }

        @Override
        public int doWork(final int node) {
            return 0;
        }

        @Override
        public boolean publish(final long sequence, final long intendedNs) {
            return !isRefusing && sent.add(sequence + " at " + (intendedNs - 1_000 * MS) / MS);
        }

        @Override
        public boolean isPublishing() {
            return isPublishing;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public RelayTree tree() {
            return RelayTree.complete(3, 2);
        }

        @Override
        public void close() {
        }
    };

    private Publisher publisher(final long rate) {
        return new Publisher(nodes, new Deliveries(3, true), rate, () -> nowNs);
    }

    @Test
    void shouldCountFromTheTimeAtWhichAMessageWasToBeSent() {
        final Publisher publisher = publisher(1_000);
        publisher.start();
        publisher.doWork();
        nowNs += 2 * MS;
        publisher.doWork();
        assertEquals(List.of("0 at 0", "1 at 1", "2 at 2"), sent, "late, not left out, nor taken for later ones");
    }

    @Test
    void shouldOfferAgainWhatWasRefusedWithItsOwnTime() {
        final Publisher publisher = publisher(1_000);
        publisher.start();
        isRefusing = true;
        publisher.doWork();
        nowNs += MS;
        publisher.doWork();
        assertEquals(0, publisher.published());
        isRefusing = false;
        publisher.doWork();
        assertEquals(List.of("0 at 0", "1 at 1"), sent);
        assertEquals(2, publisher.refused());
    }

    @Test
    void shouldStopWhenTheRootHasSeenIt() {
        final Publisher publisher = publisher(1_000);
        publisher.start();
        publisher.doWork();
        assertFalse(publisher.stop());
        nowNs += 10 * MS;
        publisher.doWork();
        assertTrue(publisher.stop());
        assertEquals(1, publisher.published());
    }

    @Test
    void shouldFinishWhatSomeHaveBeforeItStops() {
        final Publisher publisher = publisher(0);
        publisher.start();
        isRefusing = true;
        isPublishing = true;
        publisher.doWork();
        publisher.stop();
        publisher.doWork();
        assertFalse(publisher.stop());
        isRefusing = false;
        publisher.doWork();
        assertTrue(publisher.stop());
        assertEquals(1, publisher.published());
    }
}
