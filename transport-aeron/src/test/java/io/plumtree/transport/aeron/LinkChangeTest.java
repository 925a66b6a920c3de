package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Links made and closed while the transport runs, as members come and go. */
class LinkChangeTest {
    private final TestNode sender = TestNode.launch();
    private final TestNode receiver = TestNode.launch();

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
        Directories.assertNoneLeft();
    }

    private static byte[] frame(final int value) {
        return new byte[]{(byte) value, 1, 2, 3};
    }

    @Test
    void shouldReachTheSameEndpointOverANewLinkEachTimeTheOldOneIsClosed() {
        for (int i = 0; i < 10; i++) {
            final int number = i;
            final Link link = sender.connect(receiver);
            TestNode.await("connected, time " + i, link::isConnected, sender, receiver);
            TestNode.sendFully(link, frame(i), sender, receiver);
            TestNode.await("received " + i, () -> receiver.received.size() == number + 1, sender, receiver);
            assertArrayEquals(frame(i), receiver.received.get(i));
            link.close();
        }
    }

    @Test
    void shouldDeliverTheLastFrameOfALinkThatIsClosedRightAfter() {
        final Link old = sender.connect(receiver);
        TestNode.await("connected", old::isConnected, sender, receiver);
        TestNode.sendFully(old, frame(1), sender, receiver);
        old.close();
        final Link link = sender.connect(receiver);
        assertFalse(link.isConnected());
        TestNode.await("connected anew", link::isConnected, sender, receiver);
        TestNode.sendFully(link, frame(2), sender, receiver);
        TestNode.await("both received", () -> receiver.received.size() == 2, sender, receiver);
        assertArrayEquals(frame(1), receiver.received.get(0));
        assertArrayEquals(frame(2), receiver.received.get(1));
        assertEquals(SendResult.CLOSED, TestNode.send(old, frame(3)));
    }

    @Test
    void shouldReachTheSameEndpointWhileTheOldLinkIsStillOpen() {
        final Link old = sender.connect(receiver);
        TestNode.await("connected", old::isConnected, sender, receiver);
        final Link link = sender.connect(receiver);
        old.close();
        TestNode.await("connected too", link::isConnected, sender, receiver);
        TestNode.sendFully(link, frame(1), sender, receiver);
        TestNode.await("received", () -> receiver.received.size() == 1, sender, receiver);
    }

    @Test
    void shouldForgetALinkThatIsClosedBeforeItIsThere() {
        for (int i = 0; i < 10; i++) {
            final Link link = sender.connect(receiver);
            // Asked for in some rounds, in others not even that.
            for (int cycle = 0; cycle < i % 3; cycle++) {
                sender.cycle();
            }
            link.close();
        }
        final Link link = sender.connect(receiver);
        TestNode.await("connected", link::isConnected, sender, receiver);
        TestNode.sendFully(link, frame(1), sender, receiver);
        TestNode.await("received", () -> receiver.received.size() == 1, sender, receiver);
        assertEquals(0, sender.counter(TransportCounter.LINK_FAILURES));
    }

    @Test
    void shouldGoOnSendingOnOneLinkWhileOthersComeAndGo() {
        final Link link = sender.connect(receiver);
        TestNode.await("connected", link::isConnected, sender, receiver);
        try (TestNode other = TestNode.launch()) {
            for (int i = 0; i < 5; i++) {
                final Link passing = sender.connect(other);
                for (int k = 0; k < 100; k++) {
                    TestNode.sendFully(link, frame(k), sender, receiver, other);
                }
                TestNode.await("connected", passing::isConnected, sender, receiver, other);
                TestNode.sendFully(passing, frame(i), sender, receiver, other);
                passing.close();
            }
            TestNode.await("all received", () -> receiver.received.size() == 500 && other.received.size() == 5,
                sender, receiver, other);
        }
        for (int i = 0; i < 500; i++) {
            assertArrayEquals(frame(i % 100), receiver.received.get(i), "in order");
        }
    }
}
