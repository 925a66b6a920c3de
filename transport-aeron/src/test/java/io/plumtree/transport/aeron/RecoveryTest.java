package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that leave, die and come back; drivers that die under the transport; threads that stall. */
class RecoveryTest {
    private static final long SHORT_TIMEOUT_MS = 250;
    private TestNode node;
    private TestNode peer;
    private Link link;

    @BeforeEach
    void connect() {
        node = TestNode.launch(TestNode.leasedEndpoint(), shortTimeouts().closeTimeoutNs(0));
        peer = TestNode.launch();
        link = node.connect(peer);
        TestNode.await("connected", link::isConnected, node, peer);
    }

    @AfterEach
    void close() {
        try {
            node.close();
        } finally {
            peer.close();
        }
        Directories.assertNoneLeft();
    }

    private static AeronTransportOptions shortTimeouts() {
        return new AeronTransportOptions()
            .timeouts(new AeronTimeoutOptions()
                .clientLivenessTimeoutNs(TimeUnit.MILLISECONDS.toNanos(SHORT_TIMEOUT_MS))
                .driverTimeoutNs(TimeUnit.MILLISECONDS.toNanos(SHORT_TIMEOUT_MS)));
    }

    /** Long before any timeout: those are an hour. */
    @Test
    void shouldNoticeAGracefulCloseWithoutAnyTimeout() {
        try (TestNode patient = TestNode.launch(TestNode.leasedEndpoint(),
            new AeronTransportOptions()
                .timeouts(new AeronTimeoutOptions().connectionTimeoutNs(TestNode.LONG_NS)).closeTimeoutNs(0))) {
            // How long it takes to close is bounded by waiting for those who do not answer.
            final TestNode leaving = TestNode.launch(
                TestNode.leasedEndpoint(), new AeronTransportOptions().closeTimeoutNs(TimeUnit.SECONDS.toNanos(10)));
            final Link there = patient.connect(leaving);
            final Link back = leaving.connect(patient);
            TestNode.await("connected", () -> there.isConnected() && back.isConnected(), patient, leaving);
            final Thread closer = new Thread(leaving::close);
            closer.start();
            TestNode.await("link down", () -> !there.isConnected(), patient);
            TestNode.await("closed", () -> !closer.isAlive(), patient);
            TestNode.await(
                "image gone", () -> patient.counter(TransportCounter.IMAGES_UNAVAILABLE) == 1, patient);
        }
    }

