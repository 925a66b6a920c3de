package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderedDeliveryRandomTest {
    private static final int MESSAGES = 300;

    @Test
    void shouldMakeTheStreamOfAnyPermutationWithDuplicates() {
        for (long seed = 1; seed <= 200; seed++) {
            final Random random = new Random(seed);
            final Fixture fixture = new Fixture();
            final List<String> received = new ArrayList<>();
            fixture.pubSub.subscribe(
                Fixture.TOPIC,
                DeliveryOrder.ORIGIN,
                (origin, incarnation, sequence, buffer, offset, length) ->
                    received.add(sequence + ":" + buffer.getStringWithoutLengthUtf8(offset, length)),
                (origin, incarnation, from, to) -> received.add("gap"));
            for (final long sequence : arrivals(random, MESSAGES, MESSAGES, 0)) {
                fixture.merge(sequence);
            }
            final List<String> expected = new ArrayList<>();
            for (int i = 1; i <= MESSAGES; i++) {
                expected.add(i + ":message " + i);
            }
            assertEquals(expected, received, "seed " + seed);
        }
    }

    /** Loss, reordering, duplicates, and bounds so small that all of them are met. */
    @Test
    void shouldAccountForEverySequenceOnceWhateverIsLostOrOutOfBounds() {
        for (long seed = 1; seed <= 500; seed++) {
            final Random random = new Random(seed);
            final Fixture fixture = new Fixture(
                "retained.messages", String.valueOf(4 + random.nextInt(40)),
                "retained.bytes", String.valueOf(1_024 + random.nextInt(4_096)),
                "holdback.messages", String.valueOf(1 + random.nextInt(4)),
                "intervals", "64");
            final Account account = new Account("seed " + seed);
            subscribe(fixture, account);
            final Set<Long> arrived = new HashSet<>();
            for (final long sequence : arrivals(random, MESSAGES, 1 + random.nextInt(40), random.nextInt(30))) {
                final String data = sequence + "|" + "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 6_000 : 300));
                if (fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, sequence, Fixture.TOPIC, data)) {
                    arrived.add(sequence);
                }
                if (random.nextInt(20) == 0) {
                    fixture.advanceMs(random.nextInt(800));
                }
            }
            fixture.advanceMs(1);
            fixture.advanceMs(1_000);
            final long last = Collections.max(arrived);
            assertEquals(last + 1, account.expected, account.name);
            assertEquals(arrived, account.unordered, account.name);
            assertEquals(arrived.size() - fixture.counter("late"), account.deliveredCount, account.name);
            assertTrue(fixture.context.errors.isEmpty(), () -> account.name + " " + fixture.context.errors.get(0));
        }
    }

    private static void subscribe(final Fixture fixture, final Account account) {
        fixture.pubSub.subscribe(
            Fixture.TOPIC,
            DeliveryOrder.ORIGIN,
            (origin, incarnation, sequence, buffer, offset, length) -> {
                final String data = buffer.getStringWithoutLengthUtf8(offset, length);
                assertTrue(data.startsWith(sequence + "|"), account.name);
                account.take(sequence, sequence);
                account.deliveredCount++;
            },
            (origin, incarnation, from, to) -> account.take(from, to));
        fixture.pubSub.subscribe(
            Fixture.TOPIC,
            (origin, incarnation, sequence, buffer, offset, length) ->
                assertTrue(account.unordered.add(sequence), account.name));
    }

    /** Sequences from 1, each displaced by up to so many places, some lost, some twice. */
    private static List<Long> arrivals(
        final Random random, final int count, final int displacement, final int lossPercent) {
        final List<double[]> order = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            for (int copies = random.nextInt(3) == 0 ? 2 : 1; copies > 0; copies--) {
                if (random.nextInt(100) >= lossPercent || i == count) {
                    order.add(new double[] {i + random.nextDouble() * displacement, i});
                }
            }
        }
        order.sort((a, b) -> Double.compare(a[0], b[0]));
        return order.stream().map(entry -> (long) entry[1]).toList();
    }

    private static final class Account {
        private final String name;
        private final Set<Long> unordered = new HashSet<>();
        private long expected = 1;
        private int deliveredCount;

        Account(final String name) {
            this.name = name;
        }

        void take(final long from, final long to) {
            assertEquals(expected, from, name);
            assertTrue(from <= to, name);
            expected = to + 1;
        }
    }
}
