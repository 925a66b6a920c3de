package io.plumtree.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendersTest {
    @ParameterizedTest
    @ValueSource(strings = {"single", "rotating:10", "fresh", "all"})
    void shouldWriteWhatItReads(final String text) {
        assertEquals(text, Senders.parse(text).toString());
    }

    @Test
    void shouldReadHowManyTakeTurns() {
        assertEquals(new Senders(Senders.Kind.ROTATING, 10), Senders.parse("rotating:10"));
        assertEquals(new Senders(Senders.Kind.ALL, 1), Senders.parse("all"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Single", "rotating", "rotating:", "rotating:x", "rotating:99999999999", "each"})
    void shouldRejectWhatIsNone(final String text) {
        final IllegalArgumentException ex = assertThrows(IllegalArgumentException.class, () -> Senders.parse(text));
        assertEquals("must be single, rotating:N, fresh or all: '" + text + "'", ex.getMessage());
    }

    @Test
    void shouldRejectNoSender() {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> Senders.parse("rotating:0"));
        assertEquals("senders must be 1 or more: 0", ex.getMessage());
    }
}
