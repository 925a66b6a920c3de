package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that comes when much has been published, and nothing is announced to it of that. */
@Tag("slow")
@Timeout(600)
class LateJoinerTest {
    private static final int BEFORE = 2_000;
    private static final int MEANWHILE = 100;

    @Test
    void shouldCatchUpByExchangeInTheOrderOfEachOriginWhilePublishingGoesOn() {
        try (AeronCluster cluster = new AeronCluster(3, 4, context -> {
            context.protocol().recentMessages(0);
            context.option("handler.pubsub.order", "origin");
            context.option("handler.pubsub.exchange.settle", "200ms");
            // However slow the machine is, the exchange begins before the first gap is given up.
            context.option("handler.pubsub.holdback.timeout", "60s");
            context.exchanges().tickPeriodNs(500_000_000);
        })) {
            cluster.awaitLinks();
            publish(cluster, 0, BEFORE);
            cluster.runUntil("all have what was before", () ->
                cluster.nodes.stream().allMatch(node -> node.received.size() == 3 * BEFORE));

            final AeronCluster.Node joiner = cluster.join();
            publish(cluster, BEFORE, BEFORE + MEANWHILE);
            cluster.runUntil("it has caught up", () -> joiner.received.size() == 3 * (BEFORE + MEANWHILE));

            for (int origin = 0; origin < 3; origin++) {
                final String prefix = "n" + origin + "-";
                final List<String> expected = new ArrayList<>();
                for (int i = 0; i < BEFORE + MEANWHILE; i++) {
                    expected.add(prefix + i);
                }
                assertEquals(expected, joiner.received.stream().filter(text -> text.startsWith(prefix)).toList());
            }
            assertEquals(0, joiner.counter("handler.pubsub.gaps"));
            cluster.assertNoErrors();
        }
    }

    private static void publish(final AeronCluster cluster, final int from, final int to) {
        for (int i = from; i < to; i++) {
            for (int origin = 0; origin < 3; origin++) {
                cluster.nodes.get(origin).publish("n" + origin + "-" + i);
            }
        }
    }
}
