package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames with sequences that a publisher never gave out. */
class ForgedSequenceTest {
    private static final long FAR = 1L << 40;

    private final List<String> ordered = new ArrayList<>();
    private final List<Long> unordered = new ArrayList<>();

    private Fixture started(final String... options) {
        final Fixture fixture = new Fixture(options);
        fixture.pubSub.subscribe(
            Fixture.TOPIC,
            DeliveryOrder.ORIGIN,
            (origin, incarnation, sequence, buffer, offset, length) -> ordered.add(String.valueOf(sequence)),
            (origin, incarnation, from, to) -> ordered.add("gap " + from + "-" + to));
        fixture.pubSub.subscribe(
            Fixture.TOPIC,
            DeliveryOrder.NONE,
            (origin, incarnation, sequence, buffer, offset, length) -> unordered.add(sequence),
            null);
        return fixture;
    }

    private static void goOn(final Fixture fixture, final long from, final long to, final long everyMs) {
        for (long sequence = from; sequence <= to; sequence++) {
            assertTrue(fixture.merge(sequence), "message " + sequence);
            fixture.advanceMs(everyMs);
        }
    }

    @Test
    void shouldGoOnInOrderAfterAFrameThatIsFarAhead() {
        final Fixture fixture = started();
        goOn(fixture, 1, 3, 700);
        assertTrue(fixture.merge(FAR), "it may be true");
        assertFalse(fixture.merge(FAR));
        assertTrue(fixture.isStale(FAR));
        goOn(fixture, 4, 6, 700);
        assertEquals(List.of(1L, 2L, 3L, FAR, 4L, 5L, 6L), unordered);
        assertEquals(List.of("1", "2", "3", "4", "5", String.valueOf(FAR), "6"), ordered);
        assertEquals(1, fixture.counter("sequences-claimed"));
        assertEquals(0, fixture.counter("late"));
        assertEquals(0, fixture.counter("gaps"));
    }

    @Test
    void shouldGoOnWithWhatComesAfterAFirstFrameThatWasFarAhead() {
        final Fixture fixture = started();
        fixture.merge(FAR);
        fixture.advanceMs(1_100);
        goOn(fixture, 100_000, 100_006, 400);
        assertEquals(List.of(
            String.valueOf(FAR), "100000", "gap 1-99999", "100001", "100002", "100003", "100004", "100005", "100006"),
            ordered);
    }

    @Test
    void shouldStartALateJoinerFarInARunWithOneGap() {
        final Fixture fixture = started();
        for (long sequence = 1_000_000; sequence < 1_000_010; sequence++) {
            fixture.merge(sequence);
        }
        assertEquals(10, unordered.size());
        assertEquals(List.of(), ordered);
        fixture.advanceMs(1);
        fixture.advanceMs(1_000);
        assertEquals(11, ordered.size());
        assertEquals("gap 1-999999", ordered.get(0));
        assertEquals("1000009", ordered.get(10));
    }

    @Test
    void shouldDeliverARareMessageFarInARunWhenTheTimeOfAGapIsOver() {
        final Fixture fixture = started();
        for (long sequence = 1_000_000; sequence < 1_000_006; sequence++) {
            fixture.merge(sequence);
            fixture.advanceMs(100_000);
        }
        assertEquals(List.of("1000000", "1000001", "1000002"), ordered.subList(0, 3));
        assertEquals("gap 1-999999", ordered.get(3));
        assertEquals(List.of("1000003", "1000004", "1000005"), ordered.subList(4, 7));
    }

    @Test
    void shouldGoOnFarAheadWhenEnoughComesThere() {
        final Fixture fixture = started();
        goOn(fixture, 1, 3, 100);
        goOn(fixture, 200_001, 200_006, 1);
        fixture.advanceMs(1_000);
        goOn(fixture, 200_007, 200_007, 1);
        assertEquals(List.of("1", "2", "3", "gap 4-200000", "200001", "200002", "200003", "200004", "200005", "200006",
            "200007"), ordered);
        assertEquals(10, unordered.size());
    }

    /** So many that they are taken for true. */
    @Test
    void shouldGoBackWithinSecondsToWhatKeepsComing() {
        final Fixture fixture = started();
        goOn(fixture, 1, 3, 2_000);
        for (int i = 0; i < 6; i++) {
            fixture.merge(FAR + i);
        }
        goOn(fixture, 4, 20, 2_000);
        assertEquals(26, unordered.size());
        final List<String> after = ordered.subList(ordered.indexOf("8"), ordered.size());
        assertEquals(List.of("8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"), after);
        assertTrue(fixture.counter("sequences-cut") == 1 || fixture.counter("orders-reset") == 1);
        assertFalse(fixture.isStale(21));
        goOn(fixture, 21, 21, 1);
        assertEquals("21", ordered.get(ordered.size() - 1));
    }

