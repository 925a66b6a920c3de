package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.protocol.SetupFlyweight;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AddressProofsTest {
    private static final int STREAM = 7;
    private static final long MS = 1_000_000;
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 5_000);
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.1", 5_001);

    private final AddressProofs proofs = new AddressProofs();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetupFlyweight.HEADER_LENGTH]);
    private final SetupFlyweight setup = new SetupFlyweight(buffer);
    private long nowNs = Long.MAX_VALUE - MS;

    private long ask(final int sessionId, final InetSocketAddress from) {
        setup.sessionId(sessionId).streamId(STREAM);
        return proofs.ask(setup, buffer, from, nowNs);
    }

    private AddressProofs.Asked answer(final int sessionId, final long number, final InetSocketAddress from) {
        return proofs.answer(STREAM, sessionId, number, from, nowNs);
    }

    @Test
    void shouldBelieveWhoAnswersFromWhereItWasAskedWithTheNumberAndOnce() {
        setup.termLength(65_536).initialTermId(-3).activeTermId(9).termOffset(64).mtuLength(1_408);
        final long number = ask(1, HERE);
        nowNs += 10 * MS;
        assertNull(answer(1, number, THERE));
        assertNull(answer(2, number, HERE));
        assertNull(answer(1, number + 1, HERE));
        assertNull(proofs.answer(STREAM + 1, 1, number, HERE, nowNs));
        setup.termLength(0).initialTermId(0).activeTermId(0).termOffset(0).mtuLength(0);
        final AddressProofs.Asked asked = answer(1, number, HERE);
        assertEquals(1, asked.setup.sessionId());
        assertEquals(STREAM, asked.setup.streamId());
        assertEquals(65_536, asked.setup.termLength());
        assertEquals(-3, asked.setup.initialTermId());
        assertEquals(9, asked.setup.activeTermId());
        assertEquals(64, asked.setup.termOffset());
        assertEquals(1_408, asked.setup.mtuLength());
        assertNull(answer(1, number, HERE));
    }

    /** It says so ten times a second, and its answer may take longer than that. */
    @Test
    void shouldAskTheSameOfWhoSaysAgainThatItBegins() {
        final long number = ask(1, HERE);
        nowNs += 100 * MS;
        setup.termOffset(128);
        assertEquals(number, ask(1, HERE));
        assertEquals(128, answer(1, number, HERE).setup.termOffset());
        assertNotEquals(number, ask(1, HERE));
    }

    @Test
    void shouldNotBelieveWhoAnswersTooLate() {
        final long number = ask(1, HERE);
        nowNs += AddressProofs.PATIENCE_NS;
        assertNull(answer(1, number, HERE));
        assertNotEquals(number, ask(1, HERE));
        assertNull(answer(1, number, HERE));
    }

    /** However many begin, and never answer: who says so ten times a second gets through. */
    @Test
    void shouldHavePlaceForWhoAnswersWhileManyDoNot() {
        int proven = 0;
        for (int i = 0; i < 1_000; i++) {
            final long number = ask(i, HERE);
            for (int j = 0; j < AddressProofs.PLACES / 4; j++) {
                ask(-j, new InetSocketAddress("127.0.0.2", 1 + i));
            }
            proven += answer(i, number, HERE) == null ? 0 : 1;
        }
        final int count = proven;
        assertTrue(count > 600, () -> count + " of 1000");
    }
}
