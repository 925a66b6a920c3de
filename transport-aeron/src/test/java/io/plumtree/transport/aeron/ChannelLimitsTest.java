package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.Link;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Channels that can't be, that are too many, that others use, and whose senders look alike. */
class ChannelLimitsTest {
    private static final int STREAM_ID = AeronTransportOptions.STREAM_ID_DEFAULT;

    @AfterEach
    void shouldLeaveNoDirectory() {
        Directories.assertNoneLeft();
    }

    @Test
    void shouldListenOnAsManyChannelsAsAllowed() {
        try (TestNode node = TestNode.launch("localhost:0", new AeronTransportOptions().maxChannels(2))) {
            node.transport.listen(0);
            node.transport.listen(1);
            final String message = refusal(Category.TRANSPORT, () -> node.transport.listen(2));
            assertTrue(message.contains("channel 2") && message.contains("aeron.maxChannels"), message);
            assertEquals(1, node.counter(TransportCounter.CHANNELS_REFUSED));
            node.transport.listen(1);
            node.transport.connect("localhost:9", 2).close();
        }
    }

    @Test
    void shouldRefuseAChannelThatCannotBe() {
        try (TestNode node = TestNode.launch("localhost:0", new AeronTransportOptions().streamId(-3))) {
            for (final int channel : new int[] {-1, Integer.MIN_VALUE}) {
                final String message = refusal(Category.CONFIGURATION, () -> node.transport.listen(channel));
                assertTrue(message.contains("channel " + channel), message);
                assertEquals(message, refusal(Category.CONFIGURATION,
                    () -> node.transport.connect("localhost:9", channel)));
            }
            final String message = refusal(Category.CONFIGURATION, () -> node.transport.listen(3));
            assertTrue(message.contains("channel 3") && message.contains("aeron.streamId=-3"), message);
            node.transport.listen(4);
        }
    }

    @Test
    void shouldListenNoMoreOnceClosed() {
        final TestNode node = TestNode.launch();
        node.transport.listen(1);
        node.close();
        final String message = refusal(Category.TRANSPORT, () -> node.transport.listen(2));
        assertTrue(message.contains("closed"), message);
    }

    @Test
    void shouldCountLinksOfAllChannelsTogether() {
        try (TestNode node = TestNode.launch("localhost:0", new AeronTransportOptions().maxLinks(2))) {
            node.transport.connect("localhost:9", 1);
            node.transport.connect("localhost:9", 2);
            final String message = refusal(Category.TRANSPORT, () -> node.transport.connect("localhost:9", 3));
            assertTrue(message.contains("aeron.maxLinks"), message);
        }
    }

    @Test
    void shouldKeepNodesApartThatShareADriverAndAskedForAnyPort() {
        withSharedDriver(options -> {
            try (TestNode one = TestNode.launch("localhost:0", options);
                TestNode two = TestNode.launch("localhost:0", options);
                TestNode three = TestNode.launch("localhost:0", options)) {
                two.transport.listen(1);
                three.transport.listen(1);
                final Link toTwo = one.connect(two, 1);
                final Link toThree = one.connect(three, 1);
                TestNode.sendFully(toTwo, new byte[200_000], one, two, three);
                TestNode.sendFully(toThree, new byte[3], one, two, three);
                TestNode.await("received", () -> two.received.size() + three.received.size() == 2, one, two, three);
                assertEquals(200_000, two.received.get(0).length);
                assertEquals(3, three.received.get(0).length);
            }
        });
    }

    @Test
    void shouldTryAgainToListenOnAChannelThatAnotherHoldsDifferently() {
        withSharedDriver(options -> {
            try (TestNode node = TestNode.launch(TestNode.leasedEndpoint(), options.retryIntervalNs(10_000_000));
                TestNode peer = TestNode.launch();
                Aeron aeron = connect(options)) {
                final Subscription held = aeron.addSubscription(
                    "aeron:udp?reliable=false|endpoint=" + node.endpoint(), STREAM_ID + 1);
                node.transport.listen(1);
                TestNode.await("failures", () -> node.counter(TransportCounter.CHANNEL_FAILURES) > 2, node, peer);
                assertEquals(1, node.errors.size(), node.errors::toString);
                final String message = node.errors.remove().getMessage();
                assertTrue(message.startsWith("can't listen on channel 1, will try again: "), message);
                held.close();
                final Link link = peer.connect(node, 1);
                TestNode.sendFully(link, new byte[10], node, peer);
                TestNode.await("received", () -> node.received.size() == 1, node, peer);
            }
        });
    }

    @Test
    void shouldNotMixTheFramesOfSendersWithTheSameSessionOnTwoChannels() {
        withSharedDriver(options -> {
            try (TestNode node = TestNode.launch(); Aeron aeron = connect(options)) {
                node.transport.listen(1);
                final String uri = "aeron:udp?term-length=1m|session-id=77|endpoint=" + node.endpoint();
                final ExclusivePublication one = aeron.addExclusivePublication(uri, STREAM_ID);
                final ExclusivePublication two = aeron.addExclusivePublication(uri, STREAM_ID + 1);
                TestNode.await("connected", () -> one.isConnected() && two.isConnected(), node);
                node.isPolling = false;
                final byte[][] frames = {new byte[40_000], new byte[50_000]};
                Arrays.fill(frames[0], (byte) 1);
                Arrays.fill(frames[1], (byte) 2);
                TestNode.await("sent", () -> one.offer(new UnsafeBuffer(frames[0])) > 0, node);
                TestNode.await("sent", () -> two.offer(new UnsafeBuffer(frames[1])) > 0, node);
                TestNode.runFor(50, node);
                // A poll for one frame takes some of one's parts, the next some of the other's.
                TestNode.await("received", () -> {
                    node.transport.poll(node.handler, 1);
                    return node.received.size() == 2;
                }, node);
                assertArrayEquals(frames[0], node.received.get(0));
                assertArrayEquals(frames[1], node.received.get(1));
                assertEquals(0, node.counter(TransportCounter.FRAMES_INCOMPLETE_DROPPED));
            }
        });
    }

    private static void withSharedDriver(final Consumer<AeronTransportOptions> test) {
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        try (SharedDriver driver = SharedDriver.launch(new AeronTransportOptions(), errors::add)) {
            test.accept(new AeronTransportOptions().directory(driver.directory()));
        }
        assertEquals(List.of(), List.copyOf(errors));
    }

    private static Aeron connect(final AeronTransportOptions options) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(options.directory()));
    }

    private static String refusal(final Category category, final Executable executable) {
        final PlumtreeException ex = assertThrows(PlumtreeException.class, executable);
        assertEquals(category, ex.category());
        return ex.getMessage();
    }
}
