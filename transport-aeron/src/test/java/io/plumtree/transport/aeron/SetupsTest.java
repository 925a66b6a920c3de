package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.protocol.SetupFlyweight;
import io.plumtree.api.transport.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams that ask a node to take somebody in, from whoever knows its port. */
class SetupsTest {
    private static final String STRANGER = "127.0.0.2";
    private static final String OTHER_STRANGER = "127.0.0.3";
    private static final int LARGEST_TERM = 1 << 30;

    @AfterEach
    void shouldLeaveNoDirectory() {
        Directories.assertNoneLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {LARGEST_TERM, 256 << 20, 2 << 20, 0, -1, Integer.MIN_VALUE, 32 * 1024, 100_000})
    void shouldRefuseTermsThatAreLongerOrCannotBe(final int termLength) {
        assertRefused(TransportCounter.SETUPS_REFUSED_TERM_LENGTH, setup -> setup.termLength(termLength));
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 65_504, Integer.MAX_VALUE, 0, -32, 32, 1400})
    void shouldRefuseDatagramsThatAreLongerOrCannotBe(final int mtuLength) {
        assertRefused(TransportCounter.SETUPS_REFUSED_MTU_LENGTH, setup -> setup.mtuLength(mtuLength));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 6, 0", "0, -2147483648, 0", "-1, -2, 0", "2147483647, -1, 0", "7, 7, -32", "7, 7, 65536",
        "7, 7, 2147483616", "7, 7, 1", "7, 7, 33", "-2147483648, 0, 0"})
    void shouldRefusePositionsThatCannotBe(final int initialTermId, final int activeTermId, final int termOffset) {
        assertRefused(TransportCounter.SETUPS_REFUSED_POSITION, setup ->
            setup.initialTermId(initialTermId).activeTermId(activeTermId).termOffset(termOffset));
    }

    @ParameterizedTest
    @ValueSource(ints = {AeronTransportOptions.STREAM_ID_DEFAULT + 1, 0, -1, Integer.MIN_VALUE})
    void shouldRefuseStreamsThatItDoesNotListenTo(final int streamId) {
        assertRefused(TransportCounter.SETUPS_REFUSED_STREAM, setup -> setup.streamId(streamId));
    }

    /** A sender that has been connected once waits to be asked before it begins anew. */
    @Test
    void shouldAskAPeerThatHasLostItsImageWhateverOthersSend() {
        final String endpoint = TestNode.leasedEndpoint();
        final AeronTransportOptions options = new AeronTransportOptions().closeTimeoutNs(0);
        try (TestNode sender = TestNode.launch()) {
            final TestNode before = TestNode.launch(endpoint, options);
            final Link link = sender.connect(before);
            TestNode.await("connected", link::isConnected, sender, before);
            before.close();
            TestNode.await("disconnected", () -> !link.isConnected(), sender);
            try (TestNode after = TestNode.launch(endpoint, options);
                HostileDatagrams stranger = new HostileDatagrams(STRANGER, after)) {
                after.connect(sender);
                final int[] sessionId = new int[1];
                final long[] drops = new long[1];
                while (drops[0] == 0) {
                    flood(stranger, sessionId, after);
                    drops[0] = after.counter(TransportCounter.DATAGRAMS_UNKNOWN_DROPPED);
                }
                TestNode.await("connected again", () -> {
                    flood(stranger, sessionId, after);
                    return link.isConnected();
                }, sender, after);
            }
        }
    }

    private static void flood(final HostileDatagrams stranger, final int[] sessionId, final TestNode node) {
        for (int i = 0; i < 8; i++) {
            stranger.sendHeartbeat(++sessionId[0]);
            node.cycle();
        }
    }

    private static void assertRefused(final TransportCounter reason, final Consumer<SetupFlyweight> change) {
        try (TestNode node = TestNode.launch(); HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            for (int i = 0; i < 3; i++) {
                change.accept(stranger.setup(i));
                stranger.send(SetupFlyweight.HEADER_LENGTH);
            }
            TestNode.await("refused", () -> node.counter(reason) == 3, node);
            assertEquals(0, images());
            stranger.receive();
            assertEquals(0, stranger.bytesReceived);
            stranger.sendSetup(4);
            TestNode.await("another is let in", () -> node.counter(TransportCounter.IMAGES_AVAILABLE) == 1, node);
        }
    }

    /** What counts is by how much the one is after the other, however they are counted. */
    @ParameterizedTest
    @CsvSource({"7, 7, 65504", "2147483647, -2147483648, 0", "-2147483648, -1, 32", "-5, 100, 64"})
    void shouldLetInWhateverPositionCanBe(final int initialTermId, final int activeTermId, final int termOffset) {
        try (TestNode node = TestNode.launch(); HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            stranger.setup(1).initialTermId(initialTermId).activeTermId(activeTermId).termOffset(termOffset);
            stranger.send(SetupFlyweight.HEADER_LENGTH);
            TestNode.await("let in", () -> node.counter(TransportCounter.IMAGES_AVAILABLE) == 1, node);
            TestNode.await("gone", () -> node.counter(TransportCounter.IMAGES_UNAVAILABLE) == 1, node);
            TestNode.await("its log gone", () -> images() == 0, node);
        }
    }

    /** In whose name somebody else begins to send gets as much as was sent here, and nothing is made for it. */
    @Test
    void shouldMakeNothingForWhoIsNotWhereItSays() {
        final AeronTransportOptions patient =
            new AeronTransportOptions().closeTimeoutNs(0)
                .timeouts(new AeronTimeoutOptions().imageLivenessTimeoutNs(TestNode.LONG_NS));
        try (TestNode node = TestNode.launch(); TestNode peer = TestNode.launch("localhost:0", patient);
            HostileDatagrams stranger = new HostileDatagrams("127.0.0.1", node)) {
            stranger.isThere = false;
            final Link link = node.connect(peer);
            TestNode.await("its address is known", link::isConnected, node, peer);
            final long before = node.counter(TransportCounter.SETUPS_ASKED);
            for (int i = 0; i < 1_000; i++) {
                stranger.sendSetup(i % 500);
                TestNode.runFor(1, node, peer);
            }
            TestNode.await("all asked", () -> node.counter(TransportCounter.SETUPS_ASKED) == before + 1_000, node);
            TestNode.await("questions", () -> stranger.questions == 1_000, node);
            assertEquals(stranger.bytesSent, stranger.bytesReceived);
            // A wrong answer is none.
            stranger.question.flags((short) 0);
            stranger.question.echoTimestampNs(stranger.question.echoTimestampNs() + 1);
            stranger.sendAnswer();
            TestNode.runFor(100, node);
            assertEquals(0, node.counter(TransportCounter.IMAGES_AVAILABLE));
            assertEquals(1, images(), "the peer's");
            stranger.isThere = true;
            stranger.sendSetup(1);
            TestNode.await("let in", () -> node.counter(TransportCounter.IMAGES_AVAILABLE) == 1, node);
        }
    }

    @Test
    void shouldDropWhatIsCutShort() {
        try (TestNode node = TestNode.launch(); HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            stranger.sendSetup(1);
            TestNode.await("let in", () -> node.counter(TransportCounter.IMAGES_AVAILABLE) == 1, node);
            for (int length = 1; length < SetupFlyweight.HEADER_LENGTH; length++) {
                stranger.setup(2);
                stranger.send(length);
            }
            TestNode.await("dropped", () -> node.counter(TransportCounter.DATAGRAMS_MALFORMED)
                == SetupFlyweight.HEADER_LENGTH - 1, node);
            assertEquals(1, node.counter(TransportCounter.IMAGES_AVAILABLE));
        }
    }

    /** Aeron 1.51 lets such images never go, nor anything of theirs. */
    @Test
    void shouldTakeAPeerInWhileSetupsThatCannotBeKeepComing() {
        try (TestNode node = TestNode.launch(); TestNode peer = TestNode.launch();
            HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            for (int i = 0; i < 4_000; i++) {
                stranger.setup(i).activeTermId(6).termOffset(i);
                stranger.send(SetupFlyweight.HEADER_LENGTH);
                if (i % 16 == 0) {
                    TestNode.runFor(1, node);
                }
            }
            final Link link = peer.connect(node);
            TestNode.sendFully(link, new byte[100], peer, node);
            TestNode.await("received", () -> node.received.size() == 1, peer, node);
            assertEquals(1, images());
        }
    }

    /** Nobody's repeated word that it is there counts against it. */
    @Test
    void shouldNotCountASetupOfWhoIsInAlready() {
        final AeronTransportOptions options = new AeronTransportOptions()
            .sessions(new AeronSessionOptions().maxSessions(3))
            .timeouts(new AeronTimeoutOptions().imageLivenessTimeoutNs(TestNode.LONG_NS));
        try (TestNode node = TestNode.launch("localhost:0", options);
            HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            for (int i = 0; i < 50; i++) {
                stranger.sendSetup(1);
                TestNode.runFor(1, node);
            }
            TestNode.await("let in", () -> node.counter(TransportCounter.IMAGES_AVAILABLE) == 1, node);
            assertEquals(0, refused(node));
        }
    }

    @Test
    void shouldKeepPlacesForPeersHoweverManyStrangersCome() {
        final AeronTransportOptions options = new AeronTransportOptions()
            .sessions(new AeronSessionOptions().maxSessions(6).maxSessionsPerSource(10))
            .timeouts(new AeronTimeoutOptions().imageLivenessTimeoutNs(TestNode.LONG_NS));
        try (TestNode node = TestNode.launch("localhost:0", options); TestNode peer = TestNode.launch();
            HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            for (int i = 0; i < 20; i++) {
                stranger.sendSetup(i);
            }
            TestNode.await("refused", () -> node.counter(TransportCounter.SETUPS_REFUSED_PLACES) == 18, node);
            assertEquals(2, node.counter(TransportCounter.IMAGES_AVAILABLE));
            final Link link = peer.connect(node);
            TestNode.await("refused", () -> node.counter(TransportCounter.SETUPS_REFUSED_PLACES) > 20, node, peer);
            // From here on its address is known.
            node.connect(peer);
            TestNode.await("connected", link::isConnected, node, peer);
        }
    }

    @Test
    void shouldLetInSoManyFromOneAddress() {
        final AeronTransportOptions options = new AeronTransportOptions()
            .sessions(new AeronSessionOptions().maxSessionsPerSource(5))
            .timeouts(new AeronTimeoutOptions().imageLivenessTimeoutNs(TestNode.LONG_NS));
        try (TestNode node = TestNode.launch("localhost:0", options);
            HostileDatagrams stranger = new HostileDatagrams(STRANGER, node);
            HostileDatagrams other = new HostileDatagrams(OTHER_STRANGER, node)) {
            for (int i = 0; i < 20; i++) {
                stranger.sendSetup(i);
            }
            TestNode.await("refused", () -> node.counter(TransportCounter.SETUPS_REFUSED_SOURCE) == 15, node);
            other.sendSetup(100);
            TestNode.await("let in", () -> node.counter(TransportCounter.IMAGES_AVAILABLE) == 6, node);
        }
    }

    @Test
    void shouldLetInSoManyInASecond() {
        final AeronTransportOptions options = new AeronTransportOptions()
            .sessions(new AeronSessionOptions().maxSessions(30).maxSessionRate(1));
        try (TestNode node = TestNode.launch("localhost:0", options);
            HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            int sent = 0;
            while (node.counter(TransportCounter.SETUPS_REFUSED_RATE) == 0) {
                stranger.sendSetup(sent++);
                TestNode.runFor(1, node);
            }
            assertTrue(node.counter(TransportCounter.IMAGES_AVAILABLE) < sent);
        }
    }

    /** A cluster as large as a node has links starts at once, each with some channels. */
    @Test
    void shouldLetAsManyInAtOnceAsThereAreLinks() {
        final AeronTransportOptions options = new AeronTransportOptions()
            .maxLinks(30).sessions(new AeronSessionOptions().maxSessionRate(1))
            .timeouts(new AeronTimeoutOptions().imageLivenessTimeoutNs(TestNode.LONG_NS));
        try (TestNode node = TestNode.launch("localhost:0", options); TestNode peer = TestNode.launch()) {
            node.connect(peer);
            TestNode.await("known", () -> peer.counter(TransportCounter.IMAGES_AVAILABLE) == 1, node, peer);
            try (HostileDatagrams peers = new HostileDatagrams("127.0.0.1", node)) {
                for (int i = 0; i < 30; i++) {
                    peers.sendSetup(i);
                }
                TestNode.await("let in", () -> node.counter(TransportCounter.IMAGES_AVAILABLE) == 30, node, peer);
            }
            assertEquals(0, refused(node));
        }
    }

    @Test
    void shouldTakeInShorterTermsAndDatagrams() {
        final AeronTransportOptions shorter = new AeronTransportOptions().termLength(128 * 1024)
            .receiveWindowLength(64 * 1024).mtuLength(512);
        try (TestNode node = TestNode.launch(); TestNode peer = TestNode.launch("localhost:0", shorter)) {
            final Link link = peer.connect(node);
            final Link brief = peer.transport.connectBriefly(node.endpoint());
            TestNode.sendFully(link, new byte[10_000], peer, node);
            TestNode.sendFully(brief, new byte[5_000], peer, node);
            TestNode.await("received", () -> node.received.size() == 2, peer, node);
            assertEquals(0, refused(node));
        }
    }

    /** A stranger's word is no reason for a stack trace, however often it is wrong. */
    @Test
    void shouldDropDataThatCannotBePlacedAndGoOn() {
        try (TestNode node = TestNode.launch(); TestNode peer = TestNode.launch();
            HostileDatagrams stranger = new HostileDatagrams(STRANGER, node)) {
            final Link link = peer.connect(node);
            TestNode.await("connected", link::isConnected, node, peer);
            stranger.sendSetup(1);
            TestNode.await("let in", () -> node.counter(TransportCounter.IMAGES_AVAILABLE) == 2, node, peer);
            for (int i = 0; i < 100; i++) {
                stranger.sendData(1, 6, HostileDatagrams.TERM_LENGTH + 32 * i, 64);
            }
            stranger.sendData(1, 7, 1, 64);
            TestNode.sendFully(link, new byte[100], node, peer);
            TestNode.await("received", () -> node.received.size() == 1, node, peer);
            TestNode.await("dropped", () -> node.counter(TransportCounter.DATAGRAMS_FAILED) > 0, node, peer);
            assertEquals(1, node.counter(TransportCounter.DATAGRAMS_MALFORMED));
            assertEquals(0, node.counter(TransportCounter.ERRORS));
        }
    }

    static long refused(final TestNode node) {
        long count = 0;
        for (final TransportCounter counter : TransportCounter.values()) {
            count += counter.label().startsWith("aeron.setups.refused.") ? node.counter(counter) : 0;
        }
        return count;
    }

    /** Logs of what others send, of all nodes of this process. */
    static long images() {
        long count = 0;
        for (final Path directory : Directories.ofThisProcess()) {
            try (Stream<Path> files = Files.walk(directory)) {
                final List<Path> found = files.filter(file -> file.getParent().endsWith("images")).toList();
                count += found.size();
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
        return count;
    }
}
