package io.plumtree.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {
    @ParameterizedTest
    @ValueSource(strings = {"a@localhost:7001", "a@127.0.0.1:0", "node-1@[::1]:65535", "a@host.example:1"})
    void shouldReadWhatItWrites(final String text) {
        assertEquals(text, Member.parse(text).toString());
    }

    @Test
    void shouldNameTheTextThatIsNoMember() {
        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> Member.parse("localhost:7001"));
        assertEquals("member must be name@host:port: 'localhost:7001'", ex.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", ":7001", "h:65536", "h:-1", "h:1x", "h:000001", "", "h:9999999"})
    void shouldNameAnEndpointOfAnotherForm(final String endpoint) {
        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> Member.checkEndpoint(endpoint));
        assertTrue(ex.getMessage().endsWith("'" + endpoint + "'"), ex.getMessage());
    }

    @Test
    void shouldRefuseAMemberWithoutAnId() {
        assertThrows(NullPointerException.class, () -> new Member(null, "h:1"));
        assertThrows(IllegalArgumentException.class, () -> new Member(NodeId.of("a"), null));
    }
}
