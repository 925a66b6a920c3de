package io.plumtree.simulator.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.protocol.ControlMessage;
import org.junit.jupiter.api.Test;

/** The engine's codec is its own, so the lengths are pinned to what {@code plumtree.xml} says, field by field. */
class FrameSizesTest {
    @Test
    void shouldBeAsLongAsTheSchemaMakesThem() {
        assertEquals(24 + 8 + 4 + 2 + 2 + 8 + 4 + 64, FrameSizes.gossip(8, 64));
        assertEquals(24 + 4 + 8 + 4 + 2 + 2 + 8, FrameSizes.first(ControlMessage.I_HAVE, 8));
        assertEquals(24 + 8 + 4 + 2 + 2 + 8, FrameSizes.first(ControlMessage.PRUNE, 8));
        assertEquals(8 + 4 + 2 + 2 + 8, FrameSizes.entry(8));
    }
}
