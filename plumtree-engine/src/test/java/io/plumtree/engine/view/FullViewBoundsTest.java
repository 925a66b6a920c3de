package io.plumtree.engine.view;

import static io.plumtree.engine.view.ViewNode.alive;
import static io.plumtree.engine.view.ViewNode.left;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.FullViewOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when there are too many. */
class FullViewBoundsTest {
    private final ViewNode m = new ViewNode("m", ViewNode.RUN, new FullViewOptions().maxMembers(2));

    @Test
    void shouldDropMembersBeyondTheMost() {
        m.merge(alive("a", 1), alive("b", 1));
        assertTrue(m.node.isStale(alive("c", 1).id()));
        assertFalse(m.node.merge(alive("c", 1)));
        assertEquals(1, m.node.counter("refused"));
        assertTrue(m.node.merge(alive("a", 2)));
        m.merge(left("b", 2));
        assertTrue(m.node.merge(alive("c", 1)));
        m.merge();
        assertEquals(List.of("a", "c", "m"), m.names());
        assertTrue(m.node.isStale(alive("b", 3).id()), "no room to come back to");
        assertFalse(m.node.merge(alive("b", 3)));
        assertEquals(2, m.node.counter("refused"));
    }

    @Test
    void shouldForgetTheOldestOfTooManyThatAreGone() {
        m.merge(left("a", 2), left("b", 2), left("c", 2));
        assertEquals(List.of("b:1000:2:LEFT", "c:1000:2:LEFT", "m:1000:0:ALIVE"), m.states());
        assertEquals(1, m.node.counter("tombstones-dropped"));
    }

    @Test
    void shouldRefuseWhatAnExchangeBringsTooMany() {
        final ViewNode other = new ViewNode("other").announced();
        other.merge(alive("a", 1), alive("b", 1), alive("c", 1)).seconds(3);
        assertTrue(m.exchange(other).isCompleted());
        assertEquals(3, m.names().size());
        assertEquals(2, m.node.counter("refused"));
    }
}
