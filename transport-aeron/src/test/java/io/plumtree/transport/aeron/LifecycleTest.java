package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.TransportContext;
import io.plumtree.api.transport.TransportProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coming and going: ports, drivers, directories, and what is refused. */
class LifecycleTest {
    @AfterEach
    void shouldLeaveNoDirectory() {
        Directories.assertNoneLeft();
    }

    @Test
    void shouldTellTheFreePortThatItFound() {
        try (TestNode node = TestNode.launch()) {
            assertTrue(node.endpoint().matches("localhost:[1-9][0-9]{1,4}"), node.endpoint());
        }
    }

    @Test
    void shouldListenOnAllInterfaces() {
        try (TestNode node = TestNode.launch("0.0.0.0:0", new AeronTransportOptions());
            TestNode peer = TestNode.launch()) {
            final Link link = peer.transport.connect(node.endpoint().replace("0.0.0.0", "localhost"));
            TestNode.await("connected", link::isConnected, node, peer);
        }
    }

    @Test
    void shouldNameTheEndpointWhosePortIsTaken() {
        try (TestNode node = TestNode.launch()) {
            final PlumtreeException ex = assertThrows(PlumtreeException.class,
                () -> TestNode.launch(node.endpoint(), new AeronTransportOptions()));
            assertEquals(Category.ENVIRONMENT, ex.category());
            assertEquals("can't listen on " + node.endpoint() + ": Address already in use; is the host one of this"
                + " machine's, and the port free? Port 0 takes any free one", ex.getMessage());
            assertEquals(1, Directories.ofThisProcess().size());
        }
    }

    @Test
    void shouldRefuseToListenOnAnotherMachinesAddress() {
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> TestNode.launch("192.0.2.1:0", new AeronTransportOptions()));
        assertTrue(ex.getMessage().matches("can't listen on 192\\.0\\.2\\.1:0: [A-Z][a-z ]+; is the host one of.*"),
            ex.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", ":80", "localhost:65536", "localhost:x", ""})
    void shouldRefuseAMalformedEndpoint(final String endpoint) {
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> TestNode.launch(endpoint, new AeronTransportOptions()));
        assertEquals(Category.CONFIGURATION, ex.category());
        assertTrue(ex.getMessage().contains("'" + endpoint + "'"), ex.getMessage());
    }

