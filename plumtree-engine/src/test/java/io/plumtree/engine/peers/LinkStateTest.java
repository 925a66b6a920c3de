package io.plumtree.engine.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plumtree.api.DownReason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkStateTest {
    /** Every transition that is allowed and changes something, as {@code FROM --> TO}. */
    static Set<String> transitions() {
        final Set<String> transitions = new TreeSet<>();
        for (final LinkState from : LinkState.values()) {
            for (final UnaryOperator<LinkState> transition : all()) {
                try {
                    final LinkState to = transition.apply(from);
                    if (to != from) {
                        transitions.add(from + " --> " + to);
                    }
                } catch (final IllegalStateException ex) {
                    assertEquals("a link that is " + from, ex.getMessage());
                }
            }
        }
        return transitions;
    }

    private static List<UnaryOperator<LinkState>> all() {
        return Stream.concat(
            Stream.<UnaryOperator<LinkState>>of(
                LinkState::greeted, LinkState::up, LinkState::forgotten, LinkState::moved),
            Stream.of(DownReason.values()).map(reason -> (UnaryOperator<LinkState>) state -> state.down(reason)))
            .toList();
    }

    @Test
    void shouldComeUpOnlyAfterAGreeting() {
        assertEquals(LinkState.UP, LinkState.UNGREETED.greeted().up());
        assertEquals(LinkState.UP, LinkState.LOST.greeted().up());
        for (final LinkState state : Set.of(LinkState.UNGREETED, LinkState.LOST, LinkState.UP)) {
            assertThrows(IllegalStateException.class, state::up);
        }
    }

    @Test
    void shouldStayUpWhenThePeerGreetsAgain() {
        assertEquals(LinkState.UP, LinkState.UP.greeted());
        assertEquals(LinkState.GREETED, LinkState.GREETED.greeted());
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeInWhatARunStillSendsUnlessItHasSaidGoodbye(final DownReason reason) {
        assertEquals(reason != DownReason.GOODBYE, LinkState.UP.down(reason).isIntroduced());
        assertEquals(false, LinkState.UP.down(reason).isGreeted());
    }

    @ParameterizedTest
    @EnumSource(names = {"UNGREETED", "GREETED", "LOST"})
    void shouldGoDownOnlyFromUp(final LinkState state) {
        for (final DownReason reason : DownReason.values()) {
            assertThrows(IllegalStateException.class, () -> state.down(reason));
        }
    }

    @Test
    void shouldGoDownBeforeItIsForgottenOrMoved() {
        assertThrows(IllegalStateException.class, LinkState.UP::forgotten);
        assertThrows(IllegalStateException.class, LinkState.UP::moved);
    }

    @Test
    void shouldHaveToGreetAgainAfterAMoveAndAfterAnotherRunHasBegun() {
        final Map<LinkState, LinkState> moved = Map.of(
            LinkState.UNGREETED, LinkState.UNGREETED,
            LinkState.GREETED, LinkState.LOST,
            LinkState.LOST, LinkState.LOST);
        moved.forEach((from, to) -> {
            assertEquals(to, from.moved());
            assertEquals(LinkState.UNGREETED, from.forgotten());
        });
    }
}
