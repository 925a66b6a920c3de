package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.transport.Link;
import org.junit.jupiter.api.Test;

class SocketBuffersTest {
    private static final int HUGE_LENGTH = 1 << 29;

    @Test
    void shouldLowerTheWindowToTheBufferThatTheSystemGrants() {
        final AeronTransportOptions options = new AeronTransportOptions();
        assertEquals(50_000, SocketBuffers.of(options, 50_000, 50_000).receiveWindowLength());
        assertEquals(options.receiveWindowLength(),
            SocketBuffers.of(options, 1 << 20, 50_000).receiveWindowLength());
        assertEquals(options.mtuLength(), SocketBuffers.of(options, 1_000, 50_000).receiveWindowLength());
    }

    @Test
    void shouldMakeDoWhenTheSystemGrantsLess() {
        final AeronTransportOptions options = new AeronTransportOptions().closeTimeoutNs(0)
            .termLength(HUGE_LENGTH).preallocate(false).receiveWindowLength(HUGE_LENGTH / 2)
            .socketReceiveBufferLength(HUGE_LENGTH).socketSendBufferLength(HUGE_LENGTH);
        assertTrue(SocketBuffers.of(options).receiveLength() < HUGE_LENGTH);
        final AeronTransportOptions receiving = options.termLength(1 << 20).receiveWindowLength(1 << 19);
        try (TestNode node = TestNode.launch("localhost:0", receiving); TestNode peer = TestNode.launch()) {
            final Link link = peer.connect(node);
            TestNode.await("connected", link::isConnected, node, peer);
        }
    }
}
