package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.protocol.SetupFlyweight;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AddressProofsTest {
    private static final int STREAM = 7;
    private static final long MS = 1_000_000;
    private static final long PATIENCE_NS = 3_000 * MS;
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 5_000);
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.1", 5_001);
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("::1", 5_000);

    private final AddressProofs proofs = new AddressProofs(PATIENCE_NS);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetupFlyweight.HEADER_LENGTH]);
    private final SetupFlyweight setup = new SetupFlyweight(buffer);
    private long nowNs = -5 * MS;

    private long ask(final int sessionId, final InetSocketAddress from) {
        setup.sessionId(sessionId).streamId(STREAM);
        return proofs.ask(setup, buffer, from, nowNs);
    }

    private AddressProofs.Place answer(final int sessionId, final long number, final InetSocketAddress from) {
        return proofs.answer(STREAM, sessionId, number, from, nowNs);
    }

    private boolean isProven(final int sessionId, final InetSocketAddress from) {
        return proofs.isProven(STREAM, sessionId, from, nowNs);
    }

    @Test
    void shouldBelieveWhoAnswersFromWhereItWasAskedWithTheNumber() {
        setup.termLength(65_536).initialTermId(-3).activeTermId(9).termOffset(64).mtuLength(1_408);
        final long number = ask(1, HERE);
        nowNs += 10 * MS;
        assertNull(answer(1, number, THERE));
        assertNull(answer(1, number, ELSEWHERE));
        assertNull(answer(2, number, HERE));
        assertNull(answer(1, number + 1, HERE));
        assertNull(proofs.answer(STREAM + 1, 1, number, HERE, nowNs));
        assertTrue(!isProven(1, HERE) && !isProven(1, THERE) && !isProven(1, ELSEWHERE) && !isProven(2, HERE));
        setup.termLength(0).initialTermId(0).activeTermId(0).termOffset(0).mtuLength(0);
        final SetupFlyweight said = answer(1, number, HERE).setup();
        assertEquals(1, said.sessionId());
        assertEquals(STREAM, said.streamId());
        assertEquals(65_536, said.termLength());
        assertEquals(-3, said.initialTermId());
        assertEquals(9, said.activeTermId());
        assertEquals(64, said.termOffset());
        assertEquals(1_408, said.mtuLength());
    }

    /** There may be no place for it at first. */
    @Test
    void shouldKnowThatItHasAnsweredUntilItIsLetIn() {
        assertNotNull(answer(1, ask(1, HERE), HERE));
        assertTrue(isProven(1, HERE) && !isProven(1, THERE) && !isProven(2, HERE));
        proofs.forget(STREAM, 1, HERE, nowNs);
        assertTrue(!isProven(1, HERE));
        assertNull(answer(1, 0, HERE));
    }

    /** It says so ten times a second, and its answer may take longer than that. */
    @Test
    void shouldTakeAnswersThatTakeLongerThanASenderIsSilent() {
        final long first = ask(1, HERE);
        for (int i = 0; i < 29; i++) {
            nowNs += 100 * MS;
            setup.termOffset(64 * i);
            ask(1, HERE);
        }
        assertEquals(64 * 28, answer(1, first, HERE).setup().termOffset());
    }

    @Test
    void shouldNotBelieveWhoAnswersTooLate() {
        final long number = ask(1, HERE);
        nowNs += 2 * PATIENCE_NS;
        assertNotEquals(number, ask(1, HERE));
        assertNull(answer(1, number, HERE));
    }

    /** However many begin, from wherever they say. */
    @Test
    void shouldLetInWhoAnswersWhileManyDoNot() {
        int atOnce = 0;
        for (int i = 0; i < 1_000; i++) {
            final long number = ask(i, HERE);
            for (int j = 0; j < 2_000; j++) {
                ask(-j, new InetSocketAddress("127.0.0.2", 1 + i));
            }
            nowNs += 100 * MS;
            atOnce += answer(i, number, HERE) == null ? 0 : 1;
            for (int j = 0; j < 2_000; j++) {
                ask(-j, new InetSocketAddress("127.0.0.3", 1 + i));
            }
            assertTrue(isProven(i, HERE), "known when it says again that it begins");
            proofs.forget(STREAM, i, HERE, nowNs);
        }
        assertTrue(atOnce < 500, "most had been displaced: the test tests what it should");
    }

    /** As many as come at once, from one address, do not displace one another. */
    @Test
    void shouldHavePlacesForAHundredAtOnce() {
        final long[] numbers = new long[100];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ask(i, HERE);
        }
        int kept = 0;
        for (int i = 0; i < numbers.length; i++) {
            kept += answer(i, numbers[i], HERE) == null ? 0 : 1;
        }
        assertTrue(kept > 90, kept + " of 100");
    }
}
