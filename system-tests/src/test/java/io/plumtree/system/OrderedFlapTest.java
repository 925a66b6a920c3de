package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.pubsub.DeliveryOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ordered subscribers of whole nodes on the test's time, whose links flap or which stand still. Every node lives and
 * retains all, so nothing may be given up. Node 0 publishes 50 messages a second.
 */
class OrderedFlapTest {
    private static final int NODES = 4;
    private static final long PERIOD_MS = 20;

    private final List<Member> members = new ArrayList<>();
    private final List<VirtualNode> nodes = new ArrayList<>();
    private long nowNs;
    private VirtualNetwork network;
    private long periodMs = PERIOD_MS;
    private long nextMs;
    private int published;

    /** Starts the nodes, some of them without an ordered subscriber. */
    private void launch(final Integer... unordered) {
        final Set<Integer> withoutOrder = Set.of(unordered);
        // The store of messages takes its first time from the system's clock.
        nowNs = System.nanoTime();
        network = new VirtualNetwork(VirtualNode.MS, nowNs);
        for (int i = 0; i < NODES; i++) {
            members.add(new Member(NodeId.of("n" + i), "virtual:" + (10_000 + i)));
        }
        for (int i = 0; i < NODES; i++) {
            nodes.add(new VirtualNode(network, i, members,
                withoutOrder.contains(i) ? DeliveryOrder.NONE : DeliveryOrder.ORIGIN, () -> nowNs));
        }
        assertTrue(runUntil(() -> nodes.stream().allMatch(node -> node.connectedPeers() == NODES - 1)));
        // Trees settle, and first exchanges are had.
        publish(15_000);
    }

    private void run(final long ms) {
        for (long i = 0; i < ms; i++) {
            pass(VirtualNode.MS);
        }
    }

    private void pass(final long durationNs) {
        nowNs += durationNs;
        network.nowNs(nowNs);
        nodes.forEach(node -> node.cycle(nowNs));
    }

    private boolean runUntil(final BooleanSupplier condition) {
        for (int i = 0; i < 60_000 && !condition.getAsBoolean(); i++) {
            run(1);
        }
        return condition.getAsBoolean();
    }

    private void publish(final long ms) {
        for (long i = 0; i < ms; i++) {
            if (--nextMs <= 0) {
                nodes.get(0).publish();
                published++;
                nextMs = periodMs;
            }
            run(1);
        }
    }

    private void blockAllTo(final int node, final boolean isBlocked) {
        for (int other = 0; other < NODES; other++) {
            if (other != node && isBlocked) {
                network.block(members.get(other).endpoint(), members.get(node).endpoint());
            } else if (other != node) {
                network.open(members.get(other).endpoint(), members.get(node).endpoint());
            }
        }
    }

    private void assertAllInOrder() {
        for (int i = 1; i < NODES; i++) {
            assertInOrder(i);
        }
    }

    private void assertInOrder(final int index) {
        final List<String> all = LongStream.rangeClosed(1, published).mapToObj(String::valueOf).toList();
        final VirtualNode node = nodes.get(index);
        runUntil(() -> node.received.size() >= all.size());
        assertEquals(all, node.received, "node " + index);
        assertEquals(0, node.count("handler.pubsub.gaps"));
        assertEquals(List.of(), node.errors);
    }

    /** The links to one node let nothing through; the other direction goes on, so that its peers notice nothing. */
    @ParameterizedTest
    @ValueSource(longs = {2_100, 3_000, 5_000, 8_000})
    void shouldLoseNothingWhereLinksDropLargeDatagramsForSomeSeconds(final long ms) {
        launch();
        blockAllTo(3, true);
        publish(ms);
        blockAllTo(3, false);
        final int linksUp = nodes.get(3).linksUp;
        publish(10_000);
        assertTrue(nodes.get(3).linksUp > linksUp, "the links have flapped");
        assertAllInOrder();
    }

    /** All stand still; what was under way is lost with the links. */
    @ParameterizedTest
    @ValueSource(longs = {1_500, 5_000, 20_000})
    void shouldLoseNothingWhereTheMachineStandsStill(final long ms) {
        launch();
        for (int node = 0; node < NODES; node++) {
            blockAllTo(node, true);
        }
        publish(ms < 2_000 ? 2_200 : 1_000);
        pass(ms * VirtualNode.MS);
        for (int node = 0; node < NODES; node++) {
            blockAllTo(node, false);
        }
        publish(10_000);
        assertAllInOrder();
    }

    @Test
    void shouldLoseNothingWhereLinksFlapOneAfterTheOther() {
        launch();
        for (int round = 0; round < 6; round++) {
            final int node = 1 + round % (NODES - 1);
            blockAllTo(node, true);
            publish(2_500);
            blockAllTo(node, false);
            publish(500);
        }
        publish(10_000);
        assertAllInOrder();
    }

    /** Nodes 2 and 3 hear of node 0 by node 1 alone: their own links stay as they are. */
    @ParameterizedTest
    @ValueSource(longs = {3_000, 10_000})
    void shouldLoseNothingWhereALinkFlapsElsewhere(final long ms) {
        launch();
        blockBothWays(0, 2, true);
        blockBothWays(0, 3, true);
        flapLinkOfFirstTo1(ms);
        assertAllInOrder();
    }

    /** Node 3 hears of node 0 by node 2 alone, where nothing waits for what is missing, and that by node 1. */
    @ParameterizedTest
    @ValueSource(longs = {3_000, 10_000})
    void shouldLoseNothingWhereThePeerThatHasNothingYetHasNoOrderedSubscriber(final long ms) {
        launch(2);
        blockBothWays(0, 2, true);
        blockBothWays(0, 3, true);
        blockBothWays(1, 3, true);
        flapLinkOfFirstTo1(ms);
        assertInOrder(3);
    }

    private void flapLinkOfFirstTo1(final long ms) {
        publish(70_000);
        final int linksUp = nodes.get(2).linksUp;
        blockBothWays(0, 1, true);
        // More than is announced when the link is up again: exchanges must bring it.
        periodMs = 1;
        publish(ms);
        periodMs = PERIOD_MS;
        blockBothWays(0, 1, false);
        publish(10_000);
        assertEquals(linksUp, nodes.get(2).linksUp);
    }

    private void blockBothWays(final int one, final int other, final boolean isBlocked) {
        final String here = members.get(one).endpoint();
        final String there = members.get(other).endpoint();
        if (isBlocked) {
            network.block(here, there);
            network.block(there, here);
        } else {
            network.open(here, there);
            network.open(there, here);
        }
    }
}
