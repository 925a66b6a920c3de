package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.view.NeighboursAlone;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two handlers of each node, on a channel each: what holds one of them up, and what not. */
class ChannelClusterTest {
    private static final String BULK = "bulk";
    private static final String TEXT = "x".repeat(1_000);

    private TestCluster cluster;

    /** Handler "log" is on the default channel; handler "bulk" is on the one that is named. */
    private void start(final int size, final String channel) {
        cluster = new TestCluster(
            size, 64 * 1024, TestHandler::new, () -> Map.of(BULK, handler(channel)), new ExchangeOptions());
        assertTrue(cluster.runUntilAllUp());
        cluster.run(50);
    }

    private static BroadcastHandler handler(final String channel) {
        final TestHandler handler = new TestHandler();
        handler.channel = channel;
        return handler;
    }

    private void forEachBulkPipe(final Consumer<MemoryPipe> action) {
        for (int from = 0; from < cluster.nodes.size(); from++) {
            for (int to = 0; to < cluster.nodes.size(); to++) {
                if (from != to) {
                    action.accept(cluster.pipe(from, to, BULK));
                }
            }
        }
    }

    /** As many as the ring takes. */
    private List<String> flood(final TestNode root, final String what) {
        return flood(root, what, TEXT);
    }

    private List<String> flood(final TestNode root, final String what, final String rest) {
        final List<String> texts = new ArrayList<>();
        while (true) {
            final String text = what + " " + texts.size() + " " + rest;
            final long result = root.broadcast(BULK, text);
            if (result == BroadcastResult.BACK_PRESSURED) {
                return texts;
            }
            assertTrue(result > 0);
            texts.add(text);
        }
    }

    private boolean isDelivered(final int node, final String handler, final List<String> texts) {
        return new HashSet<>(cluster.node(node).handler(handler).delivered).containsAll(texts);
    }

    private void assertEachOnce(final int node, final String handler, final List<String> texts) {
        assertTrue(cluster.runUntil(() -> isDelivered(node, handler, texts)), () -> "node " + node);
        final List<String> delivered = cluster.node(node).handler(handler).delivered;
        assertEquals(delivered.size(), new HashSet<>(delivered).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {BULK, BroadcastHandler.DEFAULT_CHANNEL})
    void shouldDelayOnlyBroadcastsOfTheChannelThatIsBackPressured(final String channel) {
        start(3, channel);
        final boolean isShared = !channel.equals(BULK);
        final List<MemoryPipe> blocked = isShared ?
            List.of(cluster.pipe(0, 1), cluster.pipe(0, 2)) :
            List.of(cluster.pipe(0, 1, BULK), cluster.pipe(0, 2, BULK));
        blocked.forEach(pipe -> pipe.isFrozen = true);
        final List<String> bulk = new ArrayList<>(flood(cluster.node(0), "first"));
        // Until no queue is expected to become short.
        cluster.run(50);
        bulk.addAll(flood(cluster.node(0), "second"));
        cluster.run(1);
        assertTrue(cluster.node(0).count(EngineCounter.BROADCASTS_DELAYED) > 0);
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            texts.add("log " + i);
            final boolean isTaken = cluster.node(0).broadcast(texts.get(i)) > 0;
            assertEquals(!isShared, isTaken);
            cluster.run(1);
        }
        cluster.run(1);
        assertEquals(isShared ? List.of() : texts, cluster.node(1).log().delivered);
        assertEquals(isShared ? List.of() : texts, cluster.node(2).log().delivered);
        blocked.forEach(pipe -> pipe.isFrozen = false);
        assertEachOnce(1, BULK, bulk);
        assertEachOnce(2, BULK, bulk);
    }

