package io.plumtree.engine.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.testkit.TestMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MalformedAnnouncementTest {
    private final ViewNode m = new ViewNode("m");

    private static TestMessage message(
        final String name, final String value, final int status, final String endpoint, final int cut) {
        final byte[] id = new byte[AnnouncementLayout.ID_LENGTH];
        AnnouncementLayout.encodeId(new UnsafeBuffer(id), 0, NodeId.of(value).value(), 1, 1);
        final byte[] payload = new byte[3 + name.length() + endpoint.length()];
        payload[0] = (byte) status;
        payload[1] = (byte) name.length();
        System.arraycopy(name.getBytes(StandardCharsets.ISO_8859_1), 0, payload, 2, name.length());
        payload[2 + name.length()] = (byte) endpoint.length();
        System.arraycopy(
            endpoint.getBytes(StandardCharsets.ISO_8859_1), 0, payload, 3 + name.length(), endpoint.length());
        return new TestMessage(id, Arrays.copyOf(payload, payload.length - cut));
    }

    private void refuses(final String problem, final TestMessage message) {
        assertEquals(problem,
            assertThrows(MalformedMessageException.class, () -> m.node.merge(message)).getMessage());
        m.node.advance(0);
        assertEquals(List.of("m:1000:0:ALIVE"), m.states());
    }

    private void refusesId(final String problem, final long node, final long incarnation, final long version) {
        final byte[] id = new byte[AnnouncementLayout.ID_LENGTH];
        AnnouncementLayout.encodeId(new UnsafeBuffer(id), 0, node, incarnation, version);
        refuses(problem, new TestMessage(id, new byte[0]));
        assertThrows(MalformedMessageException.class, () -> m.node.isStale(id));
        assertThrows(MalformedMessageException.class, () -> m.node.graft(id));
    }

    @Test
    void shouldRefuseIdsThatNobodyMakes() {
        refuses("member's id must have 24 bytes: 23", new TestMessage(new byte[23], new byte[0]));
        refusesId("member's value must not be 0", 0, 1, 1);
        refusesId("member's incarnation must be positive: 0", 1, 0, 1);
        refusesId("member's version is out of range: 0", 1, 1, 0);
        refusesId("member's version is out of range: 281474976710657", 1, 1, AnnouncementLayout.MAX_VERSION + 1);
    }

    @Test
    void shouldRefusePayloadsThatNobodyMakes() {
        refuses("member's payload is cut off, bytes: 0", message("a", "a", 1, "h:1", 7));
        refuses("member's payload is cut off, bytes: 3", message("a", "a", 1, "h:1", 4));
        refuses("member's payload is cut off, bytes: 6", message("a", "a", 1, "h:1", 1));
        refuses("member's payload has bytes too many: 1", message("a", "a", 1, "h:1", -1));
        refuses("member's status is unknown: 0", message("a", "a", 0, "h:1", 0));
        refuses("member's status is unknown: 4", message("a", "a", 4, "h:1", 0));
        refuses("member a@h:1 can't announce itself as failed", message("a", "a", 3, "h:1", 0));
        refuses("member's name has not the value " + NodeId.of("b").value(), message("a", "b", 1, "h:1", 0));
        refuses("member: node name may have ASCII letters, digits, '.', '_' and '-' only: 'a b'",
            message("a b", "a", 1, "h:1", 0));
        refuses("member: node name must have 1 to 64 characters: ''", message("", "a", 1, "h:1", 0));
        refuses("member: endpoint must be host:port, with a port of 0 to 65535: 'h'", message("a", "a", 1, "h", 0));
        refuses("member's port must not be 0", message("a", "a", 1, "h:0", 0));
        refuses("member's endpoint has the character 32", message("a", "a", 1, "h h:1", 0));
        refuses("member's endpoint has the character -28", message("a", "a", 1, "h\u00e4:1", 0));
        refuses("member's endpoint is too long: 255", message("a", "a", 1, "h".repeat(253) + ":1", 0));
    }
}
