package io.plumtree.node.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int LONG_LINE = 1_000_000;

    private final Inbox inbox = new Inbox();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LONG_LINE]);
    private int next;

    private void put(final int number, final int length) {
        buffer.putInt(0, number);
        inbox.put(Inbox.LINE, buffer, 0, length);
    }

    private void drain(final int limit) {
        inbox.drain((type, from, index, length) -> assertEquals(next++, from.getInt(index)), limit);
    }

    @Test
    void shouldKeepTheOrderWhenMoreComesThanTheFirstRingHolds() {
        int put = 0;
        // First far enough that the ring's end lies within what follows.
        for (; put < 700; put++) {
            put(put, 1_000);
            drain(10);
        }
        for (; put < 10_000; put++) {
            put(put, 1_000);
        }
        put(put++, LONG_LINE);
        for (int i = 0; next < put; i++) {
            assertEquals(true, i < put, "nothing comes any more");
            drain(10);
        }
        put(put++, 4);
        drain(10);
        assertEquals(put, next);
        assertEquals(0, inbox.dropped());
    }

    @Test
    void shouldKeepTheOrderWhenMoreComesAfterTheFirstRingIsEmpty() {
        int put = 0;
        for (; put < 2_000; put++) {
            put(put, 1_000);
        }
        // The first ring holds a thousand of them.
        for (int i = 0; i < 2_000 && next < 1_500; i++) {
            drain(10);
        }
        for (; put < 2_010; put++) {
            put(put, 1_000);
        }
        for (int i = 0; i < 2_000 && next < put; i++) {
            drain(10);
        }
        assertEquals(put, next);
    }
}