    @Test
    void shouldRefuseAFrameLengthOfNothing() {
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> TestNode.launch("localhost:0", new AeronTransportOptions(), 0));
        assertTrue(ex.getMessage().contains("maxFrameLength=0"), ex.getMessage());
    }

    @Test
    void shouldRefuseAWrongOptionBeforeAnythingIsMade() {
        final TransportContext context =
            new TransportContext("localhost:0", 1_000, Map.of("aeron.nothing", "1"), ex -> { });
        final TransportProvider provider = new AeronTransportProvider();
        assertThrows(PlumtreeException.class, () -> provider.launch(context));
    }

    @Test
    void shouldRefuseADirectoryWhereNoDriverRuns(@TempDir final Path directory) {
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> TestNode.launch(
            "localhost:0", new AeronTransportOptions().directory(directory.toString())));
        assertEquals(Category.ENVIRONMENT, ex.category());
        assertTrue(ex.getMessage().contains("aeron.directory=" + directory), ex.getMessage());
    }

    @Test
    void shouldRefuseABaseDirectoryThatIsNotThere(@TempDir final Path directory) {
        final Path missing = directory.resolve("missing");
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> TestNode.launch(
            "localhost:0", new AeronTransportOptions().baseDirectory(missing.toString())));
        assertEquals(Category.ENVIRONMENT, ex.category());
        assertTrue(ex.getMessage().contains(missing.toString()), ex.getMessage());
    }

    @Test
    void shouldRefuseWrongPeers() {
        try (TestNode node = TestNode.launch("localhost:0", new AeronTransportOptions().maxLinks(1))) {
            assertThrows(PlumtreeException.class, () -> node.transport.connect("nowhere"));
            assertThrows(PlumtreeException.class, () -> node.transport.connect("localhost:0"));
            final Link link = node.transport.connect("localhost:9");
            final PlumtreeException ex = assertThrows(PlumtreeException.class,
                () -> node.transport.connect("localhost:10"));
            assertTrue(ex.getMessage().contains("aeron.maxLinks"), ex.getMessage());
            link.close();
            node.transport.connect("localhost:10").close();
        }
    }

    @Test
    void shouldMakeAndCloseLinksWhileItRuns() {
        try (TestNode node = TestNode.launch("localhost:0", new AeronTransportOptions().maxLinks(2).closeTimeoutNs(0));
            TestNode peer = TestNode.launch()) {
            final Link lasting = node.connect(peer);
            TestNode.await("connected", lasting::isConnected, node, peer);
            for (int i = 1; i <= 3; i++) {
                // Two links to one endpoint: each has a stream of its own.
                final Link brief = node.transport.connectBriefly(peer.endpoint());
                assertTrue(brief.windowLength() < lasting.windowLength());
                TestNode.await("connected", brief::isConnected, node, peer);
                TestNode.sendFully(lasting, new byte[10], node, peer);
                TestNode.sendFully(brief, new byte[4_000], node, peer);
                // What it has accepted arrives though it is closed at once.
                brief.close();
                assertEquals(SendResult.CLOSED, TestNode.send(brief, new byte[1]));
                final int expected = 2 * i;
                TestNode.await("received", () -> peer.received.size() == expected, node, peer);
                final long ended = i;
                TestNode.await("its end noticed",
                    () -> peer.counter(TransportCounter.IMAGES_UNAVAILABLE) == ended, node, peer);
                assertTrue(lasting.isConnected());
            }
            // Closed before it was there.
            node.connect(peer).close();
            TestNode.sendFully(lasting, new byte[10], node, peer);
            TestNode.await("received", () -> peer.received.size() == 7, node, peer);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_408, 8_192, 65_504})
    void shouldMakeBriefLinksWhateverTheLengthOfDatagrams(final int mtuLength) {
        final AeronTransportOptions options = new AeronTransportOptions()
            .mtuLength(mtuLength).sendWindowLength(256 * 1024).closeTimeoutNs(0);
        try (TestNode node = TestNode.launch("localhost:0", options);
            TestNode peer = TestNode.launch("localhost:0", options)) {
            final Link brief = node.transport.connectBriefly(peer.endpoint());
            TestNode.sendFully(brief, new byte[4_096], node, peer);
            TestNode.await("received", () -> peer.received.size() == 1, node, peer);
        }
    }

    @Test
    void shouldStayUnconnectedWhileThePeerIsNotThere() {
        try (TestNode node = TestNode.launch()) {
            final Link link = node.transport.connect("localhost:9");
            assertEquals(SendResult.NOT_CONNECTED, TestNode.send(link, new byte[10]));
            TestNode.runFor(50, node);
            assertFalse(link.isConnected());
            assertEquals(0, link.availableWindow());
            assertEquals(SendResult.NOT_CONNECTED, TestNode.send(link, new byte[10]));
            assertEquals("localhost:9", link.endpoint());
        }
    }

    @Test
    void shouldReportAnUnknownHostOnceAndTryAgain() {
        try (TestNode node = TestNode.launch(
            "localhost:0", new AeronTransportOptions().retryIntervalNs(10_000_000))) {
            final Link link = node.transport.connect("no.such.host.invalid:9");
            TestNode.await("several failures", () -> node.counter(TransportCounter.LINK_FAILURES) > 2, node);
            assertEquals(SendResult.NOT_CONNECTED, TestNode.send(link, new byte[10]));
            assertEquals(1, node.errors.size(), node.errors::toString);
            final String message = node.errors.remove().getMessage();
            assertTrue(message.contains("no.such.host.invalid:9"), message);
            link.close();
        }
    }

    @Test
    void shouldCloseTwiceAndDoNothingAfterwards() {
        final TestNode node = TestNode.launch();
        final Link link = node.transport.connect("localhost:9");
        node.close();
        node.close();
        assertEquals(0, node.cycle());
        assertEquals(SendResult.CLOSED, TestNode.send(link, new byte[1]));
        assertThrows(PlumtreeException.class, () -> node.transport.connect("localhost:9"));
    }

    @Test
    void shouldKeepAnInterruptForTheCallerWhenItCloses() {
        final TestNode node = TestNode.launch();
        Thread.currentThread().interrupt();
        node.close();
        assertTrue(Thread.interrupted());
    }

    @Test
    void shouldShareOneDriver() {
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        try (SharedDriver driver = SharedDriver.launch(new AeronTransportOptions(), errors::add)) {
            final AeronTransportOptions options = new AeronTransportOptions().directory(driver.directory());
            try (TestNode one = TestNode.launch("localhost:0", options);
                TestNode two = TestNode.launch("localhost:0", options)) {
                final Link link = one.connect(two);
                final Link back = two.connect(one);
                TestNode.sendFully(link, new byte[300_000], one, two);
                TestNode.sendFully(back, new byte[20], one, two);
                TestNode.await("received", () -> one.received.size() + two.received.size() == 2, one, two);
                assertEquals(300_000, two.received.get(0).length);
                assertEquals(1, Directories.ofThisProcess().size());
            }
        }
        assertEquals(List.of(), List.copyOf(errors));
    }

    @Test
    void shouldRefuseToLaunchASharedDriverInsideAnother() {
        final AeronTransportOptions options = new AeronTransportOptions().directory("/somewhere");
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> SharedDriver.launch(options, error -> { }));
        assertTrue(ex.getMessage().contains("aeron.directory=/somewhere"), ex.getMessage());
    }
}
