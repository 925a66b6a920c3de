package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.transport.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A peer in another process, which is stopped, continued and killed. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class ProcessTest {
    private TestNode node;
    private PeerProcess peer;

    @BeforeEach
    void start() throws IOException {
        node = TestNode.launch();
        peer = PeerProcess.start("localhost:0", node.endpoint(), "400ms");
    }

    @AfterEach
    void close() {
        peer.close();
        node.close();
        TestNode.launch().close();
        assertEquals(List.of(), directories("plumtree-" + peer.pid() + "-"));
        Directories.assertNoneLeft();
    }

    @Test
    void shouldHearAgainFromAPeerThatWasStopped() throws IOException, InterruptedException {
        final Link link = node.transport.connect(peer.endpoint());
        TestNode.await("connected", () -> link.isConnected() && !node.received.isEmpty(), node);
        peer.signal("STOP");
        TestNode.await("link down", () -> !link.isConnected(), node);
        TestNode.await("image gone", () -> node.counter(TransportCounter.IMAGES_UNAVAILABLE) == 1, node);

        final int before = node.received.size();
        peer.signal("CONT");
        TestNode.await("reconnected", () -> link.isConnected() && node.received.size() > before + 100, node);
        TestNode.sendFully(link, new byte[200_000], node);
    }

    @Test
    void shouldHearFromTheSuccessorOfAPeerThatWasKilled() throws IOException {
        final Link link = node.transport.connect(peer.endpoint());
        TestNode.await("connected", () -> link.isConnected() && !node.received.isEmpty(), node);
        final String name = "plumtree-" + peer.pid() + "-";
        peer.close();
        assertEquals(1, directories(name).size());
        final int before = node.received.size();
        peer = PeerProcess.start(peer.endpoint(), node.endpoint(), "5s");
        assertEquals(List.of(), directories(name));
        TestNode.await("received", () -> link.isConnected() && node.received.size() > before + 100, node);
    }

    private static List<Path> directories(final String prefix) {
        return Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))
            .filter(Files::isDirectory)
            .flatMap(base -> list(base, prefix).stream())
            .toList();
    }

    private static List<Path> list(final Path base, final String prefix) {
        try (Stream<Path> all = Files.list(base)) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
