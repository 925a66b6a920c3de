package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.ExchangeTask;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanges of whole nodes, over the in-memory transport. */
class ExchangeClusterTest {
    private static final int MESSAGE_LENGTH = 2_000;

    /** Sends so many messages to the other side, and completes the exchange if told to. */
    private static final class Talk implements ExchangeListener {
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);
        private final ExchangeSession session;
        private final TestHandler handler;
        private int left;

        Talk(final ExchangeSession session, final TestHandler handler, final int count) {
            this.session = session;
            this.handler = handler;
            this.left = count;
        }

        @Override
        public int doWork(final long nowNs) {
            int count = 0;
            while (left > 0 && session.send(message, 0, MESSAGE_LENGTH)) {
                left--;
                count++;
                if (left == 0) {
                    session.complete();
                }
            }
            return count;
        }

        @Override
        public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
            handler.calls.add("message " + length);
        }

        @Override
        public void onEnd(final ExchangeEnd end) {
            handler.calls.add(end + " with " + session.peer());
        }
    }

    private static TestHandler talker(final int messages) {
        final TestHandler handler = new TestHandler();
        handler.exchange = session -> session.start(new Talk(session, handler, messages));
        handler.acceptExchange = session -> session.start(new Talk(session, handler, 0));
        return handler;
    }

    private static TestCluster cluster(final int size, final ExchangeOptions options, final int messages) {
        return new TestCluster(size, 64 * 1024, () -> talker(messages), options);
    }

    private static ExchangeOptions every(final long ms) {
        return new ExchangeOptions().tickPeriodNs(ms * TestNode.MS);
    }

    private static List<String> calls(final TestNode node, final String call) {
        return node.log().calls.stream().filter(call::equals).toList();
    }

    @Test
    void shouldCarryMoreThanALinkHoldsAndComplete() {
        final TestCluster cluster = cluster(2, every(0), 500);
        assertTrue(cluster.runUntilAllUp());
        final TestNode a = cluster.node(0);
        final TestNode b = cluster.node(1);
        a.agent.exchangeTickPeriodNs(10_000 * TestNode.MS);
        assertTrue(cluster.runUntil(() -> calls(a, "COMPLETED with b").size() == 1));
        assertTrue(cluster.runUntil(() -> calls(b, "COMPLETED with a").size() == 1));
        assertEquals(500, calls(b, "message " + MESSAGE_LENGTH).size());
        assertEquals(500, b.count("engine.exchanges.messages.in"));
        assertEquals(500 * MESSAGE_LENGTH, a.count("engine.exchanges.bytes.out"));
        assertEquals(0, a.count("engine.exchanges.violations") + b.count("engine.exchanges.violations"));
        assertEquals(List.of(), a.errors);
    }

    @Test
    void shouldKeepBroadcastsGoingWhileExchangesRun() {
        final TestCluster cluster = cluster(3, every(10), 1_000_000);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> cluster.node(0).count("engine.exchanges.messages.out") > 100));
        for (int i = 0; i < 200; i++) {
            assertTrue(cluster.node(i % 3).broadcast("message " + i) > 0);
            cluster.run(5);
        }
        cluster.run(1_000);
        for (int i = 0; i < 3; i++) {
            final int own = i;
            assertEquals(200 - (own == 2 ? 66 : 67), cluster.node(i).log().delivered.size());
            assertEquals(List.of(), cluster.node(i).errors);
            assertFalse(cluster.node(i).agent.inspection().exchanges().isEmpty());
        }
    }

    @Test
    void shouldStartAnExchangeSoonWhenItJoinsLate() {
        final TestCluster cluster = cluster(4, every(10_000), 1);
        cluster.cut(0, 3, true);
        cluster.cut(1, 3, true);
        cluster.cut(2, 3, true);
        cluster.run(30_000);
        final TestNode d = cluster.node(3);
        assertEquals(0, d.count("engine.exchanges.started") + d.count("engine.exchanges.accepted"));
        for (int i = 0; i < 3; i++) {
            cluster.cut(i, 3, false);
        }
        cluster.run(1_500);
        assertEquals(1, d.count("engine.exchanges.started"));
    }

    @Test
    void shouldEndExchangesWithALinkThatIsLostAndWithAPeerThatRestarts() {
        final TestCluster cluster = cluster(2, every(100), 1_000_000);
        cluster.node(1).agent.exchangeTickPeriodNs(0);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> cluster.node(1).count("engine.exchanges.accepted") == 1));
        cluster.cut(0, 1, true);
        cluster.run(1_000);
        assertEquals(1, calls(cluster.node(0), "LINK_LOST with b").size());
        cluster.cut(0, 1, false);
        assertTrue(cluster.runUntil(() -> cluster.node(1).count("engine.exchanges.accepted") == 2));
        cluster.restart(1, 2);
        cluster.run(1_000);
        assertEquals(2, calls(cluster.node(0), "LINK_LOST with b").size());
        assertEquals(List.of(), cluster.node(0).errors);
    }

    @Test
    void shouldCancelOnBothSides() {
        final TestCluster cluster = cluster(2, every(100), 1_000_000);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> cluster.node(1).count("engine.exchanges.accepted") == 1));
        final TestNode a = cluster.node(0);
        a.agent.exchangeTickPeriodNs(0);
        final List<Exchange> running = a.agent.inspection().exchanges();
        assertEquals(1, running.size());
        assertEquals("log", running.get(0).handler());
        assertEquals(NodeId.of("b"), running.get(0).peer());
        assertEquals(List.of(), a.agent.cancelExchanges(ExchangeSelector.handler("other")));
        assertEquals(running, a.agent.cancelExchanges(ExchangeSelector.handle(running.get(0).handle())));
        cluster.run(1_000);
        assertEquals(1, calls(a, "CANCELLED with b").size());
        assertEquals(1, calls(cluster.node(1), "CANCELLED with a").size());
        assertEquals(List.of(), a.agent.inspection().exchanges());
    }

    @Test
    void shouldEndExchangesBeforeHandlersClose() {
        final TestCluster cluster = cluster(2, every(100), 1_000_000);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> cluster.node(1).count("engine.exchanges.accepted") == 1));
        final TestNode a = cluster.node(0);
        a.agent.onClose();
        final List<String> calls = a.log().calls;
        assertEquals(List.of("CLOSED with b", "onClose"), calls.subList(calls.size() - 2, calls.size()));
        cluster.nodes.set(0, null);
        cluster.run(10);
        final String end = cluster.node(1).log().calls.get(cluster.node(1).log().calls.size() - 1);
        assertEquals("CLOSED with a", end);
    }

    @Test
    @Timeout(60)
    void shouldCloseWhenATaskIgnoresItsEnd() {
        final CountDownLatch release = new CountDownLatch(1);
        final ExchangeTask task = channel -> {
            boolean isReleased = false;
            while (!isReleased) {
                try {
                    release.await();
                    isReleased = true;
                } catch (final InterruptedException ex) {
                    // On purpose.
                }
            }
        };
        final TestCluster cluster = cluster(2, every(100), 0);
        cluster.node(1).log().acceptExchange = session -> session.start(task);
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> cluster.node(1).count("engine.exchanges.accepted") == 1));
        cluster.node(1).agent.onClose();
        assertEquals(1, cluster.node(1).count("engine.exchanges.tasks.left"));
        assertEquals(1, cluster.node(1).errors.size());
        assertTrue(cluster.node(1).errors.get(0).getMessage().contains("handler 'log'"));
        assertEquals("onClose", cluster.node(1).log().calls.get(cluster.node(1).log().calls.size() - 1));
        release.countDown();
    }

    @Test
    void shouldCountFailuresInTheHandlersName() {
        final TestCluster cluster = cluster(2, every(100), 1);
        cluster.node(1).log().acceptExchange = session -> {
            throw new IllegalStateException("on purpose");
        };
        assertTrue(cluster.runUntilAllUp());
        final TestNode b = cluster.node(1);
        assertTrue(cluster.runUntil(() -> b.count("handler.log.failures") > 0));
        assertTrue(b.errors.get(0).getMessage().startsWith("handler 'log' failed in acceptExchange"));
        cluster.run(10);
        assertTrue(cluster.node(0).log().calls.contains("FAILED with b"));
        assertTrue(cluster.node(0).count("engine.exchanges.failed") > 0);
    }

    @Test
    void shouldExchangeAtOnceWithAPeerThatCouldNotBeServed() {
        final TestCluster cluster = cluster(3, every(0), 1);
        assertTrue(cluster.runUntilAllUp());
        final TestNode a = cluster.node(0);
        cluster.run(2_000);
        // Frames of the first message vanish, and what is announced then can't be had.
        a.log().isForgetful = true;
        cluster.pipe(0, 1).isLossy = true;
        cluster.pipe(0, 2).isLossy = true;
        a.broadcast("lost");
        cluster.run(10);
        cluster.pipe(0, 1).isLossy = false;
        cluster.pipe(0, 2).isLossy = false;
        assertTrue(cluster.runUntil(() -> a.count("engine.exchanges.marked") > 0));
        assertTrue(cluster.runUntil(() -> a.log().calls.contains("needed")));
    }
}
