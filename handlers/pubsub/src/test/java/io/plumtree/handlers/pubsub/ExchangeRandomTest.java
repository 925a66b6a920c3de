package io.plumtree.handlers.pubsub;

import static io.plumtree.handlers.pubsub.ExchangeNode.advanceMs;
import static io.plumtree.handlers.pubsub.ExchangeNode.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.testkit.ExchangeOutcome;
import io.plumtree.handlers.testkit.ExchangePair;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExchangeRandomTest {
    private static final int MAX_EXCHANGES = 100;
    private static final int MAX_SEQUENCE = 60;

    /** Many origins, two incarnations, gaps, both sides' own messages, bounds of all sizes, links that are lost. */
    @Test
    void shouldAlwaysConvergeToTheUnionOfWhatIsRetained() {
        for (long seed = 1; seed <= 40; seed++) {
            final Random random = new Random(seed);
            final ExchangeNode a = node("a", random);
            final ExchangeNode b = node("b", random);
            final int origins = 1 + random.nextInt(random.nextBoolean() ? 4 : 60);
            fill(a, b, origins, random);
            advanceMs(5_000, a, b);
            final Set<String> union = new TreeSet<>(retained(a, b, origins));
            union.addAll(retained(b, a, origins));
            int exchanges = 0;
            while (a.unordered.size() < union.size() || b.unordered.size() < union.size()) {
                assertTrue(exchanges++ < MAX_EXCHANGES, "seed " + seed);
                final ExchangePair pair = (random.nextBoolean() ? a.with(b) : b.with(a))
                    .windowLength(random.nextInt(3_000))
                    .maxMessageLength(random.nextInt(4) == 0 ? 2_000 : 65_536)
                    .loseLinkAfter(random.nextInt(3) == 0 ? random.nextInt(20) : -1);
                final ExchangeOutcome outcome = pair.run();
                assertTrue(
                    outcome.isCompleted() || outcome.acceptorEnd() == ExchangeEnd.LINK_LOST,
                    "seed " + seed + ": " + outcome);
            }
            assertEquals(union, retained(a, b, origins), "seed " + seed);
            assertEquals(union, retained(b, a, origins), "seed " + seed);
            assertEquals(union, new TreeSet<>(a.unordered), "seed " + seed);
            assertEquals(union.size(), a.unordered.size(), "seed " + seed + ": twice");
            assertEquals(union.size(), b.unordered.size(), "seed " + seed + ": twice");
            a.exchangeWith(b);
            b.exchangeWith(a);
            assertEquals(union.size(), b.unordered.size(), "seed " + seed);
            assertTrue(a.node.errors().isEmpty() && b.node.errors().isEmpty(), "seed " + seed);
        }
    }

    @Test
    void shouldConvergeWhereverTheExchangeBeforeWasCutOff() {
        int cutCount = 0;
        boolean isCut = true;
        for (int at = 0; isCut; at++) {
            final ExchangeNode a = new ExchangeNode("a");
            final ExchangeNode b = new ExchangeNode("b");
            for (int i = 1; i <= 30; i++) {
                (i % 3 == 0 ? a : b).merge(ExchangeNode.ORIGIN, ExchangeNode.INCARNATION, i, 7_000 + i % 2 * 58_500);
            }
            advanceMs(3_000, a, b);
            final ExchangeOutcome outcome = a.with(b).loseLinkAfter(at).run();
            isCut = outcome.initiatorEnd() == ExchangeEnd.LINK_LOST;
            cutCount += isCut ? 1 : 0;
            assertTrue((at % 2 == 0 ? a.with(b) : b.with(a)).run().isCompleted());
            assertEquals(30, a.unordered.size(), "cut after " + at);
            assertEquals(new HashSet<>(a.unordered), new HashSet<>(b.unordered), "cut after " + at);
            assertEquals(30, b.unordered.size(), "cut after " + at);
            assertTrue(a.node.errors().isEmpty() && b.node.errors().isEmpty());
        }
        assertTrue(cutCount > 35, "cut " + cutCount + " times");
    }

    @Test
    void shouldConvergeWhereverTheExchangeBeforeWasCancelled() {
        int steps = 0;
        boolean isCancelled = true;
        while (isCancelled) {
            final ExchangeNode a = new ExchangeNode("a").merge(1, 50);
            final ExchangeNode b = new ExchangeNode("b").merge(40, 90);
            advanceMs(3_000, a, b);
            final ExchangePair pair = a.with(b).windowLength(0);
            pair.start();
            for (int i = 0; i < steps && !pair.isOver(); i++) {
                pair.step();
            }
            isCancelled = !pair.isOver();
            pair.cancel();
            while (!pair.isOver()) {
                pair.step();
            }
            steps++;
            assertTrue(b.exchangeWith(a).isCompleted());
            assertEquals(90, a.unordered.size());
            assertEquals(90, b.unordered.size());
        }
        assertTrue(steps > 4, "cancelled " + steps + " times");
    }

    private static ExchangeNode node(final String name, final Random random) {
        final ExchangeNode node = new ExchangeNode(
            name,
            "retained.messages", "16384",
            "retained.bytes", "2m",
            "exchange.messages", String.valueOf(20 + random.nextInt(300)),
            "exchange.bytes", String.valueOf(1_024 + random.nextInt(100_000)));
        return random.nextBoolean() ? node.withOrdered() : node;
    }

    private static void fill(final ExchangeNode a, final ExchangeNode b, final int origins, final Random random) {
        a.publish(random.nextInt(30));
        b.publish(random.nextInt(30));
        for (int origin = 1; origin <= origins; origin++) {
            for (int incarnation = 1; incarnation <= 1 + random.nextInt(2); incarnation++) {
                final int from = random.nextInt(MAX_SEQUENCE);
                final int onA = random.nextInt(101);
                final int onB = random.nextInt(101);
                for (int sequence = from + 1; sequence <= MAX_SEQUENCE; sequence++) {
                    final int length = random.nextInt(random.nextInt(20) == 0 ? 1_900 : 30);
                    if (random.nextInt(100) < onA) {
                        a.merge(origin, incarnation, sequence, length);
                    }
                    if (random.nextInt(100) < onB) {
                        b.merge(origin, incarnation, sequence, length);
                    }
                }
            }
        }
    }

    private static Set<String> retained(final ExchangeNode node, final ExchangeNode other, final int origins) {
        final Set<String> keys = new TreeSet<>();
        for (int sequence = 1; sequence <= MAX_SEQUENCE; sequence++) {
            for (int origin = 1; origin <= origins; origin++) {
                add(keys, node, origin, 1, sequence);
                add(keys, node, origin, 2, sequence);
            }
            add(keys, node, node.id(), ExchangeNode.INCARNATION, sequence);
            add(keys, node, other.id(), ExchangeNode.INCARNATION, sequence);
        }
        return keys;
    }

    private static void add(
        final Set<String> keys,
        final ExchangeNode node,
        final long origin,
        final long incarnation,
        final long sequence) {
        if (origin == node.id() && sequence > node.counter("published")) {
            return;
        }
        if (node.retains(origin, incarnation, sequence)) {
            keys.add(key(origin, incarnation, sequence));
        }
    }
}