    @ParameterizedTest
    @ValueSource(strings = {BULK, BroadcastHandler.DEFAULT_CHANNEL})
    void shouldDelayOnlyRelaysOfTheChannelThatIsBackPressured(final String channel) {
        start(3, channel);
        // From a to c there is no way but over b.
        cluster.cut(0, 2, true);
        forEachBulkPipe(pipe -> pipe.isCut = pipe.from.equals(cluster.members.get(0).endpoint()) &&
            pipe.to.equals(cluster.members.get(2).endpoint()));
        cluster.run(20);
        final MemoryPipe blocked =
            channel.equals(BULK) ? cluster.pipe(1, 2, BULK) : cluster.pipe(1, 2);
        blocked.isFrozen = true;
        final List<String> bulk = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            bulk.addAll(flood(cluster.node(0), "round " + i));
            cluster.run(10);
        }
        assertTrue(cluster.node(1).count(EngineCounter.FRAMES_ABORTED) > 0);
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            texts.add("log " + i);
            cluster.node(0).broadcast(texts.get(i));
            cluster.run(1);
        }
        cluster.run(1);
        assertEquals(channel.equals(BULK), isDelivered(2, TestNode.HANDLER, texts));
        blocked.isFrozen = false;
        assertEachOnce(1, BULK, bulk);
        assertEachOnce(2, BULK, bulk);
    }

    @Test
    void shouldGraftWhileAnotherChannelHasMoreToGraftThanItMayAskFor() {
        start(3, BULK);
        forEachBulkPipe(pipe -> pipe.isFrozen = pipe.to.equals(cluster.members.get(1).endpoint()));
        final List<String> bulk = new ArrayList<>();
        // One in each cycle, so that they do not travel together.
        for (int i = 0; i < 4_000; i++) {
            if (cluster.node(0).broadcast(BULK, "bulk " + i) > 0) {
                bulk.add("bulk " + i);
            }
            cluster.run(1);
        }
        assertTrue(cluster.node(1).count("protocol.grafts.queued") > 0, "b has more to ask for than it may");
        cluster.pipe(0, 1).isLossy = true;
        cluster.pipe(2, 1).isLossy = true;
        cluster.node(2).broadcast("lost");
        cluster.run(1);
        cluster.pipe(0, 1).isLossy = false;
        cluster.pipe(2, 1).isLossy = false;
        final long sinceNs = cluster.nowNs;
        assertTrue(cluster.runUntil(() -> isDelivered(1, TestNode.HANDLER, List.of("lost"))));
        assertTrue(cluster.nowNs - sinceNs < 2_000 * TestNode.MS, () -> cluster.nowNs - sinceNs + "ns");
        forEachBulkPipe(pipe -> pipe.isFrozen = false);
        assertEachOnce(1, BULK, bulk);
        assertEachOnce(2, BULK, bulk);
    }

    @Test
    void shouldPassAnOpenClaimOfAnotherChannel() {
        start(2, BULK);
        final BroadcastClaim claim = cluster.node(0).handler(BULK).context.newClaim();
        assertTrue(claim.tryClaim(TestHandler.ID_LENGTH, 4) > 0);
        claim.buffer().putStringWithoutLengthAscii(claim.payloadOffset(), "bulk");
        assertTrue(cluster.node(0).broadcast("log") > 0);
        cluster.run(2_000);
        assertEquals(List.of("log"), cluster.node(1).log().delivered);
        assertEquals(1, cluster.node(0).count(EngineCounter.CLAIMS_OVERDUE), "it is watched too");
        assertEquals(List.of(), cluster.node(1).handler(BULK).delivered);
        claim.commit();
        cluster.run(2);
        assertEquals(List.of("bulk"), cluster.node(1).handler(BULK).delivered);
    }

    @Test
    void shouldDeliverWhatWasBroadcastWhileAChannelAloneWasAway() {
        start(2, BULK);
        final MemoryPipe pipe = cluster.pipe(0, 1, BULK);
        pipe.isLossy = true;
        cluster.node(0).broadcast(BULK, "lost on the way");
        cluster.run(1);
        pipe.isLossy = false;
        pipe.isCut = true;
        cluster.run(20);
        cluster.node(0).broadcast(BULK, "not sent");
        cluster.node(0).broadcast("log");
        cluster.run(500);
        assertEquals(List.of("log"), cluster.node(1).log().delivered);
        assertEquals(List.of(), cluster.node(1).handler(BULK).delivered);
        assertEquals(1, cluster.node(0).count(EngineCounter.CHANNELS_LOST));
        pipe.isCut = false;
        assertEachOnce(1, BULK, List.of("lost on the way", "not sent"));
        assertEquals(0, cluster.node(0).count(EngineCounter.LINKS_DOWN), "the default channel alone tells");
    }

    @Test
    void shouldTakeInWhatGoodbyeHasOvertaken() {
        start(2, BULK);
        cluster.pipe(0, 1, BULK).isFrozen = true;
        cluster.node(0).broadcast(BULK, "last words");
        cluster.node(0).agent.onClose();
        cluster.nodes.set(0, null);
        cluster.run(5);
        assertTrue(cluster.node(1).peerEvents.contains("a down GOODBYE"));
        cluster.pipe(0, 1, BULK).isFrozen = false;
        cluster.run(5);
        assertEquals(List.of("last words"), cluster.node(1).handler(BULK).delivered);
    }

    @Test
    void shouldSendWhatAllChannelsHaveBeforeItCloses() {
        start(2, BULK);
        final List<String> bulk = flood(cluster.node(0), "bulk");
        assertTrue(cluster.node(0).broadcast("log") > 0);
        cluster.node(0).agent.terminate();
        assertEquals(BroadcastResult.CLOSED, cluster.node(0).broadcast(BULK, "late"));
        assertEquals(BroadcastResult.CLOSED, cluster.node(0).broadcast("late"));
        assertThrows(AgentTerminationException.class, () -> cluster.run(1_000), "it is closed");
        cluster.nodes.set(0, null);
        cluster.run(5);
        assertTrue(isDelivered(1, BULK, bulk));
        assertEquals(List.of("log"), cluster.node(1).log().delivered);
    }

    /** Both handlers of both nodes talk to each other, and do nothing but note how that ends. */
    private void startExchanging(final List<String> ends) {
        for (final TestNode node : cluster.nodes) {
            for (final String name : List.of(BULK, TestNode.HANDLER)) {
                node.handler(name).exchange = session -> session.start(listener(node.id + " " + name, ends));
                node.handler(name).acceptExchange = session -> {
                    node.handler(name).calls.add("accepted");
                    session.start(listener(node.id + " " + name, ends));
                };
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BULK, TestNode.HANDLER})
    void shouldExchangeOnTheHandlersOwnChannel(final String blocked) {
        start(2, BULK);
        final MemoryPipe pipe = blocked.equals(BULK) ? cluster.pipe(0, 1, BULK) : cluster.pipe(0, 1);
        final String free = blocked.equals(BULK) ? TestNode.HANDLER : BULK;
        startExchanging(new ArrayList<>());
        pipe.isFrozen = true;
        cluster.node(0).agent.exchangeTickPeriodNs(10 * TestNode.MS);
        assertTrue(cluster.runUntil(() -> cluster.node(0).agent.inspection().exchanges().size() == 2));
        cluster.run(5);
        assertTrue(cluster.node(1).handler(free).calls.contains("accepted"));
        assertFalse(cluster.node(1).handler(blocked).calls.contains("accepted"));
        pipe.isFrozen = false;
        cluster.run(5);
        assertTrue(cluster.node(1).handler(blocked).calls.contains("accepted"));
    }

    @Test
    void shouldEndTheExchangesOfAChannelThatIsLost() {
        start(2, BULK);
        final List<String> ends = new ArrayList<>();
        startExchanging(ends);
        cluster.node(0).agent.exchangeTickPeriodNs(10 * TestNode.MS);
        assertTrue(cluster.runUntil(() -> cluster.node(0).agent.inspection().exchanges().stream()
            .anyMatch(exchange -> exchange.handler().equals(BULK))));
        cluster.run(20);
        cluster.node(0).agent.exchangeTickPeriodNs(0);
        assertEquals(List.of(), ends);
        cluster.pipe(0, 1, BULK).isCut = true;
        cluster.run(20);
        assertEquals(List.of("a bulk LINK_LOST"), ends);
        cluster.pipe(1, 0, BULK).isCut = true;
        cluster.run(20);
        assertEquals(List.of("a bulk LINK_LOST", "b bulk LINK_LOST"), ends);
    }

    private static ExchangeListener listener(final String name, final List<String> ends) {
        return new ExchangeListener() {
            @Override
            public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
            }

            @Override
            public void onEnd(final ExchangeEnd end) {
                ends.add(name + " " + end);
            }
        };
    }

    @Test
    void shouldReportOnceThatAPeerIsNotOnAChannelAndNotWaitForIt() {
        final TestCluster strangers = new TestCluster(1);
        final Member other = new Member(NodeId.of("b"), strangers.hub.nextEndpoint());
        final TestNode b = new TestNode(
            strangers.hub, other, 1, strangers.members, new TestHandler(), Map.of(BULK, handler(BULK)),
            strangers.exchanges, strangers.queries, null, new NeighboursAlone(),
            TestNode.engineOptions(), strangers.clock, strangers.nowNs);
        strangers.members.add(other);
        strangers.nodes.add(b);
        strangers.updateAll();
        assertTrue(strangers.runUntilAllUp());
        strangers.run(3_000);
        assertEquals(1, b.count(EngineCounter.CHANNELS_MISSING));
        assertEquals(2, b.errors.size());
        assertTrue(b.errors.get(0).getMessage().contains("has no handler 'bulk'"), b.errors::toString);
        assertTrue(b.errors.get(1).getMessage().contains("does not listen on channel 'bulk'"), b.errors::toString);
        assertEquals(0, strangers.node(0).count(EngineCounter.CHANNELS_MISSING));
        assertTrue(b.broadcast(BULK, "to nobody") > 0);
        strangers.run(1);
        assertEquals(0, b.count(EngineCounter.BROADCASTS_DELAYED), "it is not waited for");
        assertEquals(0, b.rings.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {BULK, BroadcastHandler.DEFAULT_CHANNEL})
    void shouldHaveALinkToEachPeerForEachChannelInUse(final String channel) {
        start(3, channel);
        final int count = channel.equals(BULK) ? 2 : 1;
        final TestNode a = cluster.node(0);
        assertEquals(2 * count, a.transport.openLinks.size());
        final List<Member> members = new ArrayList<>(cluster.members);
        members.set(1, new Member(members.get(1).id(), cluster.hub.nextEndpoint()));
        a.update(members);
        cluster.run(2);
        assertEquals(2 * count, a.transport.openLinks.size());
        assertEquals(count, a.transport.openLinks.stream()
            .filter(link -> link.endpoint().equals(members.get(1).endpoint())).count());
        a.update(List.of(members.get(2)));
        cluster.run(2);
        assertEquals(count, a.transport.openLinks.size());
        a.update(List.of(new Member(NodeId.of("z"), MemoryTransport.UNREACHABLE + ":1"), members.get(1)));
        cluster.run(2);
        assertEquals(count, a.transport.openLinks.size(), "a failed update leaves nothing behind");
        assertFalse(a.errors.isEmpty());
    }
}
