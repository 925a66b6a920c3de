package io.plumtree.engine.view;

import static io.plumtree.engine.view.ViewNode.alive;
import static io.plumtree.engine.view.ViewNode.left;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.testkit.ExchangeOutcome;
import io.plumtree.handlers.testkit.ExchangePair;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What exchanges bring, and what they leave alone. */
class ViewExchangeTest {
    private static final int MESSAGES_IF_EQUAL = 4;

    private final ViewNode a = new ViewNode("a").announced();
    private final ViewNode b = new ViewNode("b").announced();

    private void seconds(final int count) {
        a.seconds(count);
        b.seconds(count);
    }

    /** Both know each other and x to z, and it is quiet. */
    private void settle() {
        a.merge(b.lastBroadcast(), alive("x", 1), alive("y", 1), alive("z", 1));
        b.merge(a.lastBroadcast(), alive("x", 1), alive("y", 1), alive("z", 1));
        seconds(3);
    }

    private void exchangeEqual() {
        assertEquals(MESSAGES_IF_EQUAL, a.exchange(b).messageCount());
    }

    @Test
    void shouldBringBothSidesWhatTheyLack() {
        a.merge(alive("x", 3), left("gone", 2));
        b.merge(alive("y", 5), left("x", 2));
        seconds(3);
        assertTrue(a.exchange(b).isCompleted());
        final List<String> expected = List.of(
            "a:1000:1:ALIVE", "b:1000:1:ALIVE", "gone:1000:2:LEFT", "x:1000:3:ALIVE", "y:1000:5:ALIVE");
        assertEquals(expected, a.states());
        assertEquals(expected, b.states());
        assertEquals(1, a.node.counter("exchanges-completed"));
        assertEquals(1, b.node.counter("exchanges-completed"));
        exchangeEqual();
    }

    @Test
    void shouldSayLittleWhereBothKnowTheSame() {
        settle();
        exchangeEqual();
        assertEquals(1, a.node.counter("exchanges-equal"));
        assertEquals(0, a.node.counter("exchange-entries-sent"));
    }

    @Test
    void shouldFindNoDifferenceInARefreshThatOneSideHasNotHeardYet() {
        settle();
        a.merge(alive("x", 2));
        exchangeEqual();
        seconds(3);
        exchangeEqual();
    }

    @Test
    void shouldBringARefreshThatWasMissed() {
        settle();
        seconds(7);
        a.merge(alive("x", 2));
        b.merge(alive("y", 2), alive("z", 2));
        a.merge(alive("y", 2), alive("z", 2));
        seconds(13);
        a.merge(b.lastBroadcast());
        b.merge(a.lastBroadcast());
        a.exchange(b);
        assertEquals(List.of("a:1000:3:ALIVE", "b:1000:3:ALIVE", "x:1000:2:ALIVE", "y:1000:2:ALIVE", "z:1000:2:ALIVE"),
            b.states());
    }

    @Test
    void shouldLeaveWhatIsYoungToTheTrees() {
        settle();
        a.merge(alive("x", 2), alive("new", 1));
        b.merge(left("y", 2));
        a.exchange(b);
        assertTrue(b.node.merge(alive("x", 2)), "new where its tree brings it");
        assertTrue(b.node.merge(alive("new", 1)));
        assertTrue(a.node.merge(left("y", 2)));
    }

    @Test
    void shouldBringEverythingWhereItIsNeeded() {
        settle();
        a.merge(alive("x", 2), alive("new", 1));
        new ExchangePair(a.node, b.node).needed(true).run();
        assertEquals(List.of("a:1000:1:ALIVE", "b:1000:1:ALIVE", "new:1000:1:ALIVE", "x:1000:2:ALIVE",
            "y:1000:1:ALIVE", "z:1000:1:ALIVE"), b.states());
    }

    @Test
    void shouldNotProlongALifeByPassingItOn() {
        a.merge(alive("x", 1)).seconds(30);
        b.seconds(30);
        a.exchange(b);
        assertEquals(List.of("a", "b", "x"), b.names());
        b.seconds(7);
        assertEquals(List.of("a", "b"), b.names());
    }

    @Test
    void shouldNotProlongATombstoneByPassingItOn() {
        a.merge(left("x", 2));
        seconds(115);
        a.exchange(b);
        assertEquals(List.of("a:1000:12:ALIVE", "b:1000:12:ALIVE", "x:1000:2:LEFT"), b.states());
        b.seconds(9);
        assertEquals(List.of("a:1000:12:ALIVE", "b:1000:13:ALIVE"), b.states());
    }

