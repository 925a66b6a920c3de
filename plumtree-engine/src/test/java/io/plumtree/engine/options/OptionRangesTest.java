package io.plumtree.engine.options;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plumtree.api.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first and the last value of each range are allowed, and those next to the range are not. */
class OptionRangesTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private static void range(final LongConsumer concluded, final long first, final long last) {
        assertDoesNotThrow(() -> concluded.accept(first));
        assertDoesNotThrow(() -> concluded.accept(last));
        refuses(concluded, first - 1);
        refuses(concluded, last + 1);
    }

    private static void refuses(final LongConsumer concluded, final long value) {
        assertThrows(IllegalArgumentException.class, () -> concluded.accept(value), () -> "value: " + value);
    }

    @Test
    void shouldHoldLinksToTheirRanges() {
        range(value -> new LinkOptions().livenessTimeoutNs(10 * MINUTE).heartbeatPeriodNs(value).conclude(),
            MS, MINUTE);
        range(value -> new LinkOptions().heartbeatPeriodNs(MS).livenessTimeoutNs(value).conclude(),
            2 * MS, 10 * MINUTE);
        range(value -> new LinkOptions().sendBudgetNs(value).conclude(), 0, MINUTE);
        range(value -> new LinkOptions().nameWaitNs(value).conclude(), 0, 60 * MINUTE);
        range(value -> new LinkOptions().sendQueueLength((int) value).conclude(), 0, 1 << 30);
        range(value -> new LinkOptions().frameLimit((int) value).conclude(), 1, 1 << 16);
    }

    @Test
    void shouldTakeAPeerForGoneAfterTwoHeartbeatsAtTheEarliest() {
        final LongConsumer liveness =
            value -> new LinkOptions().heartbeatPeriodNs(400 * MS).livenessTimeoutNs(value).conclude();
        assertDoesNotThrow(() -> liveness.accept(800 * MS));
        refuses(liveness, 800 * MS - 1);
    }

    @Test
    void shouldHoldRingsToTheirRanges() {
        range(value -> new RingOptions().claimTimeoutNs(value).conclude(), MS, 10 * MINUTE);
        range(value -> new RingOptions().broadcastLimit((int) value).conclude(), 1, 1 << 16);
        range(value -> new RingOptions().bundleLength((int) value).conclude(), 0, 1 << 16);
    }

    @Test
    void shouldHaveRingsOfPowersOfTwo() {
        final LongConsumer ring = value -> new RingOptions().commandRingLength((int) value).conclude();
        range(ring, 1 << 16, 1 << 30);
        refuses(ring, 1 << 15);
        refuses(ring, 3 << 16);
        final LongConsumer bundles = value -> new RingOptions().recentBundlesLength((int) value).conclude();
        range(bundles, 1 << 16, 1 << 28);
        refuses(bundles, 1 << 15);
        refuses(bundles, 3 << 16);
        refuses(bundles, 1 << 29);
    }

    @Test
    void shouldHoldTheEngineToItsRanges(@TempDir final Path directory) throws IOException {
        range(value -> new EngineOptions().slowHandlerThresholdNs(value).conclude(), 0, 10 * MINUTE);
        range(value -> new EngineOptions().closeTimeoutNs(value).conclude(), 0, 10 * MINUTE);
        assertDoesNotThrow(() -> new EngineOptions().countersDirectory(directory).conclude());
        assertDoesNotThrow(() -> new EngineOptions().countersDirectory(directory.resolve("new")).conclude());
        final EngineOptions inAFile =
            new EngineOptions().countersDirectory(Files.createFile(directory.resolve("file")));
        assertThrows(IllegalArgumentException.class, inAFile::conclude);
    }

    @Test
    void shouldHandOutACopyOfThePluginDirectories(@TempDir final Path directory) {
        final PluginOptions options = new PluginOptions().pluginDirectory(directory);
        final List<Path> before = options.pluginDirectories();
        options.pluginDirectory(directory.resolve("gone"));
        assertEquals(List.of(directory), before);
        assertEquals(2, options.pluginDirectories().size());
        assertThrows(IllegalArgumentException.class, options::conclude);
        assertDoesNotThrow(() -> new PluginOptions().pluginDirectory(directory).conclude());
    }

    @Test
    void shouldKeepTheFirstPeersAsTheyWereGiven() {
        final Set<NodeId> peers = new HashSet<>(Set.of(NodeId.of("a")));
        final StartingOptions eager = new StartingOptions().eagerPeers(peers);
        final StartingOptions lazy = new StartingOptions().lazyPeers(peers);
        peers.clear();
        assertEquals(Set.of(NodeId.of("a")), eager.eagerPeers());
        assertEquals(Set.of(NodeId.of("a")), lazy.lazyPeers());
    }
}
