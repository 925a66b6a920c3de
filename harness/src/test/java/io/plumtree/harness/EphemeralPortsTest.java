package io.plumtree.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import org.junit.jupiter.api.Test;

class EphemeralPortsTest {
    @Test
    void shouldReadWhatLinuxWrites() {
        final EphemeralPorts ports = EphemeralPorts.parse("32768\t60999\n");
        assertEquals(new EphemeralPorts(32_768, 60_999), ports);
        assertFalse(ports.contain(32_767));
        assertTrue(ports.contain(32_768));
        assertTrue(ports.contain(60_999));
        assertFalse(ports.contain(61_000));
    }

    @Test
    void shouldContainWhatThisSystemHandsOut() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            assertTrue(EphemeralPorts.ofThisSystem().contain(socket.getLocalPort()));
        }
    }

    @Test
    void shouldMakeDoWithAnyPortWhereNearlyAllAreHandedOut() {
        assertFalse(EphemeralPorts.parse("1024 65535").contain(20_000));
    }
}
