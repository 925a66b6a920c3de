package io.plumtree.engine.view;

import static io.plumtree.engine.view.ViewNode.alive;
import static io.plumtree.engine.view.ViewNode.left;
import static io.plumtree.engine.view.ViewNode.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.testkit.TestNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Members come, stay, leave, fail and come back. */
class FullViewTest {
    private final ViewNode m = new ViewNode("m");

    @Test
    void shouldKnowItselfFromTheStart() {
        assertEquals(List.of(member("m")), m.view.members());
        assertEquals(List.of("m:1000:0:ALIVE"), m.states());
        assertEquals(List.of(), m.told);
        assertEquals(List.of(), new FullView(
            new FullViewOptions(), () -> "h:1", (joined, left) -> { }).members());
    }

    @Test
    void shouldListMembersByName() {
        m.merge(alive("z", 1), alive("a", 1));
        assertEquals(List.of(member("a"), member("m"), member("z")), m.view.members());
        assertEquals(List.of("+a@a.host:7100 +z@z.host:7100"), m.told);
        assertEquals(2, m.node.counter("members"));
        assertEquals(2, m.node.counter("received"));
    }

    @Test
    void shouldKeepTheListWhileNothingChanges() {
        m.merge(alive("a", 1));
        final List<Member> before = m.view.members();
        m.seconds(10).merge(alive("a", 2));
        m.merge(left("b", 7));
        assertSame(before, m.view.members());
        assertEquals(1, m.told.size());
    }

    @Test
    void shouldForgetAMemberThatCameAndWentBetweenTwoLooks() {
        m.merge(alive("a", 1), left("a", 2));
        assertEquals(List.of(), m.told);
        assertEquals(List.of("a:1000:2:LEFT", "m:1000:0:ALIVE"), m.states());
    }

    @Test
    void shouldTakeAMemberThatIsRefreshedForAlive() {
        for (int version = 1; version <= 10; version++) {
            m.merge(alive("a", version)).seconds(30);
        }
        assertEquals(List.of("a", "m"), m.names());
        assertEquals(0, m.node.counter("expired"));
    }

    @Test
    void shouldTakeAMemberThatFallsSilentForFailed() {
        m.merge(alive("a", 1)).seconds(34);
        assertEquals(List.of("a", "m"), m.names());
        m.seconds(3);
        assertEquals(List.of("m"), m.names());
        assertEquals(List.of("a:1000:1:FAILED", "m:1000:0:ALIVE"), m.states());
        assertEquals(List.of("+a@a.host:7100", "-a@a.host:7100"), m.told);
        assertEquals(1, m.node.counter("expired"));
        assertEquals(1, m.node.counter("tombstones"));
        assertEquals(0, m.node.counter("members"));
    }

    @Test
    void shouldNotBringBackAFailedMemberByWhatIsStillOnItsWay() {
        m.merge(alive("a", 5)).seconds(40);
        assertFalse(m.node.merge(alive("a", 5)));
        assertFalse(m.node.merge(alive("a", 4)));
        assertEquals(GraftResult.STALE, m.node.graft(alive("a", 5).id()));
        assertEquals(List.of("a:1000:5:FAILED", "m:1000:0:ALIVE"), m.states());
        assertEquals(2, m.node.counter("stale"));
        m.merge(alive("a", 6));
        assertEquals(List.of("a", "m"), m.names());
        assertEquals(0, m.node.counter("tombstones"));
    }

    @Test
    void shouldRemoveAMemberThatLeaves() {
        m.merge(alive("a", 1)).merge(left("a", 2)).merge(alive("a", 1));
        assertEquals(List.of("m"), m.names());
        assertEquals(List.of("a:1000:2:LEFT", "m:1000:0:ALIVE"), m.states());
        assertEquals(List.of("+a@a.host:7100", "-a@a.host:7100"), m.told);
        assertEquals(1, m.node.counter("left"));
    }

    @Test
    void shouldTakeALaterRunForAliveWhateverItsVersion() {
        m.merge(left("a", 9)).merge(ViewNode.message("a", ViewNode.RUN + 1, 1, MemberStatus.ALIVE));
        assertEquals(List.of("a:1001:1:ALIVE", "m:1000:0:ALIVE"), m.states());
        assertFalse(m.node.merge(alive("a", 10)));
        assertTrue(m.node.isStale(alive("a", 10).id()));
    }

    @Test
    void shouldForgetWhoIsGoneForLong() {
        m.merge(left("a", 2)).seconds(119);
        assertEquals(List.of("a:1000:2:LEFT", "m:1000:0:ALIVE"), m.states());
        m.seconds(3);
        assertEquals(List.of("m:1000:0:ALIVE"), m.states());
        assertEquals(0, m.node.counter("tombstones"));
        assertTrue(m.node.merge(alive("a", 1)));
    }

    @Test
    void shouldTellOfANewEndpoint() {
        m.merge(alive("a", 1));
        m.merge(ViewNode.message(new Member(NodeId.of("a"), "h:1"), ViewNode.RUN + 1, 1, MemberStatus.ALIVE));
        assertEquals(List.of("+a@a.host:7100", "+a@h:1 -a@a.host:7100"), m.told);
        assertEquals(List.of(new Member(NodeId.of("a"), "h:1"), member("m")), m.view.members());
    }

    @Test
    void shouldNotTakeItsOwnPauseForTheOthersSilence() {
        m.merge(alive("a", 1));
        m.node.advance(600 * ViewNode.SECOND_NS);
        assertEquals(List.of("a", "m"), m.names());
        m.seconds(24);
        assertEquals(List.of("a", "m"), m.names());
        m.seconds(3);
        assertEquals(List.of("m"), m.names());
    }

    @Test
    void shouldGoOnWhenTheListenerThrows() {
        final FullView view = new FullView(new FullViewOptions(), () -> "h:1", (joined, left) -> {
            throw new IllegalStateException("listener");
        });
        final TestNode node = new TestNode(NodeId.of("n"), 1, view, Map.of());
        node.merge(alive("a", 1));
        node.advance(0);
        node.advance(0);
        assertEquals(2, view.members().size());
        assertEquals(1, node.counter("listener-errors"));
        assertEquals(List.of("java.lang.IllegalStateException: listener"),
            node.errors().stream().map(Throwable::toString).toList());
    }
}
