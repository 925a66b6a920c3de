package io.plumtree.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.handlers.spi.ExchangeResult;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random schedules: messages, ends, failures, links that refuse, freeze, lose frames and go down, cancelling. Whatever
 * happens, what arrives is what was sent, in order; every listener is told its end once; and once all is well again
 * exchanges work, and none is left.
 *
 * <p>The seed is random, and shown when the test fails; repeat with {@code -Dplumtree.exchange.seed=SEED}.
 */
class ExchangeRandomTest {
    private static final int NODES = 3;

    private SplittableRandom random;
    private ExchangeNet net;

    @Test
    void shouldKeepItsPromisesWhateverHappens() {
        run(40);
    }

    @Test
    @Tag("slow")
    void shouldKeepItsPromisesWhateverHappensOften() {
        run(1_000);
    }

    private void run(final int schedules) {
        final long first = Long.getLong("plumtree.exchange.seed", System.nanoTime());
        for (long seed = first; seed < first + schedules; seed++) {
            try {
                schedule(seed);
            } catch (final Throwable ex) {
                throw new AssertionError("seed " + seed, ex);
            }
        }
    }

    private void schedule(final long seed) {
        random = new SplittableRandom(seed);
        net = new ExchangeNet(NODES, new ExchangeOptions()
            .tickPeriodNs((1 + random.nextInt(200)) * ExchangeNet.MS)
            .timeoutNs((50 + random.nextInt(2_000)) * ExchangeNet.MS)
            .windowLength(1_024 + random.nextInt(20_000))
            .limit(1 + random.nextInt(3))
            .inboundLimit(1 + random.nextInt(3)), "kv", "log");
        for (final ExchangeNode node : net.nodes) {
            for (final ScriptedHandler handler : node.handlers) {
                handler.asked = (peer, session) -> answer(handler, handler.run(peer, session));
                handler.accepting = handler.asked;
            }
        }
        connectAll();
        for (int i = 0; i < 3_000; i++) {
            event();
            net.nowNs += random.nextInt(3) * ExchangeNet.MS;
            net.cycle();
            checkLimits();
        }
        heal();
        check();
    }

    private ExchangeResult answer(final ScriptedHandler handler, final ExchangeResult running) {
        final Side side = handler.last();
        final String direction = side.session.isInitiator() ? "i" : "r";
        final int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            side.toSend.add(direction + i + " " + "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 4_000 : 100)));
        }
        side.isCompleting = random.nextInt(3) == 0;
        if (random.nextInt(20) == 0) {
            side.failing = List.of("onMessage", "doWork", "onEnd").get(random.nextInt(3));
        }
        return random.nextInt(15) == 0 ? ExchangeResult.values()[random.nextInt(4)] : running;
    }

    private void event() {
        final int one = random.nextInt(NODES);
        final int other = (one + 1 + random.nextInt(NODES - 1)) % NODES;
        final ExchangeNet.Link link = net.link(one, other);
        switch (random.nextInt(60)) {
            case 0 -> link.isRefusing ^= true;
            case 1 -> link.isFrozen ^= true;
            case 2 -> link.isNarrow ^= true;
            case 3 -> link.losses = random.nextInt(4) == 0 ? 1 : 0;
            case 4 -> net.down(one, other);
            case 5, 6 -> connectAll();
            case 7 -> {
                // Only one of them notices.
                net.node(one).down(other, true);
            }
            case 8 -> net.node(one).exchanges.cancel(ExchangeSelector.peer(ExchangeNet.id(other)), net.nowNs);
            case 9 -> net.node(one).due.mark(other);
            case 10 -> {
                final ScriptedHandler handler = net.node(one).handlers.get(random.nextInt(2));
                if (!handler.sides.isEmpty()) {
                    handler.last().session.complete();
                }
            }
            default -> {
                // Mostly nothing happens.
            }
        }
    }

    private void connectAll() {
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                if (i != j && !net.node(i).isUp(j)) {
                    net.node(i).up(j);
                }
            }
        }
    }

    private void checkLimits() {
        for (final ExchangeNode node : net.nodes) {
            assertTrue(node.exchanges.initiated(net.nowNs).size() <= node.settings.limit());
        }
    }

    private void heal() {
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                net.link(i, j).isRefusing = false;
                net.link(i, j).isFrozen = false;
                net.link(i, j).isNarrow = false;
                net.link(i, j).losses = 0;
            }
        }
        connectAll();
        final long[] before = new long[NODES];
        for (final ExchangeNode node : net.nodes) {
            before[node.index] = node.count(ExchangeCounter.COMPLETED);
            for (final ScriptedHandler handler : node.handlers) {
                handler.asked = handler::run;
                handler.accepting = (peer, session) -> {
                    handler.run(peer, session);
                    handler.last().toSend.add("r0 healed");
                    handler.last().isCompleting = true;
                    return ExchangeResult.RUNNING;
                };
            }
        }
        assertTrue(net.runUntil(() -> net.nodes.stream()
            .allMatch(node -> node.count(ExchangeCounter.COMPLETED) > before[node.index])), "does not recover");
        for (final ExchangeNode node : net.nodes) {
            node.exchanges.tickPeriodNs(0);
        }
        net.run(5_000);
    }

    private void check() {
        for (final ExchangeNode node : net.nodes) {
            assertEquals(List.<Exchange>of(), node.exchanges.initiated(net.nowNs));
            assertTrue(node.exchanges.isBelowLimit());
            for (final ScriptedHandler handler : node.handlers) {
                for (final Side side : handler.sides) {
                    assertEquals(1, side.ends.size(), "told its end " + side.ends);
                    final String direction = side.session.isInitiator() ? "r" : "i";
                    for (int i = 0; i < side.received.size(); i++) {
                        final String text = side.received.get(i);
                        assertTrue(text.startsWith(direction + i + " "), () -> "received " + side.received);
                    }
                }
            }
        }
    }
}
