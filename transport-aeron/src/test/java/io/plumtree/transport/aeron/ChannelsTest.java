package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two transports with several channels from one to the other. A frame's first byte tells which link it was sent on. */
class ChannelsTest {
    private static final int CHANNEL = 5;
    private static final int HIGHEST_CHANNEL = Integer.MAX_VALUE;
    private TestNode sender;
    private TestNode receiver;
    private Link first;
    private Link second;

    @BeforeEach
    void connect() {
        sender = TestNode.launch();
        receiver = TestNode.launch();
        receiver.transport.listen(CHANNEL);
        first = sender.connect(receiver);
        second = sender.connect(receiver, CHANNEL);
        TestNode.await("connected", () -> first.isConnected() && second.isConnected(), sender, receiver);
    }

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
        Directories.assertNoneLeft();
    }

    @Test
    void shouldKeepTheOrderWithinEachChannel() {
        receiver.transport.listen(HIGHEST_CHANNEL);
        final List<Link> links = List.of(first, second, sender.connect(receiver, HIGHEST_CHANNEL));
        for (int number = 0; number < 60; number++) {
            for (int i = 0; i < links.size(); i++) {
                TestNode.sendFully(links.get(i), frame(i, number, 2 + number * number * 10), sender, receiver);
            }
        }
        TestNode.await("all received", () -> receiver.received.size() == 180, sender, receiver);
        for (int i = 0; i < links.size(); i++) {
            assertEquals(IntStream.range(0, 60).boxed().toList(), numbersOf(i));
        }
        assertEquals(0, first.channel());
        assertEquals(CHANNEL, second.channel());
        assertEquals(HIGHEST_CHANNEL, links.get(2).channel());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 1 << 20})
    void shouldLetAChannelGoOnWhileTheSameSendersOtherIsRefused(final int length) {
        final boolean[] isOpen = new boolean[1];
        receiver.handler = (session, buffer, offset, frameLength) -> {
            if (buffer.getByte(offset) == 1 && !isOpen[0]) {
                return false;
            }
            final byte[] frame = new byte[frameLength];
            buffer.getBytes(offset, frame);
            receiver.received.add(frame);
            return true;
        };
        final byte[] refused = frame(1, 7, length);
        TestNode.sendFully(second, refused, sender, receiver);
        TestNode.await("refused", () -> receiver.counter(TransportCounter.FRAMES_DEFERRED) > 3, sender, receiver);
        int inTheWay = 0;
        while (TestNode.send(second, frame(1, 8, 1_000)) == SendResult.ACCEPTED) {
            inTheWay++;
            sender.cycle();
            receiver.cycle();
        }
        assertTrue(second.availableWindow() <= 0);
        for (int i = 0; i < 100; i++) {
            TestNode.sendFully(first, frame(0, i, 10_000), sender, receiver);
        }
        TestNode.await("the other goes on", () -> receiver.received.size() == 100, sender, receiver);
        assertEquals(List.of(), numbersOf(1));
        assertEquals(SendResult.BACK_PRESSURED, TestNode.send(second, frame(1, 9, 1_000)));

        isOpen[0] = true;
        final int expected = 100 + 1 + inTheWay;
        TestNode.await("all received", () -> receiver.received.size() == expected, sender, receiver);
        assertArrayEquals(refused, receiver.received.get(100));
    }

    @Test
    void shouldNotHoldUpAChannelBehindALongFrameOnAnother() {
        receiver.isPolling = false;
        final byte[] longFrame = frame(1, 0, 1 << 20);
        assertEquals(SendResult.ACCEPTED, TestNode.send(second, longFrame));
        assertEquals(SendResult.BACK_PRESSURED, TestNode.send(second, frame(1, 1, 2)));
        for (int i = 0; i < 20; i++) {
            TestNode.sendFully(first, frame(0, i, 2_000), sender, receiver);
        }
        TestNode.runFor(20, sender, receiver);
        receiver.isPolling = true;
        TestNode.await("all received", () -> receiver.received.size() == 21, sender, receiver);
        assertArrayEquals(longFrame, receiver.received.get(20));
        assertEquals(20, numbersOf(0).size());
    }

    @Test
    void shouldGiveEachChannelItsTurnWhenAnotherIsFull() {
        receiver.isPolling = false;
        for (int i = 0; i < 100; i++) {
            TestNode.sendFully(first, frame(0, i, 10), sender, receiver);
            TestNode.sendFully(second, frame(1, i, 10), sender, receiver);
        }
        TestNode.runFor(20, sender, receiver);
        assertEquals(8, receiver.transport.poll(receiver.handler, 4) + receiver.transport.poll(receiver.handler, 4));
        assertEquals(4, numbersOf(0).size());
        assertEquals(4, numbersOf(1).size());
    }

    @Test
    void shouldPollOtherChannelsWithWhatAnEmptyOneLeaves() {
        receiver.isPolling = false;
        for (int i = 0; i < 10; i++) {
            TestNode.sendFully(second, frame(1, i, 10), sender, receiver);
        }
        TestNode.runFor(20, sender, receiver);
        for (int i = 0; i < 5; i++) {
            assertEquals(2, receiver.transport.poll(receiver.handler, 2));
        }
    }

    @Test
    void shouldHandOverNoMoreFramesThanAskedForOnAllChannelsTogether() {
        receiver.isPolling = false;
        for (int i = 0; i < 3; i++) {
            TestNode.sendFully(first, frame(0, i, 10), sender, receiver);
            TestNode.sendFully(second, frame(1, i, 10), sender, receiver);
        }
        TestNode.runFor(20, sender, receiver);
        assertEquals(4, receiver.transport.poll(receiver.handler, 4));
        assertEquals(2, receiver.transport.poll(receiver.handler, 4));
    }

    @Test
    void shouldBoundTheWorkForLongFramesOnAllChannelsTogether() {
        receiver.isPolling = false;
        TestNode.sendFully(first, frame(0, 0, 40_000), sender, receiver);
        TestNode.sendFully(second, frame(1, 0, 40_000), sender, receiver);
        TestNode.runFor(20, sender, receiver);
        int polls = 0;
        while (receiver.received.size() < 2) {
            receiver.transport.poll(receiver.handler, 1);
            polls++;
            assertTrue(polls < 100);
        }
        // Each frame has 30 pieces, and each piece counts as a frame.
        assertEquals(60, polls);
    }

    @Test
    void shouldConnectOnlyWhenThePeerListensOnTheChannel() {
        final Link link = sender.connect(receiver, 9);
        TestNode.runFor(150, sender, receiver);
        assertFalse(link.isConnected());
        assertEquals(SendResult.NOT_CONNECTED, TestNode.send(link, frame(3, 0, 10)));
        receiver.transport.listen(9);
        receiver.transport.listen(9);
        TestNode.sendFully(link, frame(3, 0, 10), sender, receiver);
        TestNode.await("received", () -> numbersOf(3).size() == 1, sender, receiver);
        TestNode.runFor(20, sender, receiver);
        assertEquals(1, receiver.received.size());
    }

    @Test
    void shouldListenOnAChannelFromWithinAHandler() {
        receiver.handler = (session, buffer, offset, length) -> {
            receiver.transport.listen(10);
            receiver.received.add(new byte[] {buffer.getByte(offset), 0});
            return true;
        };
        final Link link = sender.connect(receiver, 10);
        TestNode.sendFully(second, frame(1, 0, 2), sender, receiver);
        TestNode.sendFully(link, frame(2, 0, 2), sender, receiver);
        TestNode.await("received", () -> receiver.received.size() == 2, sender, receiver);
    }

    @Test
    void shouldCloseOneChannelAndGoOnWithAnother() {
        second.close();
        assertEquals(SendResult.CLOSED, TestNode.send(second, frame(1, 0, 10)));
        TestNode.await("one gone", () -> receiver.counter(TransportCounter.IMAGES_UNAVAILABLE) == 1,
            sender, receiver);
        TestNode.sendFully(first, frame(0, 0, 10), sender, receiver);
        final Link again = sender.connect(receiver, CHANNEL);
        TestNode.sendFully(again, frame(1, 1, 10), sender, receiver);
        TestNode.await("received", () -> receiver.received.size() == 2, sender, receiver);
    }

    /** Whoever stays waits for an hour otherwise. */
    @Test
    void shouldSayGoodbyeOnEveryChannel() {
        // It would notice nothing by itself.
        sender.close();
        sender = TestNode.launch(TestNode.leasedEndpoint(),
            new AeronTransportOptions()
                .timeouts(new AeronTimeoutOptions().connectionTimeoutNs(TestNode.LONG_NS)).closeTimeoutNs(0));
        final TestNode leaving = TestNode.launch("localhost:0", new AeronTransportOptions());
        leaving.transport.listen(CHANNEL);
        final Link there = sender.connect(leaving);
        final Link thereToo = sender.connect(leaving, CHANNEL);
        final Link back = leaving.connect(sender);
        sender.transport.listen(CHANNEL);
        final Link backToo = leaving.connect(sender, CHANNEL);
        TestNode.await("connected", () -> there.isConnected() && thereToo.isConnected() && back.isConnected()
            && backToo.isConnected(), sender, leaving);
        final Thread closer = new Thread(leaving::close);
        closer.start();
        TestNode.await("links down", () -> !there.isConnected() && !thereToo.isConnected(), sender);
        TestNode.await("closed", () -> !closer.isAlive(), sender);
        TestNode.await("images gone", () -> sender.counter(TransportCounter.IMAGES_UNAVAILABLE) == 2, sender);
        assertEquals(SendResult.CLOSED, TestNode.send(backToo, frame(1, 0, 10)));
    }

    private static byte[] frame(final int link, final int number, final int length) {
        final byte[] frame = new byte[length];
        frame[0] = (byte) link;
        frame[1] = (byte) number;
        for (int i = 2; i < length; i++) {
            frame[i] = (byte) (link + i);
        }
        return frame;
    }

    /** The second bytes of the frames of one link, in the order of their arrival. */
    private List<Integer> numbersOf(final int link) {
        final List<Integer> numbers = new ArrayList<>();
        for (final byte[] frame : receiver.received) {
            if (frame[0] == link) {
                numbers.add((int) frame[1]);
                assertArrayEquals(frame(link, frame[1], frame.length), frame);
            }
        }
        return numbers;
    }
}