    @Test
    void shouldNoticeADeath() {
        final Link back = peer.connect(node);
        TestNode.await("connected", back::isConnected, node, peer);
        peer.close();
        TestNode.await("link down", () -> !link.isConnected(), node);
        TestNode.await("image gone", () -> node.counter(TransportCounter.IMAGES_UNAVAILABLE) == 1, node);
        assertEquals(SendResult.NOT_CONNECTED, TestNode.send(link, new byte[1]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300, 900})
    void shouldReconnectToAPeerThatCameBackOnTheSameEndpoint(final int awayMs) {
        restartPeer(awayMs);
    }

    @Test
    @Tag("deep")
    void shouldReconnectToAPeerThatWasAwayForLong() {
        restartPeer(11_000);
    }

    private void restartPeer(final int awayMs) {
        final String endpoint = peer.endpoint();
        peer.close();
        TestNode.runFor(awayMs, node);
        peer = TestNode.launch(endpoint, new AeronTransportOptions().closeTimeoutNs(0));
        assertEquals(endpoint, peer.endpoint());
        // What is accepted before the peer is noticed to be another may be lost: send until something arrives.
        TestNode.await("received", () -> {
            TestNode.send(link, new byte[100]);
            return !peer.received.isEmpty();
        }, node, peer);
        final Link back = peer.connect(node);
        TestNode.sendFully(back, new byte[200_000], node, peer);
        TestNode.await("received", () -> !node.received.isEmpty(), node, peer);
    }

    @Test
    void shouldAbandonALongFrameWhoseReceiverDies() {
        peer.isPolling = false;
        assertEquals(SendResult.ACCEPTED, TestNode.send(link, new byte[1 << 20]));
        TestNode.runFor(20, node, peer);
        final String endpoint = peer.endpoint();
        peer.close();
        TestNode.await("abandoned", () -> node.counter(TransportCounter.FRAMES_ABANDONED) == 1, node);
        assertEquals(SendResult.NOT_CONNECTED, TestNode.send(link, new byte[1]));
        peer = TestNode.launch(endpoint, new AeronTransportOptions().closeTimeoutNs(0));
        TestNode.sendFully(link, new byte[5], node, peer);
        TestNode.await("received", () -> !peer.received.isEmpty(), node, peer);
        assertEquals(5, peer.received.get(0).length);
    }

    @Test
    void shouldGoOnAfterAStall() {
        final Link back = peer.connect(node);
        TestNode.await("connected", back::isConnected, node, peer);
        final String endpoint = node.endpoint();
        TestNode.runFor(3 * SHORT_TIMEOUT_MS, peer);
        TestNode.await("link down", () -> !link.isConnected(), node, peer);
        TestNode.await("reconnected", () -> link.isConnected() && back.isConnected(), node, peer);
        TestNode.sendFully(link, new byte[200_000], node, peer);
        TestNode.sendFully(back, new byte[3], node, peer);
        TestNode.await("received", () -> node.received.size() + peer.received.size() == 2, node, peer);
        assertEquals(endpoint, node.endpoint());
        assertTrue(node.counter(TransportCounter.STALLS) > 0);
        assertEquals(0, node.counter(TransportCounter.REBUILDS));
        assertEquals(List.of(), List.copyOf(node.errors));
    }

    @Test
    void shouldGoOnAfterAStallInAHandler() {
        final Link back = peer.connect(node);
        TestNode.await("connected", back::isConnected, node, peer);
        node.handler = (session, buffer, offset, length) -> {
            if (length == 1) {
                TestNode.runFor(3 * SHORT_TIMEOUT_MS, peer);
                TestNode.send(link, new byte[10]);
            }
            node.received.add(new byte[length]);
            return true;
        };
        TestNode.sendFully(back, new byte[1], node, peer);
        TestNode.await("noticed", () -> node.counter(TransportCounter.STALLS) > 0, node, peer);
        TestNode.sendFully(back, new byte[2], node, peer);
        TestNode.await("received", () -> node.received.size() == 2, node, peer);
        assertEquals(0, node.counter(TransportCounter.REBUILDS));
    }

    @Test
    void shouldListenAndSendOnAllChannelsAgainAfterARebuild() {
        final Link[] links = new Link[4];
        for (int i = 0; i < 2; i++) {
            node.transport.listen(40 + i);
            peer.transport.listen(40 + i);
            links[i] = node.connect(peer, 40 + i);
            links[2 + i] = peer.connect(node, 40 + i);
        }
        TestNode.await("connected", () -> Arrays.stream(links).allMatch(Link::isConnected), node, peer);
        Thread.currentThread().interrupt();
        node.cycle();
        assertTrue(Thread.interrupted());
        node.transport.listen(42);
        final Link late = peer.connect(node, 42);
        TestNode.await("rebuilt", () -> node.counter(TransportCounter.REBUILDS) == 1, node, peer);
        for (final Link restored : links) {
            TestNode.sendFully(restored, new byte[200_000], node, peer);
        }
        TestNode.sendFully(late, new byte[1], node, peer);
        TestNode.await("received", () -> node.received.size() == 3 && peer.received.size() == 2, node, peer);
        assertEquals(1, node.counter(TransportCounter.REBUILDS));
    }

    @Test
    void shouldRebuildItselfAfterAnInterrupt() {
        Thread.currentThread().interrupt();
        TestNode.runFor(50, node);
        assertTrue(Thread.interrupted());
        TestNode.await("reconnected", link::isConnected, node, peer);
        TestNode.sendFully(link, new byte[100], node, peer);
        TestNode.await("received", () -> !peer.received.isEmpty(), node, peer);
        assertTrue(node.counter(TransportCounter.REBUILDS) > 0);
        node.errors.clear();
    }

    @Test
    void shouldComeBackWithTheSharedDriver(@TempDir final Path base) {
        final Path directory = base.resolve("driver");
        final Queue<Throwable> driverErrors = new ConcurrentLinkedQueue<>();
        MediaDriver driver = launchDriver(directory, driverErrors);
        try (TestNode onDriver = TestNode.launch("localhost:0", shortTimeouts().directory(directory.toString())
            .retryIntervalNs(10_000_000))) {
            final Link out = onDriver.connect(peer);
            TestNode.await("connected", out::isConnected, onDriver, peer);
            driver.close();
            TestNode.await("noticed",
                () -> onDriver.counter(TransportCounter.REBUILD_FAILURES) > 2, onDriver, peer);
            assertEquals(SendResult.NOT_CONNECTED, TestNode.send(out, new byte[1]));
            assertEquals(1, onDriver.errors.size(), onDriver.errors::toString);
            assertTrue(onDriver.errors.remove().getMessage().contains("no media driver is running"));
            driver = launchDriver(directory, driverErrors);
            TestNode.await("reconnected", out::isConnected, onDriver, peer);
            TestNode.sendFully(out, new byte[100], onDriver, peer);
            TestNode.await("received", () -> !peer.received.isEmpty(), onDriver, peer);
            assertEquals(1, onDriver.counter(TransportCounter.REBUILDS));
        } finally {
            driver.close();
        }
        assertEquals(List.of(), List.copyOf(driverErrors));
    }

    private static MediaDriver launchDriver(final Path directory, final Queue<Throwable> errors) {
        final AeronTransportOptions options = new AeronTransportOptions();
        return MediaDriver.launch(DriverContexts.create(
            options, SocketBuffers.of(options), directory, ThreadingMode.SHARED, errors::add));
    }
}