    @Test
    void shouldGoBackWithinSecondsAfterAFrameThatIsALittleAhead() {
        final Fixture fixture = started();
        goOn(fixture, 1, 3, 2_000);
        fixture.merge(5_000);
        goOn(fixture, 4, 20, 2_000);
        assertEquals(21, unordered.size());
        assertTrue(ordered.contains("8") && ordered.contains("gap 5-4999") || ordered.contains("gap 4-4999"),
            ordered.toString());
        assertEquals(List.of("18", "19", "20"), ordered.subList(ordered.size() - 3, ordered.size()));
        assertEquals(1, fixture.counter("orders-reset"));
    }

    @Test
    void shouldLoseNothingAfterAFrameThatIsALittleAheadWhereMessagesAreFrequent() {
        final Fixture fixture = started();
        goOn(fixture, 1, 3, 500);
        fixture.merge(5_000);
        goOn(fixture, 4, 80, 500);
        assertEquals(80, ordered.size());
        assertEquals("80", ordered.get(79));
        assertEquals(0, fixture.counter("gaps"));
    }

    @Test
    void shouldTakeTheTrueMessageUnderASequenceThatWasForgedLongAgo() {
        final Fixture fixture = started();
        goOn(fixture, 1, 3, 100);
        fixture.merge(70_010);
        fixture.advanceMs(70_000);
        goOn(fixture, 60_000, 60_000, 100);
        goOn(fixture, 70_000, 70_020, 100);
        assertEquals("70020", ordered.get(ordered.size() - 1));
        assertTrue(ordered.indexOf("70010") < ordered.lastIndexOf("70010"), "the forged one, and the true one");
    }

    @Test
    void shouldKeepClaimsWithinTheirBound() {
        final Fixture fixture = started();
        goOn(fixture, 1, 3, 100);
        for (int i = 1; i <= 100; i++) {
            assertTrue(fixture.merge(i * FAR));
        }
        goOn(fixture, 4, 10, 100);
        fixture.advanceMs(1_000);
        assertEquals(110, ordered.size(), "each once");
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
            ordered.stream().filter(each -> each.length() < 3).toList());
    }

    @Test
    void shouldDeliverClaimsBeforeTheirOriginIsForgotten() {
        final Fixture fixture = started("origins", "1");
        fixture.merge(FAR);
        fixture.merge(Fixture.ORIGIN + 1, 1, 1, Fixture.TOPIC, "");
        assertEquals(List.of(String.valueOf(FAR), "1"), ordered);
        fixture.advanceMs(2_000);
        assertEquals(2, ordered.size());
    }

    @Test
    void shouldDeliverClaimsBeforeTheyAreRetainedNoLonger() {
        final Fixture fixture = started("retained.messages", "2", "holdback.messages", "2");
        fixture.merge(FAR);
        fixture.merge(1);
        fixture.merge(2);
        fixture.merge(3);
        assertEquals(List.of("1", "2", String.valueOf(FAR), "3"), ordered);
        fixture.advanceMs(2_000);
        assertEquals(4, ordered.size());
    }

    @Test
    void shouldDeliverClaimsThatCannotBeRetainedAtOnce() {
        final Fixture fixture = started("retained.bytes", "1k");
        final String data = "x".repeat(2_000);
        assertTrue(fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, FAR, Fixture.TOPIC, data));
        assertFalse(fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, FAR, Fixture.TOPIC, data));
        assertEquals(List.of(String.valueOf(FAR)), ordered);
    }

    /** The peer is not told that what is between was missed here, and goes without nothing. */
    @Test
    void shouldNotTellClaimsInExchanges() {
        final ExchangeNode a = new ExchangeNode("a").withOrdered();
        final ExchangeNode b = new ExchangeNode("b").withOrdered();
        a.merge(1, 5);
        b.merge(1, 10);
        a.merge(FAR, FAR);
        ExchangeNode.advanceMs(5_000, a, b);
        assertTrue(a.exchangeWith(b).isCompleted());
        assertTrue(b.exchangeWith(a).isCompleted());
        assertTrue(a.isStale(ExchangeNode.ORIGIN, ExchangeNode.INCARNATION, 10));
        a.merge(11, 12);
        b.merge(11, 12);
        ExchangeNode.advanceMs(5_000, a, b);
        for (final ExchangeNode each : List.of(a, b)) {
            assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"),
                each.ordered.stream().filter(text -> text.length() < 3).toList());
            assertEquals(0, each.counter("gaps"));
            assertEquals(13, each.unordered.size());
        }
    }

    @Test
    void shouldNotPassAForgedMessageRoundForEver() {
        final ExchangeNode a = new ExchangeNode("a");
        final ExchangeNode b = new ExchangeNode("b");
        a.merge(FAR, FAR);
        for (int i = 0; i < 40; i++) {
            ExchangeNode.advanceMs(2_500, a, b);
            a.exchangeWith(b);
            b.exchangeWith(a);
        }
        assertFalse(a.retains(FAR) || b.retains(FAR));
        assertEquals(1, a.unordered.size());
        assertEquals(1, b.unordered.size());
    }
}
