package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.Session;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Senders of whom nobody has said that they are known. */
class UnconfirmedSendersTest {
    private static final String STRANGER = "127.0.0.2";
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(200);

    @AfterEach
    void shouldLeaveNoDirectory() {
        Directories.assertNoneLeft();
    }

    private static TestNode launch(final long unconfirmedTimeoutNs) {
        return TestNode.launch("localhost:0", new AeronTransportOptions()
            .sessions(new AeronSessionOptions().unconfirmedTimeoutNs(unconfirmedTimeoutNs))
            .timeouts(new AeronTimeoutOptions().imageLivenessTimeoutNs(TestNode.LONG_NS)));
    }

    @Test
    void shouldGiveUpWhoNeverGreetsAndSayNothingMore() {
        final AeronTransportOptions options = new AeronTransportOptions()
            .sessions(new AeronSessionOptions().unconfirmedTimeoutNs(SHORT_NS));
        try (TestNode node = TestNode.launch("localhost:0", options);
            HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            stranger.sendSetup(1);
            TestNode.await("given up", () -> node.counter(TransportCounter.SESSIONS_GIVEN_UP) == 1, node);
            TestNode.await("told so", () -> {
                stranger.receive();
                return stranger.ends == 1;
            }, node);
            final long statusMessages = stranger.statusMessages;
            TestNode.await("gone", () -> {
                stranger.sendHeartbeat(1);
                return node.counter(TransportCounter.IMAGES_UNAVAILABLE) == 1;
            }, node);
            TestNode.await("its log gone", () -> SetupsTest.images() == 0, node);
            stranger.receive();
            assertEquals(1, stranger.ends);
            assertTrue(stranger.statusMessages <= statusMessages + 1, "at most asked who it is");
        }
    }

    @Test
    void shouldKeepWhoIsConfirmedOnAllItsChannels() {
        try (TestNode node = launch(SHORT_NS); TestNode peer = TestNode.launch();
            HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            final Set<Session> sessions = new LinkedHashSet<>();
            node.handler = (session, buffer, offset, length) -> {
                sessions.add(session);
                session.confirm();
                return true;
            };
            node.transport.listen(1);
            final Link link = peer.connect(node);
            final Link silent = peer.connect(node, 1);
            TestNode.await("confirmed", () -> {
                TestNode.send(link, new byte[10]);
                return !sessions.isEmpty();
            }, node, peer);
            TestNode.await("connected", () -> link.isConnected() && silent.isConnected(), node, peer);
            final long before = node.counter(TransportCounter.SESSIONS_GIVEN_UP);
            for (int i = 0; i < 3; i++) {
                final long givenUp = before + i;
                stranger.sendSetup(i);
                TestNode.await("given up",
                    () -> node.counter(TransportCounter.SESSIONS_GIVEN_UP) == givenUp + 1, node, peer);
            }
            assertTrue(link.isConnected() && silent.isConnected());
            final int received = node.received.size();
            assertEquals(0, received);
            node.handler = (session, buffer, offset, length) -> {
                node.received.add(new byte[length]);
                return true;
            };
            assertEquals(SendResult.ACCEPTED, TestNode.send(link, new byte[10]));
            assertEquals(SendResult.ACCEPTED, TestNode.send(silent, new byte[10]));
            TestNode.await("received", () -> node.received.size() == 2, node, peer);
            assertEquals(before + 3, node.counter(TransportCounter.SESSIONS_GIVEN_UP));
        }
    }

    /** Who asks now and then without being a member has its frames taken in whenever its link is up. */
    @Test
    void shouldTakeInTheNextFrameOfWhoWasGivenUp() {
        try (TestNode node = launch(SHORT_NS); TestNode asker = TestNode.launch()) {
            final Link link = asker.transport.connectBriefly(node.endpoint());
            final Set<Session> sessions = new LinkedHashSet<>();
            node.handler = (session, buffer, offset, length) -> {
                sessions.add(session);
                node.received.add(new byte[length]);
                return true;
            };
            for (int i = 1; i <= 3; i++) {
                final int count = i;
                TestNode.sendFully(link, new byte[i], asker, node);
                TestNode.await("received", () -> node.received.size() == count, asker, node);
                assertEquals(i, node.received.get(i - 1).length);
                TestNode.await("given up and seen to be",
                    () -> node.counter(TransportCounter.SESSIONS_GIVEN_UP) >= count && !link.isConnected(),
                    asker, node);
            }
            TestNode.await("closed", () -> !sessions.iterator().next().isOpen(), asker, node);
            assertTrue(sessions.size() > 1, "another session each time");
            assertFalse(sessions.iterator().next().isOpen());
        }
    }

    /** What is missing is asked for again, from whoever sends much. */
    @Test
    @Tag("slow")
    void shouldTakeInAllOfAnUnconfirmedSenderThatIsInTime() {
        try (TestNode node = launch(TestNode.LONG_NS); TestNode asker = TestNode.launch()) {
            node.handler = (session, buffer, offset, length) -> {
                node.received.add(new byte[length]);
                return true;
            };
            final Link link = asker.connect(node);
            for (int i = 0; i < 50; i++) {
                TestNode.sendFully(link, new byte[100_000], asker, node);
            }
            TestNode.await("received", () -> node.received.size() == 50, asker, node);
        }
    }
}
