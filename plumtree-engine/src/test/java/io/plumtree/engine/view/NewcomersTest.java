package io.plumtree.engine.view;

import static io.plumtree.engine.view.ViewNode.SECOND_NS;
import static io.plumtree.engine.view.ViewNode.alive;
import static io.plumtree.engine.view.ViewNode.left;
import static io.plumtree.engine.view.ViewNode.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.testkit.ExchangePair;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who is believed to be there: how many, when, and for how long. */
class NewcomersTest {
    private static final int FLOOD = 13_000;

    private ViewNode m = node("m", new FullViewOptions());

    private static ViewNode node(final String name, final FullViewOptions options) {
        return new ViewNode(name, ViewNode.RUN, options);
    }

    /** Four at once, one a second, five rumors. */
    private static FullViewOptions few() {
        return new FullViewOptions().newcomers(4).newcomersPerSecond(1).maxRumors(5);
    }

    private int flood(final ViewNode node, final String prefix, final int count) {
        int passedOn = 0;
        for (int i = 0; i < count; i++) {
            passedOn += node.node.merge(alive(prefix + i, 1)) ? 1 : 0;
        }
        node.node.advance(0);
        return passedOn;
    }

    @Test
    void shouldBelieveAFloodOfNamesWithinABoundAndForgetThem() {
        assertEquals(1024 + 4096, flood(m, "fake", FLOOD), "passed on");
        assertEquals(1025, m.names().size());
        assertEquals(4096, m.node.counter("rumors"));
        assertEquals(4096, m.node.counter("rumored"));
        assertEquals(FLOOD - 1024 - 4096, m.node.counter("refused"));
        assertTrue(m.node.isStale(alive("fake12999", 1).id()));
        m.seconds(40);
        assertEquals(List.of("m"), m.names());
        assertEquals(0, m.node.counter("rumors"));
        assertEquals(4096, m.node.counter("rumors-forgotten"));
        m.seconds(125);
        assertEquals(List.of("m"), m.states().stream().map(state -> state.split(":")[0]).toList());
    }

    @Test
    void shouldBoundWhatAFloodThatGoesOnGetsIn() {
        for (int second = 0; second < 60; second++) {
            flood(m, "fake" + second + "-", 500);
            m.seconds(1);
            assertTrue(m.names().size() <= 1 + 1024 + 36 * 50, "at " + second + ": " + m.names().size());
        }
    }

    @Test
    void shouldBelieveThoseThatAnnounceThemselvesAgain() {
        m = node("m", few());
        assertEquals(9, flood(m, "fake", 20));
        m.seconds(21);
        assertEquals(0, m.node.counter("rumors"));
        flood(m, "other", 4);
        assertTrue(m.node.merge(alive("real", 1)), "passed on as a rumor");
        assertFalse(m.node.merge(alive("real", 1)));
        assertTrue(m.node.isStale(alive("real", 1).id()));
        m.seconds(1);
        assertTrue(m.node.merge(alive("real", 2)), "too early");
        flood(m, "more", 4);
        m.seconds(2);
        flood(m, "still", 9);
        assertFalse(m.names().contains("real"));
        assertTrue(m.node.merge(alive("real", 3)));
        m.node.advance(0);
        assertTrue(m.names().contains("real"), m.names().toString());
        assertEquals(1, m.node.counter("rumors-settled"));
    }

    @Test
    void shouldKnowThousandsThatStartTogetherWithTheirSecondAnnouncements() {
        assertEquals(5000, flood(m, "real", 5000));
        m.seconds(7);
        for (int i = 0; i < 5000; i++) {
            assertTrue(m.node.merge(alive("real" + i, 2)));
        }
        m.merge();
        assertEquals(5001, m.names().size());
        assertEquals(0, m.node.counter("refused"));
    }

    @Test
    void shouldServeARumorAndTakeItBack() {
        m = node("m", few().newcomers(1));
        m.merge(alive("a", 1), alive("b", 3));
        assertEquals(List.of("a", "m"), m.names());
        assertEquals(GraftResult.PAYLOAD, m.node.graft(alive("b", 3).id()));
        assertEquals(GraftResult.UNKNOWN, m.node.graft(alive("b", 2).id()));
        assertFalse(m.node.merge(left("b", 4)));
        assertEquals(GraftResult.UNKNOWN, m.node.graft(alive("b", 3).id()));
    }

    @Test
    void shouldBelieveWhoHasGreeted() {
        m = node("m", few());
        flood(m, "fake", 20);
        m.view.confirm(member("peer").id().value(), member("peer").endpoint(), ViewNode.RUN);
        assertFalse(m.node.isStale(alive("peer", 1).id()));
        m.merge(alive("peer", 1));
        assertTrue(m.names().contains("peer"));
        m.view.confirm(member("fake5").id().value(), member("fake5").endpoint(), ViewNode.RUN);
        m.merge();
        assertTrue(m.names().contains("fake5"), "was a rumor");
    }

