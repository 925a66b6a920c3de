package io.plumtree.simulator.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.ProtocolCounter;
import io.plumtree.protocol.options.FlowControlOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nodes read clocks of their own, which may show anything. What happens must not depend on what they show. */
class NodeClocksTest {
    private static final int NODES = 6;
    private static final int MESSAGES = 200;
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);

    /** A cluster with a node that is slow, so that its peers hold messages back from it while they exchange with it. */
    private static Cluster run(final long clockOffsetNs) {
        final NetworkSettings settings = new NetworkSettings();
        settings.protocol = new PlumtreeOptions().flowControl(new FlowControlOptions().maxOutstandingPerPeer(16));
        settings.exchangePeriodNs = TimeUnit.MILLISECONDS.toNanos(100);
        final Cluster cluster = new Cluster(settings, 1, new ClusterObserver() {
        });
        for (int node = 0; node < NODES; node++) {
            cluster.clock(cluster.addNode(), clockOffsetNs, 0);
        }
        for (int a = 0; a < NODES; a++) {
            for (int b = a + 1; b < NODES; b++) {
                cluster.links().add(a, b, TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        for (int node = 0; node < NODES; node++) {
            cluster.start(node);
        }
        cluster.run(TimeUnit.SECONDS.toNanos(1));
        cluster.slow(NODES - 1, TimeUnit.MILLISECONDS.toNanos(300));
        for (int message = 0; message < MESSAGES; message++) {
            cluster.broadcastAt(message % 2, cluster.nowNs() + message * TimeUnit.MILLISECONDS.toNanos(10));
        }
        cluster.run(TimeUnit.SECONDS.toNanos(20));
        return cluster;
    }

    @Test
    void shouldTakeTheSameCourseWhateverTheClocksShow() {
        final Cluster expected = run(0);
        assertTrue(expected.view().total(ProtocolCounter.EXCHANGES_NEEDED) > 0, "the slow node has not fallen behind");
        for (final long offsetNs : new long[]{HOUR_NS, -HOUR_NS, Long.MAX_VALUE}) {
            final Cluster actual = run(offsetNs);
            for (final ProtocolCounter counter : ProtocolCounter.values()) {
                assertEquals(
                    expected.view().total(counter), actual.view().total(counter), counter + " with " + offsetNs);
            }
            assertEquals(expected.digest(), actual.digest(), "with " + offsetNs);
        }
    }
}