    @Test
    void shouldNotBringBackWhoHasLeft() {
        a.merge(alive("x", 1), left("x", 2));
        b.merge(alive("x", 1));
        seconds(3);
        a.exchange(b);
        assertEquals(List.of("a", "b"), a.names());
        assertEquals(List.of("a", "b"), b.names());
        assertEquals(List.of("+x@x.host:7100", "+a@a.host:7100 -x@x.host:7100"), b.told);
    }

    @Test
    void shouldBelieveTheLaterSignOfLifeNotTheEarlierJudgement() {
        a.merge(alive("x", 1));
        seconds(20);
        b.merge(alive("x", 3));
        seconds(20);
        assertEquals(List.of("a"), a.names());
        b.exchange(a);
        assertEquals(List.of("a", "b", "x"), a.names());
        assertEquals(List.of("a", "b", "x"), b.names());
    }

    @Test
    void shouldNotBelieveThatSomebodyHasFailedOfWhomAsMuchIsKnown() {
        b.seconds(20);
        a.merge(alive("x", 1)).seconds(40);
        b.merge(alive("x", 1)).seconds(20);
        a.exchange(b);
        assertEquals(List.of("a", "b", "x"), b.names());
        assertEquals("x:1000:1:FAILED", a.states().get(2));
    }

    @Test
    void shouldContradictWhoTakesItForFailed() {
        b.merge(a.lastBroadcast()).seconds(40);
        assertEquals(List.of("b"), b.names());
        b.exchange(a);
        assertEquals(List.of("1:ALIVE"), a.broadcasts(), "at once, but not within a second");
        a.seconds(1);
        assertEquals(List.of("1:ALIVE", "2:ALIVE"), a.broadcasts());
        assertEquals(1, a.node.counter("refutations"));
        assertEquals(List.of("a", "b"), b.merge(a.lastBroadcast()).names());
    }

    @Test
    void shouldTellAThousandMembersInMessagesOfBoundedLength() {
        for (int i = 0; i < 1000; i++) {
            a.node.merge(alive("node-" + i, 1 + i));
        }
        seconds(3);
        final ExchangeOutcome outcome = new ExchangePair(a.node, b.node).windowLength(100).run();
        b.merge();
        assertTrue(outcome.isCompleted());
        assertTrue(outcome.messageCount() <= 20, outcome.toString());
        assertEquals(1002, b.names().size());
        exchangeEqual();
    }

    @Test
    void shouldTellOnlyOfBucketsThatDiffer() {
        for (int i = 0; i < 1000; i++) {
            a.node.merge(alive("node-" + i, 1));
            b.node.merge(alive("node-" + i, 1));
        }
        a.merge(b.lastBroadcast());
        b.merge(a.lastBroadcast());
        a.merge(alive("new", 1));
        seconds(3);
        a.exchange(b);
        assertTrue(b.names().contains("new"));
        assertTrue(a.node.counter("exchange-entries-sent") < 40, "of 1003");
    }

    @Test
    void shouldTakePartInOneExchangeOfOthersAtATime() {
        final ViewNode c = new ViewNode("c");
        final ExchangePair first = new ExchangePair(a.node, b.node);
        first.start();
        assertEquals(ExchangeResult.RUNNING, new ExchangePair(c.node, b.node).run().answer());
        assertEquals(0, c.node.counter("exchanges-completed"));
        while (!first.isOver()) {
            first.step();
        }
        assertTrue(new ExchangePair(c.node, b.node).run().isCompleted());
    }

    @Test
    void shouldHaveNoneWhereMessagesAreTooShort() {
        final ExchangePair pair = new ExchangePair(a.node, b.node)
            .maxMessageLength(ViewExchangeLayout.MIN_MESSAGE_LENGTH - 1);
        assertEquals(ExchangeResult.IGNORED, pair.run().answer());
    }

    @Test
    void shouldConvergeWithShortTimes() {
        final FullViewOptions options = new FullViewOptions()
            .refreshPeriodNs(100_000_000).expiryNs(200_000_000).tombstoneTimeNs(200_000_000);
        final ViewNode c = new ViewNode("c", 1, options).announced();
        c.merge(alive("x", 1));
        c.node.advance(100_000_000);
        c.node.advance(99_000_000);
        assertEquals(List.of("c", "x"), c.names());
        c.node.advance(10_000_000);
        assertEquals(List.of("c"), c.names());
    }
}
