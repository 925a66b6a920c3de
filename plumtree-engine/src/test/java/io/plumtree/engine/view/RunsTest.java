package io.plumtree.engine.view;

import static io.plumtree.engine.view.ViewNode.RUN;
import static io.plumtree.engine.view.ViewNode.alive;
import static io.plumtree.engine.view.ViewNode.left;
import static io.plumtree.engine.view.ViewNode.member;
import static io.plumtree.engine.view.ViewNode.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.testkit.TestMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that somebody made up does not silence the one that is there. */
class RunsTest {
    private static final long LATER = RUN + 1_000_000;

    private final ViewNode m = new ViewNode("m");

    private static TestMessage later(final long version, final MemberStatus status) {
        return message("a", LATER, version, status);
    }

    private String state() {
        return m.states().get(0);
    }

    /** Announces itself once a refresh period, beginning with a version. */
    private void goOn(final int firstVersion, final int count) {
        for (int i = 0; i < count; i++) {
            m.seconds(10).merge(alive("a", firstVersion + i));
        }
    }

    @Test
    void shouldRefuseARunLaterThanAnyClock() {
        m.merge(alive("a", 1));
        final TestMessage absurd = message("a", Long.MAX_VALUE - 1, 1, MemberStatus.LEFT);
        assertTrue(m.node.isStale(absurd.id()));
        assertFalse(m.node.merge(absurd));
        assertFalse(m.node.merge(message("m", Long.MAX_VALUE - 1, 1, MemberStatus.LEFT)));
        assertFalse(m.node.merge(message("b", Long.MAX_VALUE - 1, 1, MemberStatus.ALIVE)));
        assertEquals(3, m.node.counter("runs-refused"));
        assertEquals("a:1000:1:ALIVE", state());
        assertEquals(RUN, m.view.latestIncarnation(m.node.self().value()));
    }

    @Test
    void shouldGiveTheRunItsPlaceBackThatGoesOn() {
        m.merge(alive("a", 1)).merge(later(7, MemberStatus.ALIVE));
        goOn(2, 1);
        assertEquals("a:1001000:7:ALIVE", state());
        goOn(3, 2);
        assertEquals("a:1000:4:ALIVE", state());
        assertEquals(1, m.node.counter("runs-reverted"));
        goOn(5, 10);
        assertEquals("a:1000:14:ALIVE", state());
        assertEquals(0, m.node.counter("expired"));
    }

    @Test
    void shouldGiveTheRunItsPlaceBackThatWasSaidToHaveLeft() {
        m.merge(alive("a", 1)).merge(later(7, MemberStatus.LEFT));
        assertEquals(List.of("m"), m.names());
        goOn(2, 3);
        assertEquals(List.of("a", "m"), m.names());
    }

    @Test
    void shouldPassOnWhatContends() {
        m.merge(alive("a", 1)).merge(later(7, MemberStatus.ALIVE)).seconds(16);
        assertFalse(m.node.isStale(alive("a", 3).id()));
        assertTrue(m.node.merge(alive("a", 3)));
        assertTrue(m.node.isStale(alive("a", 3).id()));
        assertFalse(m.node.merge(alive("a", 3)));
        m.seconds(1);
        assertTrue(m.node.merge(alive("a", 4)), "too early to tell");
        m.node.advance(0);
        assertEquals("a:1001000:7:ALIVE", state());
    }

    @Test
    void shouldStayWithTheLaterRunThatGoesOn() {
        m.merge(alive("a", 1)).merge(later(1, MemberStatus.ALIVE));
        for (int i = 2; i < 12; i++) {
            m.seconds(5).merge(alive("a", i)).seconds(5).merge(later(i, MemberStatus.ALIVE));
        }
        assertEquals("a:1001000:11:ALIVE", state());
        assertEquals(0, m.node.counter("runs-reverted"));
    }

    @Test
    void shouldNotBeToldAgainOfTheRunThatFellSilent() {
        m.merge(alive("a", 1));
        final ViewNode other = new ViewNode("other").merge(later(7, MemberStatus.ALIVE));
        m.merge(later(7, MemberStatus.ALIVE));
        for (int i = 0; i < 3; i++) {
            other.seconds(10);
            goOn(2 + i, 1);
        }
        assertEquals("a:1000:4:ALIVE", state());
        m.exchange(other);
        assertEquals("a:1000:4:ALIVE", state());
        m.seconds(10).merge(message("a", LATER, 8, MemberStatus.ALIVE));
        assertEquals("a:1001000:8:ALIVE", state(), "it is there after all");
    }

    @Test
    void shouldBelieveThePeerThatGreets() {
        m.merge(alive("a", 1)).merge(later(7, MemberStatus.LEFT));
        m.view.confirm(member("a").id().value(), "there:1", RUN);
        m.merge();
        assertEquals(List.of("a@there:1", "m@m.host:7100"), m.view.members().stream().map(Object::toString).toList());
        assertEquals(1, m.node.counter("runs-reverted"));
        m.merge(alive("a", 2));
        assertEquals("a:1000:2:ALIVE", state());
    }

    @Test
    void shouldBelieveARunAgainWhoseVersionsNobodyAnnounces() {
        m.merge(alive("a", 5)).merge(left("a", AnnouncementLayout.MAX_VERSION));
        goOn(6, 3);
        assertEquals("a:1000:8:ALIVE", state());
    }

    @Test
    void shouldForgetALaterRunOfItsOwnThatNobodyRepeats() {
        m.announced().merge(message("m", RUN + 5, 1, MemberStatus.ALIVE)).seconds(20);
        assertEquals(RUN + 5, m.view.latestIncarnation(m.node.self().value()));
        m.seconds(20);
        assertEquals(RUN, m.view.latestIncarnation(m.node.self().value()));
    }
}
