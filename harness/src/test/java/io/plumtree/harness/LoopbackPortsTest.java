package io.plumtree.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {
    private static DatagramSocket listen(final int port) throws IOException {
        final DatagramSocket socket = new DatagramSocket(null);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    @Test
    void shouldLeaseDifferentPortsThatTheSystemDoesNotHandOut() throws IOException {
        final List<Integer> ports = new ArrayList<>(LoopbackPorts.lease(100));
        ports.addAll(LoopbackPorts.lease(100));
        assertEquals(200, new HashSet<>(ports).size());
        final EphemeralPorts ephemeral = EphemeralPorts.ofThisSystem();
        for (final int port : ports) {
            assertFalse(ephemeral.contain(port), "port " + port);
            listen(port).close();
        }
    }

    @Test
    void shouldNotLeaseAPortTwiceInOneProcess() throws IOException {
        assertNull(LoopbackPorts.tryLease(LoopbackPorts.lease(1).get(0)));
    }

    @Test
    void shouldNotLeaseAPortOnWhichSomebodyListens() throws IOException {
        try (DatagramSocket socket = listen(0)) {
            assertTrue(LoopbackPorts.isTaken(socket.getLocalPort()));
            assertNull(LoopbackPorts.tryLease(socket.getLocalPort()));
        }
        assertFalse(LoopbackPorts.isTaken(LoopbackPorts.lease(1).get(0)));
    }

    @Test
    void shouldNotLeaseAPortThatAnotherProcessHasLeasedUntilThatIsKilled() throws IOException {
        final int port;
        try (PortHolder other = PortHolder.ofAny()) {
            port = other.port;
            assertNull(LoopbackPorts.tryLease(port));
            try (PortHolder third = PortHolder.of(port)) {
                assertEquals(0, third.port);
            }
        }
        try (ServerSocket lease = LoopbackPorts.tryLease(port)) {
            assertNotNull(lease, "port " + port);
        }
    }

    @Test
    void shouldStartAgainWithOtherPortsWhenOneIsTakenInSpiteOfItsLease() throws IOException {
        final List<List<Integer>> attempts = new ArrayList<>();
        final List<DatagramSocket> intruders = new ArrayList<>();
        final int first = LoopbackPorts.start(3, ports -> {
            attempts.add(ports);
            if (attempts.size() < 3) {
                intruders.add(listen(ports.get(attempts.size())));
                throw new IOException("taken");
            }
            return ports.get(0);
        });
        assertEquals(3, attempts.size());
        assertEquals(attempts.get(2).get(0), first);
        assertEquals(9, new HashSet<>(List.of(attempts.get(0), attempts.get(1), attempts.get(2)).stream()
            .flatMap(List::stream).toList()).size());
        intruders.forEach(DatagramSocket::close);
    }

    /** As where a test's own check finds out that nobody answers there. */
    @Test
    void shouldStartAgainWhenACheckFailsSinceAPortIsTaken() throws IOException {
        final List<DatagramSocket> intruders = new ArrayList<>();
        final int port = LoopbackPorts.start(1, ports -> {
            if (intruders.isEmpty()) {
                intruders.add(listen(ports.get(0)));
                throw new AssertionError("nobody answers");
            }
            return ports.get(0);
        });
        assertNotEquals(intruders.get(0).getLocalPort(), port);
        intruders.forEach(DatagramSocket::close);
    }

    @Test
    void shouldNotStartAgainWhenItFailsForAnotherReason() {
        final List<List<Integer>> attempts = new ArrayList<>();
        assertThrows(IllegalStateException.class, () -> LoopbackPorts.start(2, ports -> {
            attempts.add(ports);
            throw new IllegalStateException("no memory");
        }));
        assertEquals(1, attempts.size());
    }

    @Test
    void shouldGiveUpInTheEndWhenThePortsAreAlwaysTaken() {
        final List<DatagramSocket> intruders = new ArrayList<>();
        assertThrows(IOException.class, () -> LoopbackPorts.start(1, ports -> {
            intruders.add(listen(ports.get(0)));
            throw new IOException("taken");
        }));
        assertEquals(5, intruders.size());
        intruders.forEach(DatagramSocket::close);
    }
}
