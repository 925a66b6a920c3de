package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three publishers, and frames with whatever else, a third of all: what is published is delivered as ever. */
@Timeout(120)
class ForgedFramesRandomTest {
    private static final int PUBLISHERS = 3;
    private static final int MESSAGES = 500;
    private static final long RUN = 1_700_000_000_000L;
    private static final long FIRST = 1_000;

    private final Map<Long, List<Long>> ordered = new HashMap<>();
    private final Map<Long, List<Long>> unordered = new HashMap<>();
    private final long[] next = new long[PUBLISHERS + 1];

    @Test
    void shouldDeliverWhatIsPublishedAmongForgedFrames() {
        for (long seed = 1; seed <= 40; seed++) {
            shouldDeliver(seed, new Random(seed));
        }
    }

    private void shouldDeliver(final long seed, final Random random) {
        ordered.clear();
        unordered.clear();
        final Fixture fixture = new Fixture("origins", "8");
        final boolean isOrdered = seed % 4 != 0;
        if (isOrdered) {
            subscribe(fixture, DeliveryOrder.ORIGIN, ordered);
        }
        subscribe(fixture, DeliveryOrder.NONE, unordered);
        // Half of the seeds: this node has joined late.
        final long first = seed % 2 == 0 ? FIRST * FIRST : 1;
        for (long origin = 1; origin <= PUBLISHERS; origin++) {
            next[(int) origin] = first;
            if (random.nextBoolean()) {
                fixture.context.confirmed.put(origin, RUN + origin);
            }
            if (random.nextBoolean()) {
                fixture.context.members.add(origin);
            }
        }
        while (LongStream.of(next).skip(1).anyMatch(sequence -> sequence < first + MESSAGES)) {
            final int origin = 1 + random.nextInt(PUBLISHERS);
            if (random.nextInt(3) == 0) {
                forge(fixture, random, origin);
            } else {
                assertTrue(merge(fixture, origin, RUN + origin, next[origin]++), "seed " + seed + ", of " + origin);
            }
            if (random.nextInt(4) == 0) {
                fixture.advanceMs(random.nextInt(150));
            }
        }
        fixture.advanceMs(2_000);
        for (long origin = 1; origin <= PUBLISHERS; origin++) {
            final List<Long> published = LongStream.range(first, next[(int) origin]).boxed().toList();
            assertEquals(published, unordered.get(origin), "unordered, seed " + seed);
            if (isOrdered) {
                assertEquals(published, ordered.get(origin), "ordered, seed " + seed);
            }
        }
    }

    /** Another run, another origin, or a sequence far ahead. */
    private void forge(final Fixture fixture, final Random random, final int origin) {
        final long run = RUN + origin;
        switch (random.nextInt(4)) {
            case 0 -> merge(fixture, origin, run + 1 + random.nextInt(1 << 30), 1 + random.nextInt(1 << 20));
            case 1 -> merge(fixture, origin, Math.max(1, run - random.nextInt(1 << 30) - 1), 1 + random.nextInt(100));
            case 2 -> merge(fixture, 100 + random.nextInt(1_000), run, 1 + random.nextInt(1 << 20));
            default -> merge(fixture, origin, run, (1L << 24 + random.nextInt(38)) + random.nextInt(1 << 24));
        }
    }

    private boolean merge(final Fixture fixture, final long origin, final long run, final long sequence) {
        return fixture.merge(origin, run, sequence, Fixture.TOPIC, "");
    }

    /** Of what was published, not of what was forged. */
    private void subscribe(final Fixture fixture, final DeliveryOrder order, final Map<Long, List<Long>> delivered) {
        fixture.pubSub.subscribe(
            Fixture.TOPIC,
            order,
            (origin, incarnation, sequence, buffer, offset, length) -> {
                if (incarnation == RUN + origin && sequence < 1 << 24) {
                    delivered.computeIfAbsent(origin, key -> new ArrayList<>()).add(sequence);
                }
            },
            null);
    }
}
