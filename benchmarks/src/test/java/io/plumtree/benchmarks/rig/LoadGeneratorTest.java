package io.plumtree.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<String> sent = new ArrayList<>();
    private long nowNs = 1_000 * MS;
    private boolean isRefusing;
    private boolean isPublishing;

    private final Nodes nodes = new Nodes() {
        @Override
        public NodesKind kind() {
            return NodesKind.RAW;
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

    private LoadGenerator generator(final long rate) {
        return new LoadGenerator(nodes, new Deliveries(3, true), rate, () -> nowNs);
    }

    @Test
    void shouldCountFromTheTimeAtWhichAMessageWasToBeSent() {
        final LoadGenerator generator = generator(1_000);
        generator.start();
        generator.doWork();
        nowNs += 2 * MS;
        generator.doWork();
        assertEquals(List.of("0 at 0", "1 at 1", "2 at 2"), sent, "late, not left out, nor taken for later ones");
    }

    @Test
    void shouldOfferAgainWhatWasRefusedWithItsOwnTime() {
        final LoadGenerator generator = generator(1_000);
        generator.start();
        isRefusing = true;
        generator.doWork();
        nowNs += MS;
        generator.doWork();
        assertEquals(0, generator.published());
        isRefusing = false;
        generator.doWork();
        assertEquals(List.of("0 at 0", "1 at 1"), sent);
        assertEquals(2, generator.refused());
    }

    @Test
    void shouldStopWhenTheRootHasSeenIt() {
        final LoadGenerator generator = generator(1_000);
        generator.start();
        generator.doWork();
        assertFalse(generator.stop());
        nowNs += 10 * MS;
        generator.doWork();
        assertTrue(generator.stop());
        assertEquals(1, generator.published());
    }

    @Test
    void shouldFinishWhatSomeHaveBeforeItStops() {
        final LoadGenerator generator = generator(0);
        generator.start();
        isRefusing = true;
        isPublishing = true;
        generator.doWork();
        generator.stop();
        generator.doWork();
        assertFalse(generator.stop());
        isRefusing = false;
        generator.doWork();
        assertTrue(generator.stop());
        assertEquals(1, generator.published());
    }
}
