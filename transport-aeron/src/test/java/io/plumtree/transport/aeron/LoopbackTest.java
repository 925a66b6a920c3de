package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two transports, each with its own driver, on the test's thread. */
class LoopbackTest {
    private static final int MTU_PAYLOAD = AeronTransportOptions.MTU_LENGTH_DEFAULT - 32;
    private static final int MAX_AERON_MESSAGE = AeronTransportOptions.TERM_LENGTH_DEFAULT / 8;
    private final Random random = new Random(7);
    private TestNode sender;
    private TestNode receiver;
    private Link link;

    @BeforeEach
    void connect() {
        sender = TestNode.launch();
        receiver = TestNode.launch();
        link = sender.connect(receiver);
        TestNode.await("connected", link::isConnected, sender, receiver);
    }

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
        Directories.assertNoneLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {
        0, 1, MTU_PAYLOAD - 1, MTU_PAYLOAD, MTU_PAYLOAD + 1, 8 * 1024, MAX_AERON_MESSAGE - 1, MAX_AERON_MESSAGE,
        MAX_AERON_MESSAGE + 1, 1 << 20, TestNode.MAX_FRAME_LENGTH})
    void shouldDeliverFramesOfAnyLength(final int length) {
        final List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(frame(length));
            TestNode.sendFully(link, sent.get(i), sender, receiver);
        }
        TestNode.await("all received", () -> receiver.received.size() == sent.size(), sender, receiver);
        assertSame(sent);
        assertEquals(5, sender.counter(TransportCounter.FRAMES_SENT));
        assertEquals(5, receiver.counter(TransportCounter.FRAMES_RECEIVED));
    }

    @Test
    void shouldCatchUpInOneCycleAfterALongPause() {
        final int count = 30;
        for (int i = 0; i < count; i++) {
            assertEquals(SendResult.ACCEPTED, TestNode.send(link, frame(MTU_PAYLOAD)));
        }
        TestNode.runFor(50, sender);
        // What came before counts for the receiver's last cycle; each datagram has one frame.
        final long nowNs = System.nanoTime();
        int cycles = 0;
        while (receiver.received.size() < count && cycles < count) {
            receiver.transport.doWork(nowNs + cycles * 100_000_000L);
            receiver.transport.poll(receiver.handler, count);
            sender.cycle();
            cycles++;
        }
        assertEquals(count, receiver.received.size());
        assertTrue(cycles <= 3, cycles + " cycles");
    }

    @Test
    void shouldKeepTheOrderOfFramesOfDifferentLengths() {
        final List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final int length = switch (random.nextInt(8)) {
                case 0 -> random.nextInt(TestNode.MAX_FRAME_LENGTH);
                case 1, 2 -> random.nextInt(MAX_AERON_MESSAGE);
                default -> random.nextInt(2 * MTU_PAYLOAD);
            };
            sent.add(frame(length));
            TestNode.sendFully(link, sent.get(i), sender, receiver);
        }
        TestNode.await("all received", () -> receiver.received.size() == sent.size(), sender, receiver);
        assertSame(sent);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 5_000, 200_000})
    void shouldJoinHeadAndBody(final int bodyLength) {
        final byte[] head = frame(3_000);
        final byte[] body = frame(bodyLength + 20);
        TestNode.await("accepted", () -> link.send(new UnsafeBuffer(head), 7, 2_001, new UnsafeBuffer(body), 13,
            bodyLength) == SendResult.ACCEPTED, sender, receiver);
        TestNode.await("received", () -> !receiver.received.isEmpty(), sender, receiver);
        final byte[] expected = new byte[2_001 + bodyLength];
        System.arraycopy(head, 7, expected, 0, 2_001);
        System.arraycopy(body, 13, expected, 2_001, bodyLength);
        assertArrayEquals(expected, receiver.received.get(0));
    }

    @Test
    void shouldRefuseAFrameLongerThanTheLongest() {
        assertEquals(SendResult.TOO_LONG, TestNode.send(link, new byte[TestNode.MAX_FRAME_LENGTH + 1]));
        assertEquals(1, sender.counter(TransportCounter.FRAMES_TOO_LONG_REFUSED));
    }

    @Test
    void shouldBackPressureWhenTheReceiverDoesNotPoll() {
        receiver.isPolling = false;
        final byte[] frame = frame(1_000);
        assertTrue(link.availableWindow() > 0);
        assertTrue(link.availableWindow() <= link.windowLength());
        int accepted = 0;
        while (TestNode.send(link, frame) == SendResult.ACCEPTED) {
            accepted++;
            sender.cycle();
            receiver.cycle();
        }
        final int taken = accepted;
        assertEquals(SendResult.BACK_PRESSURED, TestNode.send(link, frame));
        assertTrue(link.availableWindow() <= 0);
        assertTrue(link.isConnected());
        assertTrue(sender.counter(TransportCounter.BACK_PRESSURE_EVENTS) > 0);

        receiver.isPolling = true;
        TestNode.await("all received", () -> receiver.received.size() == taken, sender, receiver);
        TestNode.await("window open", () -> link.availableWindow() > 0, sender, receiver);
    }

    @Test
    void shouldRefuseFramesWhileALongOneDrains() {
        receiver.isPolling = false;
        assertEquals(SendResult.ACCEPTED, TestNode.send(link, frame(1 << 20)));
        assertEquals(SendResult.BACK_PRESSURED, TestNode.send(link, frame(1)));
        assertEquals(0, link.availableWindow());
        receiver.isPolling = true;
        TestNode.await("received", () -> !receiver.received.isEmpty(), sender, receiver);
        TestNode.sendFully(link, frame(1), sender, receiver);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 1 << 20})
    void shouldRedeliverWhatWasRefusedAndLetOthersGoOn(final int length) {
        try (TestNode other = TestNode.launch()) {
            final Link otherLink = other.connect(receiver);
            final List<byte[]> taken = new ArrayList<>();
            final boolean[] isOpen = new boolean[1];
            receiver.handler = (session, buffer, offset, frameLength) -> {
                final byte[] frame = new byte[frameLength];
                buffer.getBytes(offset, frame);
                if (frameLength == length && !isOpen[0]) {
                    return false;
                }
                taken.add(frame);
                return true;
            };
            final byte[] refused = frame(length);
            TestNode.sendFully(link, refused, sender, other, receiver);
            TestNode.sendFully(link, frame(7), sender, other, receiver);
            TestNode.await("refused", () -> receiver.counter(TransportCounter.FRAMES_DEFERRED) > 3,
                sender, other, receiver);
            for (int i = 0; i < 20; i++) {
                TestNode.sendFully(otherLink, frame(9), sender, other, receiver);
            }
            TestNode.await("others go on", () -> taken.size() == 20, sender, other, receiver);
            isOpen[0] = true;
            TestNode.await("redelivered", () -> taken.size() == 22, sender, other, receiver);
            assertArrayEquals(refused, taken.get(20));
            assertEquals(7, taken.get(21).length);
        }
    }

    @Test
    void shouldHandOverNoMoreFramesThanAskedFor() {
        for (int i = 0; i < 10; i++) {
            TestNode.sendFully(link, frame(10), sender, receiver);
        }
        receiver.isPolling = false;
        TestNode.runFor(20, sender, receiver);
        assertEquals(3, receiver.transport.poll(receiver.handler, 3));
        assertEquals(7, receiver.transport.poll(receiver.handler, 100));
    }

    @Test
    void shouldTellHowFarWhatWasSentHasGoneOut() {
        TestNode.sendFully(link, frame(1), sender, receiver);
        TestNode.await("gone out", () -> link.queuedLength() == 0, sender, receiver);
        final long before = link.sentPosition();
        for (int i = 0; i < 10; i++) {
            assertEquals(SendResult.ACCEPTED, TestNode.send(link, frame(MTU_PAYLOAD)));
        }
        assertEquals(before, link.sentPosition());
        assertTrue(link.queuedLength() >= 10 * MTU_PAYLOAD, link.queuedLength() + " bytes");
        final long queued = link.queuedLength();
        TestNode.await("gone out", () -> link.queuedLength() == 0, sender, receiver);
        assertEquals(before + queued, link.sentPosition());
    }

    @Test
    void shouldCountEachPieceOfALongFrame() {
        receiver.isPolling = false;
        TestNode.sendFully(link, frame(3 * MTU_PAYLOAD), sender, receiver);
        TestNode.sendFully(link, frame(10), sender, receiver);
        TestNode.sendFully(link, frame(10), sender, receiver);
        TestNode.runFor(20, sender, receiver);
        assertEquals(2, receiver.transport.poll(receiver.handler, 2));
        assertEquals(0, receiver.received.size());
        assertEquals(2, receiver.transport.poll(receiver.handler, 2));
        assertEquals(2, receiver.received.size());
        assertEquals(1, receiver.transport.poll(receiver.handler, 2));
    }

    @Test
    void shouldGiveEachSenderItsShareAndWhatOthersLeave() {
        try (TestNode other = TestNode.launch()) {
            final Link otherLink = other.connect(receiver);
            TestNode.sendFully(otherLink, frame(2), sender, other, receiver);
            TestNode.await("received", () -> receiver.received.size() == 1, sender, other, receiver);
            receiver.isPolling = false;
            for (int i = 0; i < 10; i++) {
                TestNode.sendFully(link, frame(1), sender, other, receiver);
                if (i < 5) {
                    TestNode.sendFully(otherLink, frame(2), sender, other, receiver);
                }
            }
            TestNode.runFor(20, sender, other, receiver);
            receiver.received.clear();
            assertEquals(8, receiver.transport.poll(receiver.handler, 8));
            assertEquals(4, receiver.received.stream().filter(frame -> frame.length == 1).count());
            assertEquals(7, receiver.transport.poll(receiver.handler, 8));
        }
    }

    @Test
    void shouldReportAThrowingHandlerAndGoOn() {
        receiver.handler = (session, buffer, offset, length) -> {
            if (length == 1) {
                throw new IllegalStateException("on purpose");
            }
            receiver.received.add(new byte[length]);
            return true;
        };
        TestNode.sendFully(link, frame(1), sender, receiver);
        TestNode.sendFully(link, frame(2), sender, receiver);
        TestNode.await("received", () -> receiver.received.size() == 1, sender, receiver);
        assertEquals("on purpose", receiver.errors.remove().getMessage());
    }

    @Test
    void shouldDropAFrameLongerThanTheReceiverAllows() {
        try (TestNode narrow = TestNode.launch("localhost:0", new AeronTransportOptions(), 10_000)) {
            final Link narrowLink = sender.connect(narrow);
            TestNode.await("connected", narrowLink::isConnected, sender, narrow);
            TestNode.sendFully(narrowLink, frame(10_001), sender, narrow);
            TestNode.sendFully(narrowLink, frame(500_000), sender, narrow);
            TestNode.sendFully(narrowLink, frame(10_000), sender, narrow);
            TestNode.await("received", () -> !narrow.received.isEmpty(), sender, narrow);
            assertEquals(10_000, narrow.received.get(0).length);
            assertEquals(2, narrow.counter(TransportCounter.FRAMES_TOO_LONG_DROPPED));
        }
    }

    @Test
    void shouldSendNoMoreOnAClosedLink() {
        link.close();
        link.close();
        assertEquals(SendResult.CLOSED, TestNode.send(link, frame(1)));
        assertFalse(link.isConnected());
        TestNode.await("sender gone", () -> receiver.counter(TransportCounter.IMAGES_UNAVAILABLE) == 1,
            sender, receiver);
    }

    @Test
    void shouldTellItsCountersByNameAndExplainThem() throws IOException {
        final List<String> names = new ArrayList<>();
        sender.transport.forEachCounter((name, value) -> names.add(name));
        final String page = Files.readString(Path.of("../docs/operations.md"));
        names.forEach(name -> assertTrue(
            page.lines().anyMatch(line -> line.matches("\\| `" + name + "` \\| [^|{}*]+ \\|")), name));
        assertTrue(names.contains("aeron.framesSent"));
        assertTrue(names.stream().allMatch(name -> name.startsWith("aeron.")));
    }

    private byte[] frame(final int length) {
        final byte[] frame = new byte[length];
        random.nextBytes(frame);
        return frame;
    }

    private void assertSame(final List<byte[]> sent) {
        assertEquals(sent.size(), receiver.received.size());
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), receiver.received.get(i), "frame " + i);
        }
    }
}