    @Test
    void shouldTakeTheWholeMembershipFromTheFirstPeerItTalksTo() {
        final ViewNode known = knowing(3000);
        assertTrue(m.exchange(known).isCompleted());
        m.seconds(1);
        assertEquals(3001, m.names().size());
        assertEquals(0, m.node.counter("exchange-entries-refused"));
    }

    @Test
    void shouldBelieveAPeerWithinABoundWhatNobodyElseTells() {
        introduce();
        final ViewNode liar = knowing(3000);
        liar.exchange(m);
        m.seconds(1);
        assertEquals(1024, count("real"));
        assertEquals(3000 - 1024, m.node.counter("exchange-entries-refused"));
        m.exchange(liar);
        m.seconds(1);
        assertTrue(count("real") < 1024 + 200, "of one source: " + count("real"));
        m.exchange(knowing(3000, "other"));
        m.seconds(1);
        assertTrue(count("real") > 2000, "of another: " + count("real"));
    }

    @Test
    void shouldNotTellOnWhatOneHasTold() {
        introduce();
        final ViewNode liar = knowing(50);
        m.exchange(liar);
        m.seconds(1);
        assertEquals(50, count("real"));
        final ViewNode third = node("third", new FullViewOptions()).announced();
        third.exchange(m);
        assertEquals(List.of("m", "third"), only(third, "friend"));

        m.merge(alive("real7", 2));
        m.exchange(knowing(5, "other"));
        m.seconds(3);
        new ExchangePair(third.node, m.node).run();
        third.seconds(1);
        final Set<String> told = reals(third);
        assertTrue(told.remove("real7"), "was announced");
        // Of what is the same in both digests nothing is said.
        assertTrue(told.size() >= 2 && Set.of("real0", "real1", "real2", "real3", "real4").containsAll(told),
            told.toString());
    }

    @Test
    void shouldLeaveOutAnEntryThatIsWrong() {
        final ViewNode other = knowing(10);
        new ExchangePair(m.node, other.node).tamper(2, message -> spoilt(message)).run();
        new ExchangePair(m.node, other.node).tamper(3, message -> spoilt(message)).run();
        m.seconds(1);
        assertTrue(m.names().size() >= 10, m.names().toString());
        assertTrue(m.node.counter("exchange-entries-malformed") >= 1);
    }

    /** A character of the first entry's name is another one. */
    private static byte[] spoilt(final byte[] message) {
        if (message.length > ViewExchangeLayout.TYPE_LENGTH + ViewExchangeLayout.ENTRY_LENGTH
            && message[1] == ViewExchangeLayout.MEMBERS) {
            message[ViewExchangeLayout.TYPE_LENGTH + ViewExchangeLayout.ENTRY_LENGTH + 2] ^= 1;
        }
        return message;
    }

    @Test
    void shouldTellTheListenerAndLookForTheExpiredInSteps() {
        m = node("m", new FullViewOptions().newcomers(FLOOD));
        flood(m, "fake", FLOOD);
        for (int i = 0; i < 30 && m.told.size() * Roster.TOLD_PER_CALL < FLOOD; i++) {
            m.node.advance(0);
        }
        assertEquals(FLOOD + 1, m.names().size());
        assertEquals(FLOOD, m.told.stream().mapToInt(text -> text.split(" ").length).sum());
        m.told.forEach(text -> assertTrue(text.split(" ").length <= Roster.TOLD_PER_CALL));

        m.seconds(34);
        for (int second = 0; second < 5 && m.node.counter("expired") == 0; second++) {
            m.seconds(1);
        }
        long before = 0;
        for (int i = 0; i < 30 && before < FLOOD; i++) {
            final long expired = m.node.counter("expired");
            assertTrue(expired - before <= MemberTable.SCANNED_PER_CALL, before + " to " + expired);
            before = expired;
            m.node.advance(SECOND_NS / 10);
        }
        assertEquals(FLOOD, before);
        m.seconds(15);
        assertEquals(List.of("m"), m.names());
    }

    private static ViewNode knowing(final int count) {
        return knowing(count, "liar");
    }

    private static ViewNode knowing(final int count, final String name) {
        final ViewNode node = node(name, new FullViewOptions().newcomers(16_384));
        for (int i = 0; i < count; i++) {
            node.node.merge(alive("real" + i, 1));
        }
        return node.seconds(3);
    }

    /** Has had its first exchange. */
    private void introduce() {
        m.announced().seconds(3);
        assertTrue(m.exchange(node("friend", new FullViewOptions()).announced().seconds(3)).isCompleted());
    }

    private int count(final String prefix) {
        return (int) m.names().stream().filter(name -> name.startsWith(prefix)).count();
    }

    private static List<String> only(final ViewNode node, final String without) {
        return node.names().stream().filter(name -> !name.equals(without)).toList();
    }

    private static Set<String> reals(final ViewNode node) {
        final Set<String> names = new TreeSet<>(node.names());
        names.removeIf(name -> !name.startsWith("real"));
        return names;
    }
}
