package io.plumtree.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KNOWN =
        List.of("plumtree.name", "plumtree.lazy.tick.period", "plumtree.bind", "aeron.mtuLength");

    @Test
    void shouldFindTheNameWithTheFewestMistakes() {
        assertEquals("plumtree.lazy.tick.period", NearestName.of("plumtree.lazy.tick.perod", KNOWN));
        assertEquals("plumtree.lazy.tick.period", NearestName.of("plumtree.lazy.tick.perioood", KNOWN));
        assertEquals("plumtree.name", NearestName.of("plumtree.nmae", KNOWN));
        assertEquals("bind", NearestName.of("bald", List.of("bind")));
    }

    @Test
    void shouldNotMindHowWordsAreJoined() {
        assertEquals("aeron.mtuLength", NearestName.of("aeron.mtu.length", KNOWN));
        assertEquals("plumtree.lazy.tick.period", NearestName.of("PLUMTREE_LAZY_TICK_PERIOD", KNOWN));
        // With more of them than there may be mistakes.
        assertEquals("a.b.c.d", NearestName.of("a_b_c_d", List.of("a.b.c.d")));
        assertEquals("a.b.c.d", NearestName.of("a-b-c-d", List.of("a.b.c.d")));
    }

    @Test
    void shouldFindANameThatIsLonger() {
        assertEquals("aeron.mtuLength", NearestName.of("aeron.mtu", KNOWN));
    }

    @Test
    void shouldFindNoneWhereNoneIsSimilar() {
        assertNull(NearestName.of("garbage", KNOWN));
        assertEquals("", NearestName.question("garbage", KNOWN));
        // That all begin with the same word makes them no more similar.
        assertNull(NearestName.of("PLUMTREE_OPTION_X", List.of("PLUMTREE_BIND", "PLUMTREE_NODE_BIND")));
        assertNull(NearestName.of("plumtree.blah", KNOWN));
    }

    @Test
    void shouldAsk() {
        assertEquals("; did you mean 'plumtree.bind'?", NearestName.question("plumtree.bid", KNOWN));
    }
}
