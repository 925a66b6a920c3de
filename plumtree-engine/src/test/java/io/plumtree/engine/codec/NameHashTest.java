package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class NameHashTest {
    /** From another implementation of the two steps that the Javadoc names: other versions must agree. */
    @Test
    void shouldStayAsItIs() {
        assertEquals(6002159901721352288L, NameHash.ofCluster("plumtree"));
        assertEquals(508691343, NameHash.ofHandler("pubsub"));
        assertEquals(508691343 >>> 1, NameHash.ofChannel("pubsub"));
    }

    @Test
    void shouldHashAsNodesDo() {
        assertEquals(NodeId.of("node-1").value(), NameHash.ofCluster("node-1"));
        assertEquals((int) (NodeId.of("node-1").value() >>> 32), NameHash.ofHandler("node-1"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"a b", "ä", "a/b", "12345678901234567890123456789012345678901234567890123456789012345"})
    void shouldRefuseWhatIsNoName(final String name) {
        final IllegalArgumentException handler =
            assertThrows(IllegalArgumentException.class, () -> NameHash.ofHandler(name));
        assertTrue(handler.getMessage().startsWith("handler name "), handler.getMessage());
        final IllegalArgumentException channel =
            assertThrows(IllegalArgumentException.class, () -> NameHash.ofChannel(name));
        assertTrue(channel.getMessage().startsWith("channel name "), channel.getMessage());
        final IllegalArgumentException cluster =
            assertThrows(IllegalArgumentException.class, () -> NameHash.ofCluster(name));
        assertTrue(cluster.getMessage().startsWith("cluster name "), cluster.getMessage());
    }
}
