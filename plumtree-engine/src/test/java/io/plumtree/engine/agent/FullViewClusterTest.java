package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.view.FullView;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The full view on engines, their trees and their exchanges. */
class FullViewClusterTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SIZE = 6;

    private final FullViewOptions options = new FullViewOptions()
        .refreshPeriodNs(SECOND_NS).expiryNs(4 * SECOND_NS).tombstoneTimeNs(10 * SECOND_NS).conclude();
    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = new TestCluster(
            SIZE,
            64 * 1024,
            () -> new FullView(options, () -> "host:7100", (joined, left) -> { }),
            new ExchangeOptions().tickPeriodNs(SECOND_NS));
        assertTrue(cluster.runUntilAllUp());
        nodes().forEach(node -> view(node).announce());
        assertTrue(cluster.runUntil(() -> isKnown("a", "b", "c", "d", "e", "f")), this::described);
    }

    private Stream<TestNode> nodes() {
        return cluster.nodes.stream().filter(Objects::nonNull);
    }

    private static FullView view(final TestNode node) {
        return (FullView) node.handler;
    }

    private static List<String> names(final TestNode node) {
        return view(node).members().stream().map(Member::id).map(id -> id.name()).toList();
    }

    private boolean isKnown(final String... names) {
        return nodes().allMatch(node -> names(node).equals(Arrays.asList(names)));
    }

    private String described() {
        return new TreeSet<>(nodes().map(node -> node.id + ": " + view(node).details()).toList()).toString();
    }

    private void cutOff(final int index, final boolean isCut) {
        for (int i = 0; i < SIZE; i++) {
            if (i != index) {
                cluster.cut(index, i, isCut);
            }
        }
    }

    @Test
    void shouldStayAsItIsWhileNothingHappens() {
        cluster.run(15_000);
        assertTrue(isKnown("a", "b", "c", "d", "e", "f"), this::described);
        nodes().forEach(node -> {
            assertEquals(0, node.count("handler.log.expired"));
            assertEquals(List.of(), node.errors);
        });
    }

    @Test
    void shouldMissWhoCrashes() {
        cluster.kill(2);
        assertTrue(cluster.runUntil(() -> isKnown("a", "b", "d", "e", "f")), this::described);
        cluster.run(20_000);
        assertTrue(isKnown("a", "b", "d", "e", "f"), this::described);
    }

    @Test
    void shouldMissWhoLeavesAtOnce() {
        assertTrue(view(cluster.node(5)).leave());
        cluster.run(1_000);
        cluster.kill(5);
        assertTrue(isKnown("a", "b", "c", "d", "e"), this::described);
        nodes().forEach(node -> assertEquals(0, node.count("handler.log.expired")));
    }

    @Test
    void shouldComeTogetherAfterAPartition() {
        cutOff(0, true);
        assertTrue(cluster.runUntil(() -> names(cluster.node(0)).equals(List.of("a"))), this::described);
        assertTrue(cluster.runUntil(() -> names(cluster.node(1)).equals(List.of("b", "c", "d", "e", "f"))));
        cutOff(0, false);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> isKnown("a", "b", "c", "d", "e", "f")), this::described);
    }
}
