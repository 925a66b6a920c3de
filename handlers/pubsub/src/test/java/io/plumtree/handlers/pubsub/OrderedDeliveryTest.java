package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderedDeliveryTest {
    private final List<String> events = new ArrayList<>();

    @Test
    void shouldHoldBackWhatIsAheadUntilTheOthersAreHere() {
        final Fixture fixture = started();
        merge(fixture, 1, 4, 3);
        assertEvents("1");
        merge(fixture, 2);
        assertEvents("1", "2", "3", "4");
        assertEquals(2, fixture.counter("held-back"));
        assertEquals(0, fixture.counter("gaps"));
    }

    @Test
    void shouldDeliverOnceWhatComesTwice() {
        final Fixture fixture = started();
        merge(fixture, 2, 2, 1, 1, 2);
        assertEvents("1", "2");
    }

    @Test
    void shouldGiveAGapUpWhenItsTimeIsOver() {
        final Fixture fixture = started();
        merge(fixture, 1, 4, 5);
        fixture.advanceMs(1);
        fixture.advanceMs(999);
        assertEvents("1");
        fixture.advanceMs(1);
        assertEvents("1", "gap 2-3", "4", "5");
        assertEquals(1, fixture.counter("gaps"));
    }

    /** One frame comes before the others that arrived meanwhile. */
    @Test
    void shouldNotCountTheTimeInWhichTheNodeStoodStill() {
        final Fixture fixture = started();
        merge(fixture, 1, 3);
        fixture.advanceMs(500);
        fixture.stallMs(40_000);
        merge(fixture, 4);
        fixture.advanceMs(900);
        assertEvents("1");
        merge(fixture, 2);
        assertEvents("1", "2", "3", "4");
        assertEquals(0, fixture.counter("gaps"));
    }

    @Test
    void shouldGiveAGapUpAfterAStallWhenItsTimeIsOverOnceMore() {
        final Fixture fixture = started();
        merge(fixture, 1, 3);
        fixture.advanceMs(500);
        fixture.stallMs(5_000);
        fixture.advanceMs(900);
        assertEvents("1");
        fixture.advanceMs(100);
        assertEvents("1", "gap 2-2", "3");
    }

    @Test
    void shouldNotTakeALongerLazyTickForStallsForEver() {
        final Fixture fixture = started();
        fixture.advanceMs(500);
        merge(fixture, 1, 3);
        for (int i = 0; i < 4; i++) {
            fixture.stallMs(5_000);
        }
        assertEvents("1", "gap 2-2", "3");
    }

    @Test
    void shouldNotTakeTheUsualTickForAStallAfterTwoInARow() {
        final Fixture fixture = started();
        for (int i = 0; i < 3; i++) {
            fixture.stallMs(600);
        }
        merge(fixture, 1, 3);
        fixture.stallMs(1);
        fixture.stallMs(600);
        assertEvents("1");
        fixture.stallMs(600);
        assertEvents("1", "gap 2-2", "3");
    }

    @Test
    void shouldWaitForEachGapSinceTheMessageBehindItArrived() {
        final Fixture fixture = started();
        merge(fixture, 2);
        fixture.advanceMs(1);
        fixture.advanceMs(399);
        merge(fixture, 4);
        fixture.advanceMs(400);
        merge(fixture, 6);
        fixture.advanceMs(201);
        assertEvents("gap 1-1", "2");
        fixture.advanceMs(398);
        assertEvents("gap 1-1", "2");
        fixture.advanceMs(1);
        assertEvents("gap 1-1", "2", "gap 3-3", "4");
        fixture.advanceMs(400);
        assertEvents("gap 1-1", "2", "gap 3-3", "4", "gap 5-5", "6");
    }

    @Test
    void shouldWaitForTheNextGapWhenAMessageFillsTheFirst() {
        final Fixture fixture = started();
        merge(fixture, 2, 4);
        fixture.advanceMs(900);
        merge(fixture, 1);
        assertEvents("1", "2");
        fixture.advanceMs(200);
        assertEvents("1", "2", "gap 3-3", "4");
    }

    @Test
    void shouldNotDeliverWhatComesAfterItsGapWasGivenUp() {
        final Fixture fixture = started();
        final List<Long> unordered = new ArrayList<>();
        fixture.pubSub.subscribe(
            Fixture.TOPIC,
            DeliveryOrder.NONE,
            (origin, incarnation, sequence, buffer, offset, length) -> unordered.add(sequence),
            null);
        merge(fixture, 1, 3);
        fixture.advanceMs(1);
        fixture.advanceMs(1_000);
        merge(fixture, 2, 4);
        assertEvents("1", "gap 2-2", "3", "4");
        assertEquals(List.of(1L, 3L, 2L, 4L), unordered);
        assertEquals(1, fixture.counter("late"));
    }

    @Test
    void shouldGiveTheFirstGapUpWhenTooManyAreHeldBack() {
        final Fixture fixture = started("holdback.messages", "3");
        merge(fixture, 10, 12, 13);
        assertEvents();
        merge(fixture, 8);
        assertEvents("gap 1-7", "8");
        merge(fixture, 9);
        assertEvents("gap 1-7", "8", "9", "10");
    }

    @Test
    void shouldGiveAGapUpBeforeWhatIsBehindItCanBeRetainedNoLonger() {
        final Fixture fixture = started("retained.messages", "3", "holdback.messages", "3");
        merge(fixture, 5, 3, 7);
        assertEvents();
        merge(fixture, 9);
        assertEvents("gap 1-2", "3", "gap 4-4", "5");
        assertEquals(1, fixture.counter("evicted-by-count"));
    }

    @Test
    void shouldNotSkipAMessageForWhichRoomIsBeingMade() {
        final Fixture fixture = started("retained.messages", "2", "holdback.messages", "2");
        merge(fixture, 9, 8, 5);
        assertEvents("gap 1-4", "5", "gap 6-7", "8", "9");
    }

    @Test
    void shouldGiveGapsUpBeforeAMessageThatCannotBeRetained() {
        final Fixture fixture = started("retained.bytes", "1k");
        merge(fixture, 3);
        fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, 5, Fixture.TOPIC, "x".repeat(2_000));
        assertEvents("gap 1-2", "3", "gap 4-4", "5");
        assertEquals(1, fixture.counter("not-retained"));
    }

    @Test
    void shouldDeliverInOrderAMessageThatCannotBeRetained() {
        final Fixture fixture = started("retained.bytes", "1k");
        merge(fixture, 2);
        fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, 1, Fixture.TOPIC, "x".repeat(2_000));
        assertEvents("1", "2");
    }

    @Test
    void shouldStartALateJoinerWithOneGap() {
        final Fixture fixture = started();
        merge(fixture, 1_001, 1_000, 1_002);
        fixture.advanceMs(1);
        fixture.advanceMs(1_000);
        merge(fixture, 1_003);
        assertEvents("gap 1-999", "1000", "1001", "1002", "1003");
    }

    @Test
    void shouldStartALateSubscriberWithWhatComesNext() {
        final Fixture fixture = new Fixture();
        merge(fixture, 1, 2, 5);
        subscribe(fixture);
        merge(fixture, 7, 3, 6);
        assertEvents("6", "7");
        assertEquals(1, fixture.counter("late"));
    }

    @Test
    void shouldHoldNothingBackWhenTheLastOrderedSubscriberHasGone() {
        final Fixture fixture = new Fixture();
        final Subscription subscription = subscribe(fixture);
        merge(fixture, 1, 5);
        subscription.close();
        fixture.advanceMs(1);
        subscribe(fixture);
        merge(fixture, 2, 6);
        assertEvents("1", "6");
        assertEquals(0, fixture.counter("gaps"));
    }

    @Test
    void shouldForgetWhatWasHeldBackWhenAMessageComesThatNobodyWantsInOrder() {
        final Fixture fixture = new Fixture();
        final Subscription subscription = subscribe(fixture);
        merge(fixture, 1, 5);
        subscription.close();
        merge(fixture, 6);
        subscribe(fixture);
        merge(fixture, 7, 8);
        fixture.advanceMs(1);
        fixture.advanceMs(1_000);
        assertEvents("1", "7", "8");
        assertEquals(0, fixture.counter("gaps"));
    }

    @Test
    void shouldOrderOverAllTopicsOfAnOrigin() {
        final Fixture fixture = started();
        fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, 3, Fixture.TOPIC, "");
        fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, 2, "other", "");
        assertEvents();
        fixture.merge(Fixture.ORIGIN, Fixture.INCARNATION, 1, "other", "");
        assertEvents("3");
    }

    @Test
    void shouldOrderEachOriginAndIncarnationByItself() {
        final Fixture fixture = started();
        fixture.merge(1, 1, 2, Fixture.TOPIC, "");
        fixture.merge(1, 2, 1, Fixture.TOPIC, "");
        fixture.merge(2, 1, 1, Fixture.TOPIC, "");
        assertEvents("1", "1");
        fixture.merge(1, 1, 1, Fixture.TOPIC, "");
        assertEvents("1", "1", "1", "2");
    }

    @Test
    void shouldDeliverWhatIsHeldBackBeforeAnOriginIsForgotten() {
        final Fixture fixture = started("origins", "1");
        merge(fixture, 2, 4);
        fixture.merge(Fixture.ORIGIN + 1, 1, 1, Fixture.TOPIC, "");
        assertEvents("gap 1-1", "2", "gap 3-3", "4", "1");
    }

    @Test
    void shouldDeliverWhatIsHeldBackBeforeAnIncarnationIsForgotten() {
        final Fixture fixture = started();
        for (long run = 1; run <= 3; run++) {
            fixture.context.confirmed.put(1L, run);
            fixture.merge(1, run, run == 1 ? 2 : 1, Fixture.TOPIC, "");
        }
        assertEvents("1", "gap 1-1", "2", "1");
    }

    @Test
    void shouldOrderByTheHandlersOptionUnlessTheSubscriberChooses() {
        final Fixture fixture = new Fixture("order", "origin");
        final List<Long> byDefault = new ArrayList<>();
        final List<Long> unordered = new ArrayList<>();
        fixture.pubSub.subscribe(
            Fixture.TOPIC, (origin, incarnation, sequence, buffer, offset, length) -> byDefault.add(sequence));
        fixture.pubSub.subscribe(
            Fixture.TOPIC,
            DeliveryOrder.NONE,
            (origin, incarnation, sequence, buffer, offset, length) -> unordered.add(sequence),
            (origin, incarnation, from, to) -> unordered.add(-1L));
        merge(fixture, 3, 2, 1, 5);
        fixture.advanceMs(1);
        fixture.advanceMs(1_000);
        assertEquals(List.of(1L, 2L, 3L, 5L), byDefault);
        assertEquals(List.of(3L, 2L, 1L, 5L), unordered);
    }

    @Test
    void shouldGoOnWhenAListenerThrowsAmidHeldBackMessages() {
        final Fixture fixture = started();
        fixture.pubSub.subscribe(
            Fixture.TOPIC,
            DeliveryOrder.ORIGIN,
            (origin, incarnation, sequence, buffer, offset, length) -> {
                throw new IllegalStateException("message " + sequence);
            },
            (origin, incarnation, from, to) -> {
                throw new IllegalStateException("gap");
            });
        merge(fixture, 3, 5, 4);
        fixture.advanceMs(1);
        fixture.advanceMs(1_000);
        assertEvents("gap 1-2", "3", "4", "5");
        assertEquals(4, fixture.counter("listener-errors"));
        assertEquals(4, fixture.context.errors.size());
    }

    @Test
    void shouldServeManyWaitingOriginsOverSeveralCalls() {
        final Fixture fixture = started();
        for (int origin = 1; origin <= 200; origin++) {
            fixture.merge(origin, 1, 2, Fixture.TOPIC, "");
        }
        for (int i = 0; i < 4; i++) {
            fixture.advanceMs(1);
        }
        fixture.advanceMs(1_000);
        assertTrue(fixture.counter("gaps") < 200, "bounded work in one call");
        for (int i = 0; i < 4; i++) {
            fixture.advanceMs(1);
        }
        assertEquals(200, fixture.counter("gaps"));
    }

    private Fixture started(final String... options) {
        final Fixture fixture = new Fixture(options);
        subscribe(fixture);
        return fixture;
    }

    private Subscription subscribe(final Fixture fixture) {
        return fixture.pubSub.subscribe(
            Fixture.TOPIC,
            DeliveryOrder.ORIGIN,
            (origin, incarnation, sequence, buffer, offset, length) -> events.add(String.valueOf(sequence)),
            (origin, incarnation, from, to) -> events.add("gap " + from + "-" + to));
    }

    private static void merge(final Fixture fixture, final long... sequences) {
        for (final long sequence : sequences) {
            fixture.merge(sequence);
        }
    }

    private void assertEvents(final String... expected) {
        assertEquals(List.of(expected), events);
    }
}
