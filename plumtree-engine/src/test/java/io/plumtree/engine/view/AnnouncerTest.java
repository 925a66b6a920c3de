package io.plumtree.engine.view;

import static io.plumtree.engine.view.ViewNode.RUN;
import static io.plumtree.engine.view.ViewNode.left;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.handlers.testkit.TestMessage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a node says of itself. */
class AnnouncerTest {
    private final ViewNode a = new ViewNode("a");

    @Test
    void shouldSayNothingBeforeItIsAskedTo() {
        a.seconds(60);
        assertEquals(List.of(), a.broadcasts());
        assertTrue(a.view.leave());
        assertEquals(List.of(), a.broadcasts());
    }

    @Test
    void shouldAnnounceItselfAtOnceAndThenOnceAPeriod() {
        a.announced();
        assertEquals(List.of("1:ALIVE"), a.broadcasts());
        a.seconds(4);
        assertEquals(List.of("1:ALIVE"), a.broadcasts());
        a.seconds(6);
        assertEquals(List.of("1:ALIVE", "2:ALIVE"), a.broadcasts());
        a.seconds(30);
        assertEquals(List.of("1:ALIVE", "2:ALIVE", "3:ALIVE", "4:ALIVE", "5:ALIVE"), a.broadcasts());
        assertEquals(5, a.node.counter("announced"));
        assertEquals(List.of("a:1000:5:ALIVE"), a.states());
    }

    @Test
    void shouldNotKeepThePaceOfNodesThatStartWithIt() {
        final Set<Integer> seconds = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            final ViewNode node = new ViewNode("node-" + i).announced();
            int second = 0;
            while (node.broadcasts().size() < 2) {
                node.seconds(1);
                second++;
            }
            seconds.add(second);
        }
        assertEquals(Set.of(6, 7, 8, 9, 10), seconds);
    }

    @Test
    void shouldBeUnderstood() {
        final ViewNode b = new ViewNode("b").merge(a.announced().lastBroadcast());
        assertEquals(List.of(ViewNode.member("a"), ViewNode.member("b")), b.view.members());
    }

    @Test
    void shouldNotMakeAFloodOfLinksThatComeAndGo() {
        for (int i = 0; i < 100; i++) {
            a.view.announce();
            a.node.advance(ViewNode.SECOND_NS / 50);
        }
        assertEquals(List.of("1:ALIVE", "2:ALIVE"), a.broadcasts());
    }

    @Test
    void shouldTryAgainUnderBackPressure() {
        a.node.claimResult(BroadcastResult.BACK_PRESSURED);
        a.announced().seconds(3);
        assertEquals(List.of(), a.broadcasts());
        a.node.claimResult(0);
        a.node.advance(0);
        assertEquals(List.of("1:ALIVE"), a.broadcasts());
        assertEquals(4, a.node.counter("back-pressured"));
    }

    @Test
    void shouldSayThatItLeavesAndNothingMore() {
        a.announced();
        a.node.claimResult(BroadcastResult.BACK_PRESSURED);
        assertFalse(a.view.leave());
        a.node.claimResult(0);
        a.node.advance(0);
        assertTrue(a.view.leave());
        a.seconds(60);
        a.view.announce();
        a.merge(left("a", 9)).seconds(2);
        assertEquals(List.of("1:ALIVE", "2:LEFT"), a.broadcasts());
        final ViewNode b = new ViewNode("b");
        a.node.broadcasts().forEach(b::merge);
        assertEquals(List.of("a:1000:2:LEFT", "b:1000:0:ALIVE"), b.states());
    }

    @Test
    void shouldContradictWhoSaysThatItHasLeft() {
        a.announced().seconds(1);
        assertTrue(a.node.merge(left("a", 7)));
        assertFalse(a.node.merge(left("a", 7)));
        a.node.advance(0);
        assertEquals(List.of("1:ALIVE", "8:ALIVE"), a.broadcasts());
        assertEquals(2, a.node.counter("refutations"), "contradicted twice by one announcement");
        assertEquals(List.of("a"), a.names());
    }

    @Test
    void shouldContradictWhoSaysSomethingElseUnderItsOwnVersion() {
        a.announced().seconds(1);
        assertFalse(a.node.merge(left("a", 1)));
        a.node.advance(0);
        assertEquals(List.of("1:ALIVE", "2:ALIVE"), a.broadcasts());
    }

    @Test
    void shouldLeaveAloneWhatItsEarlierRunHasSaid() {
        a.announced().seconds(1);
        assertFalse(a.node.merge(ViewNode.message("a", RUN - 1, 99, MemberStatus.LEFT)));
        a.node.advance(0);
        assertEquals(List.of("1:ALIVE"), a.broadcasts());
    }

    @Test
    void shouldKnowALaterRunOfItsOwnNameAndGoAboveIt() {
        a.announced().seconds(1);
        assertTrue(a.node.merge(ViewNode.message("a", RUN + 1, 3, MemberStatus.ALIVE)));
        assertTrue(a.node.merge(ViewNode.message("a", RUN + 1, 4, MemberStatus.ALIVE)));
        assertFalse(a.node.merge(ViewNode.message("a", RUN + 1, 4, MemberStatus.ALIVE)));
        assertTrue(a.node.isStale(ViewNode.message("a", RUN + 1, 2, MemberStatus.ALIVE).id()));
        assertEquals(2, a.node.counter("conflicts"));
        assertEquals(RUN + 1, a.view.rival().incarnation());
        assertEquals(RUN + 1, a.view.latestIncarnation(a.node.self().value()));
        assertEquals(List.of("a"), a.names());
        final int count = a.broadcasts().size();

        a.node.raise(RUN + 2, true);
        a.seconds(1);
        final TestMessage last = a.node.broadcasts().get(a.node.broadcasts().size() - 1);
        assertEquals(count + 1, a.broadcasts().size());
        assertEquals(RUN + 2, AnnouncementLayout.incarnation(ViewNode.id(last)));
        assertNull(a.view.rival());
    }

    @Test
    void shouldNotBeSilencedByTheLastVersion() {
        a.announced().seconds(1);
        assertEquals(RUN, a.view.latestIncarnation(a.node.self().value()));
        a.merge(left("a", AnnouncementLayout.MAX_VERSION)).seconds(1);
        assertEquals(RUN + 1, a.view.latestIncarnation(a.node.self().value()), "a later run is above that");
        a.seconds(9);
        assertEquals(List.of("1:ALIVE", "2:ALIVE"), a.broadcasts());
        a.node.raise(RUN + 2, true);
        a.seconds(1);
        assertEquals(List.of("1:ALIVE", "2:ALIVE", "3:ALIVE"), a.broadcasts());
        assertEquals(RUN + 2, a.view.latestIncarnation(a.node.self().value()));
        assertTrue(a.view.leave());
    }
}
