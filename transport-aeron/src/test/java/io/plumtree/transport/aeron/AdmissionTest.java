package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.protocol.SetupFlyweight;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOG_LENGTH = 3 * 65_536 + 4_096;
    private static final int PEER = 1;
    private static final int STRANGER = 2;

    private final TransportCounters counters = new TransportCounters();
    private final List<Throwable> told = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final ErrorFunnel errors = new ErrorFunnel(told::add, counters, lines::add);
    private final AeronTransportOptions options =
        new AeronTransportOptions().termLength(65_536).receiveWindowLength(32_768)
            .sessions(new AeronSessionOptions().maxSessions(30).maxSessionRate(10));
    private final SetupFlyweight setup =
        new SetupFlyweight(new UnsafeBuffer(new byte[SetupFlyweight.HEADER_LENGTH]));
    private long usableSpace = Long.MAX_VALUE;
    private long nowNs = -SECOND_NS;
    private final Admission admission =
        new Admission(options, options.receiveWindowLength(), counters, errors, () -> usableSpace, () -> nowNs);

    @Test
    void shouldRefuseAStrangerForWhomThereIsNoRoomAndMoveNowhere() {
        usableSpace = 2 * LOG_LENGTH - 1;
        assertNull(admit(STRANGER, 1));
        assertEquals(1, counters.get(TransportCounter.SETUPS_REFUSED_ROOM));
        assertNull(errors.takeStorageFailure());
        usableSpace = 2 * LOG_LENGTH;
        assertNotNull(admit(STRANGER, 1), "there is room for one more of this node's own beside it");
    }

    @Test
    void shouldLackRoomForAPeerOnlyWhereStrangersDoNotTakeIt() throws UnknownHostException {
        admission.onLinkOpened(address(PEER));
        final RemoteSession unconfirmed = admit(STRANGER, 1);
        usableSpace = LOG_LENGTH;
        assertNull(admit(PEER, 2));
        assertNull(errors.takeStorageFailure());
        admission.confirm(unconfirmed);
        assertNull(admit(PEER, 2));
        assertNotNull(errors.takeStorageFailure());
        assertEquals(List.of(), told);
    }

    @Test
    void shouldHaveAPartOfThePlacesForStrangersAndOfThoseAHalfForOneAddress() throws UnknownHostException {
        admission.onLinkOpened(address(PEER));
        int session = 0;
        while (admit(STRANGER, session) != null) {
            session++;
            nowNs += SECOND_NS;
        }
        assertEquals(5, session);
        assertEquals(1, counters.get(TransportCounter.SETUPS_REFUSED_SOURCE));
        while (admit(STRANGER + 1, session) != null) {
            session++;
            nowNs += SECOND_NS;
        }
        assertEquals(10, session);
        assertEquals(1, counters.get(TransportCounter.SETUPS_REFUSED_PLACES));
        while (admit(PEER, session) != null) {
            session++;
        }
        assertEquals(30, session);
        assertEquals(2, counters.get(TransportCounter.SETUPS_REFUSED_PLACES));
        assertEquals(0, counters.get(TransportCounter.SETUPS_REFUSED_RATE));
    }

    @Test
    void shouldGiveAPlaceBackOnceAndForgetWhoHasNone() throws UnknownHostException {
        for (int i = 0; i < 5; i++) {
            final RemoteSession session = admit(STRANGER, 1);
            assertNotNull(session);
            admission.remove(session);
            admission.remove(session);
            assertNull(admission.find(1, 1));
            nowNs += SECOND_NS;
        }
        assertTrue(!admission.hasUnconfirmed());
        admission.onLinkOpened(address(PEER));
        admission.onLinkOpened(address(PEER));
        admission.onLinkClosed(address(PEER));
        assertTrue(!admit(PEER, 2).isStranger);
        admission.onLinkClosed(address(PEER));
        assertTrue(admit(PEER, 3).isStranger);
    }

    /** Aeron keeps the log of an image that has gone, and its counters. */
    @Test
    void shouldKeepAPlaceForAsLongAsTheDriverKeepsTheLog() {
        final List<RemoteSession> admitted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            nowNs += SECOND_NS;
            admitted.add(admit(STRANGER, i));
        }
        admitted.forEach(admission::onImageGone);
        assertTrue(!admission.hasUnconfirmed());
        assertNull(admit(STRANGER, 6));
        assertEquals(1, counters.get(TransportCounter.SETUPS_REFUSED_SOURCE));
        nowNs += options.timeouts().imageLivenessTimeoutNs() + 2 * options.timeouts().timerIntervalNs();
        assertNotNull(admit(STRANGER, 6));
    }

    /** One address can't use up what others have. */
    @Test
    void shouldLetStrangersComeAtTheirOwnRate() throws UnknownHostException {
        admission.onLinkOpened(address(PEER));
        int count = 0;
        for (int i = 0; i < 5; i++) {
            count += comeAndGo(STRANGER);
        }
        assertEquals(2, count, "a quarter of what comes in a second, at once");
        assertEquals(3, counters.get(TransportCounter.SETUPS_REFUSED_RATE));
        assertEquals(1, comeAndGo(STRANGER + 1));
        assertEquals(1, comeAndGo(PEER));
        nowNs += SECOND_NS / 2;
        assertEquals(1, comeAndGo(STRANGER));
    }

    private final List<RemoteSession> keepers = new ArrayList<>();

    /** Keeps one session, so that its source is remembered. */
    private int comeAndGo(final int host) {
        final RemoteSession session = admit(host, host + 100 * keepers.size());
        if (session == null) {
            return 0;
        }
        if (keepers.stream().noneMatch(keeper -> keeper.source == session.source)) {
            keepers.add(session);
        } else {
            admission.remove(session);
        }
        return 1;
    }

    @Test
    void shouldTakeAllOfOneSocketForConfirmedWithOne() {
        final RemoteSession one = admit(STRANGER, 1);
        final RemoteSession other = admit(STRANGER, 2);
        final RemoteSession another = admit(STRANGER + 1, 3);
        admission.confirm(one);
        assertTrue(one.isConfirmed && other.isConfirmed && !another.isConfirmed);
        assertTrue(admit(STRANGER, 4).isConfirmed);
        assertTrue(!one.isStranger && !other.isStranger);
        assertTrue(admission.hasUnconfirmed());
        admission.remove(another);
        assertTrue(!admission.hasUnconfirmed());
    }

    @Test
    void shouldTellOnceWhoIsGivenUpThatItIsOver() {
        final RemoteSession session = admit(STRANGER, 1);
        assertTrue(session.mayBeAnswered(false));
        session.isGivenUp = true;
        assertTrue(!session.mayBeAnswered(false));
        assertTrue(session.mayBeAnswered(true));
        assertTrue(!session.mayBeAnswered(true));
    }

    @Test
    void shouldTellOncePerAddressWhatDoesNotGoWithItsSettings() {
        for (int i = 0; i < 100; i++) {
            setup(i).termLength(1 << 20);
            assertTrue(!admission.canBe(setup, from(STRANGER)));
            setup(i).mtuLength(8_192);
            assertTrue(!admission.canBe(setup, from(STRANGER)));
            setup(i).mtuLength(-8_192);
            assertTrue(!admission.canBe(setup, from(STRANGER)));
        }
        assertEquals(List.of(
            "refused what 127.0.0.2:5002 sends: its terms have 1048576 bytes, which does not go with "
                + "aeron.termLength=65536 here; give both nodes the same",
            "refused what 127.0.0.2:5002 sends: its datagrams have up to 8192 bytes, which does not go with "
                + "aeron.mtuLength=1408 here; give both nodes the same"), lines);
    }

    @Test
    void shouldAskAfterSoManyUnknownOnes() {
        int asked = 0;
        while (mayAsk(STRANGER, asked)) {
            asked++;
        }
        assertEquals(30, asked);
        assertEquals(1, counters.get(TransportCounter.DATAGRAMS_UNKNOWN_DROPPED));
        nowNs += SECOND_NS / 10;
        assertTrue(mayAsk(STRANGER, 100));
        assertTrue(!mayAsk(STRANGER, 101));
    }

    @Test
    void shouldAskPeersHoweverManyStrangersThereAre() throws UnknownHostException {
        admission.onLinkOpened(address(PEER));
        for (int session = 0; session < 1_000; session++) {
            mayAsk(STRANGER, session);
        }
        assertTrue(mayAsk(PEER, 1));
        admission.onLinkClosed(address(PEER));
        assertTrue(!mayAsk(PEER, 2));
    }

    @Test
    void shouldNotAskAgainWhoHasJustBeenAsked() {
        assertTrue(mayAsk(STRANGER, 1));
        for (int i = 0; i < 1_000; i++) {
            assertTrue(!mayAsk(STRANGER, 1));
        }
        assertEquals(0, counters.get(TransportCounter.DATAGRAMS_UNKNOWN_DROPPED));
        nowNs += SECOND_NS / 20;
        assertTrue(mayAsk(STRANGER, 1));
    }

    @Test
    void shouldKeepWhatASenderWasThatBeginsAnewBeforeItsImageIsSaidToHaveGone() {
        final RemoteSession first = admit(STRANGER, 1);
        admission.confirm(first);
        admission.renew(first);
        final RemoteSession second = admission.find(1, 1);
        assertTrue(second != null && second != first && second.isConfirmed);
        admission.onImageGone(first);
        assertEquals(second, admission.find(1, 1));
        assertTrue(!admission.hasUnconfirmed());
        admission.onImageGone(second);
        assertNull(admission.find(1, 1));
    }

    private boolean mayAsk(final int host, final int sessionId) {
        return admission.mayAsk(1, sessionId, from(host));
    }

    private RemoteSession admit(final int host, final int sessionId) {
        return admission.admit(null, setup(sessionId), from(host));
    }

    private SetupFlyweight setup(final int sessionId) {
        return setup.streamId(1).sessionId(sessionId).initialTermId(1).activeTermId(1).termOffset(0)
            .termLength(65_536).mtuLength(1_408);
    }

    private static InetSocketAddress from(final int host) {
        return new InetSocketAddress("127.0.0." + host, 5_000 + host);
    }

    private static InetAddress address(final int host) throws UnknownHostException {
        return InetAddress.getByName("127.0.0." + host);
    }
}
