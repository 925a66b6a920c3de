package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.counting.EngineCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages that were broadcast together travel together. */
class BundleTest {
    private static final int IN_A_BURST = 20;

    private static List<String> texts(final String prefix, final int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static TestCluster settled(final int size) {
        final TestCluster cluster = new TestCluster(size);
        assertTrue(cluster.runUntilAllUp());
        for (int i = 0; i < 3; i++) {
            cluster.node(0).broadcast("settle " + i);
            cluster.run(2_500);
        }
        cluster.nodes.forEach(node -> node.log().delivered.clear());
        return cluster;
    }

    private static void burst(final TestNode node, final List<String> texts) {
        texts.forEach(text -> assertTrue(node.broadcast(text) > 0));
    }

    @Test
    void shouldSendWhatIsBroadcastTogetherInFewFramesAndInOrder() {
        final TestCluster cluster = settled(5);
        final long framesBefore = cluster.node(0).count("protocol.pushes");
        burst(cluster.node(0), texts("m", IN_A_BURST));
        cluster.run(500);
        for (int i = 1; i < 5; i++) {
            assertEquals(texts("m", IN_A_BURST), cluster.node(i).log().delivered, "node " + i);
            assertEquals(3 + IN_A_BURST, cluster.node(i).count(EngineCounter.MESSAGES_DELIVERED));
            assertTrue(cluster.node(i).errors.isEmpty());
        }
        assertEquals(3 + IN_A_BURST, cluster.node(0).count(EngineCounter.MESSAGES_BROADCAST));
        // 24 bytes of id, 2 to 3 of payload and 6 of lengths each, in frames of 1,408.
        assertEquals(1, cluster.node(0).count(EngineCounter.BUNDLES_BROADCAST));
        assertTrue(cluster.node(0).count("protocol.pushes") - framesBefore <= 4);
    }

    @Test
    void shouldNotSendMoreTogetherThanAllowed() {
        final TestCluster cluster = settled(2);
        final List<String> texts = texts("x".repeat(200), 12);
        burst(cluster.node(0), texts);
        cluster.run(100);
        assertEquals(texts, cluster.node(1).log().delivered);
        assertEquals(3, cluster.node(0).count(EngineCounter.BUNDLES_BROADCAST));
    }

    /** A record has 248 bytes; a sixteenth of them all are 3,100, and more than two such bundles stand in a link. */
    @Test
    void shouldSendMoreTogetherThanOnePieceHoldsWhereMuchMoreWaits() {
        final TestCluster cluster = settled(2);
        final List<String> texts = texts("x".repeat(200), 200);
        burst(cluster.node(0), texts);
        cluster.nowNs += TestNode.MS;
        cluster.node(0).agent.doWork(cluster.nowNs);
        assertEquals(2, cluster.node(0).count(EngineCounter.BUNDLES_BROADCAST));
        assertEquals(3 + 13 + 12, cluster.node(0).count(EngineCounter.MESSAGES_BROADCAST));
        assertEquals(1, cluster.node(0).count(EngineCounter.BROADCASTS_DELAYED));
        cluster.run(100);
        assertEquals(texts, cluster.node(1).log().delivered);
        // All but the first ones in frames of 1,408.
        assertTrue(cluster.node(0).count(EngineCounter.BUNDLES_BROADCAST) > 20);
    }

    @Test
    void shouldWaitInTheRingWhileMuchStandsInALink() {
        final TestCluster cluster = settled(2);
        cluster.pipe(0, 1).isFrozen = true;
        final List<String> texts = texts("z".repeat(1_500), 20);
        burst(cluster.node(0), texts);
        cluster.run(5);
        // The fourth makes it more than 5,632 bytes.
        assertEquals(3 + 4, cluster.node(0).count(EngineCounter.MESSAGES_BROADCAST));
        cluster.pipe(0, 1).isFrozen = false;
        cluster.run(100);
        assertEquals(texts, cluster.node(1).log().delivered);
    }

    @Test
    void shouldKeepTheOrderAroundAMessageThatIsTooLongForABundle() {
        final TestCluster cluster = settled(2);
        final List<String> texts = new ArrayList<>(texts("m", 3));
        texts.add("y".repeat(1_200));
        texts.addAll(texts("n", 3));
        burst(cluster.node(0), texts);
        cluster.run(100);
        assertEquals(texts, cluster.node(1).log().delivered);
    }

    @Test
    void shouldLeaveOutWhatTheHandlerFailedToTakeNoteOf() {
        final TestCluster cluster = settled(2);
        cluster.node(0).broadcast("one");
        cluster.node(0).log().failing = "onBroadcast";
        cluster.cycle();
        cluster.node(0).log().failing = null;
        burst(cluster.node(0), texts("m", 2));
        cluster.run(100);
        assertEquals(texts("m", 2), cluster.node(1).log().delivered);
        assertEquals(1, cluster.node(0).count(EngineCounter.BROADCASTS_FAILED));
    }

    /** The third node's link to the first is cut while the payload goes out: it hears of it, and asks. */
    @Test
    void shouldBringAllThatTravelledTogetherWhenOneIsAskedFor() {
        final TestCluster cluster = settled(5);
        cluster.pipe(0, 1).isLossy = true;
        cluster.pipe(0, 2).isLossy = true;
        burst(cluster.node(0), texts("m", IN_A_BURST));
        cluster.cycle();
        cluster.cycle();
        cluster.pipe(0, 1).isLossy = false;
        cluster.pipe(0, 2).isLossy = false;
        assertTrue(cluster.runUntil(() -> IntStream.range(1, 5)
            .allMatch(i -> cluster.node(i).log().delivered.size() >= IN_A_BURST)));
        for (int i = 1; i < 5; i++) {
            assertEquals(texts("m", IN_A_BURST), cluster.node(i).log().delivered, "node " + i);
        }
        assertTrue(cluster.nodes.stream().mapToLong(node -> node.count("protocol.grafts.served")).sum() > 0);
        assertEquals(0, cluster.nodes.stream().mapToLong(node -> node.count("engine.exchanges.marked")).sum());
    }

    @Test
    void shouldLeaveTheOthersToAnExchangeWhereItIsForgottenWhatTravelledTogether() {
        final TestCluster cluster = settled(5);
        cluster.pipe(0, 1).isLossy = true;
        cluster.pipe(0, 2).isLossy = true;
        burst(cluster.node(0), texts("m", 2));
        cluster.cycle();
        cluster.cycle();
        // More than is kept of bundles, before anybody asks.
        for (int i = 0; i < 200; i++) {
            burst(cluster.node(0), texts("n" + i + "-", IN_A_BURST));
            cluster.cycle();
        }
        cluster.pipe(0, 1).isLossy = false;
        cluster.pipe(0, 2).isLossy = false;
        assertTrue(cluster.runUntil(() ->
            cluster.nodes.stream().mapToLong(node -> node.count("engine.exchanges.marked")).sum() > 0));
    }
}
