package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RestingStreamsTest {
    private final RestingStreams streams = new RestingStreams();

    @Test
    void shouldKnowAnEndThatIsToldAgain() {
        assertFalse(streams.isKnown(1, 2, 3, 64));
        assertTrue(streams.isKnown(1, 2, 3, 64));
        assertFalse(streams.isKnown(1, 2, 3, 96));
        assertFalse(streams.isKnown(1, 2, 4, 96), "of another term");
        assertFalse(streams.isKnown(1, 2, 3, 96), "not the last that it has told");
        assertTrue(streams.isKnown(1, 2, 3, 96));
    }

    @Test
    void shouldTellStreamsApart() {
        assertFalse(streams.isKnown(1, 2, 3, 64));
        assertFalse(streams.isKnown(2, 2, 3, 64));
        assertFalse(streams.isKnown(1, -2, 3, 64));
        assertFalse(streams.isKnown(-1, -2, 3, 64));
        assertTrue(streams.isKnown(1, 2, 3, 64));
    }

    @Test
    void shouldTakeWhateverIsToldAndKeepNoMoreThanItsBound() {
        assertFalse(streams.isKnown(0, 0, 0, 1), "no place where a stream can end");
        assertFalse(streams.isKnown(0, 0, 0, 1));
        assertFalse(streams.isKnown(7, 7, Integer.MIN_VALUE, Integer.MIN_VALUE));
        assertTrue(streams.isKnown(7, 7, Integer.MIN_VALUE, Integer.MIN_VALUE));
        assertFalse(streams.isKnown(7, 7, 0, Integer.MIN_VALUE), "of another term");
        assertFalse(streams.isKnown(7, 7, Integer.MIN_VALUE, Integer.MIN_VALUE));
        for (int i = 0; i < RestingStreams.MAX_STREAMS - 2; i++) {
            streams.isKnown(i, 9, 0, 0);
        }
        assertTrue(streams.isKnown(7, 7, Integer.MIN_VALUE, Integer.MIN_VALUE), "there is room for one more");
        streams.isKnown(-1, 9, 0, 0);
        assertFalse(streams.isKnown(7, 7, Integer.MIN_VALUE, Integer.MIN_VALUE), "forgotten with all others");
    }
}
