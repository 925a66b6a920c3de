package io.plumtree.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "1ms, 1000000", "1 ms, 1000000", "'  100\tus ', 100000", "7ns, 7", "7, 7", "0, 0", "29.4s, 29400000000",
        "1.5 m, 90000000000", "2h, 7200000000000", "0.4ns, 0", "0.5ns, 1",
        "9223372036854775807, 9223372036854775807"
    })
    void shouldReadANumberAndAUnit(final String text, final long ns) {
        assertEquals(ns, Durations.parse("key", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ms", "1 day", "-1ms", "1,5s", "1 0ms", "1e3", "1.s", ".5s", "1msms"})
    void shouldRefuseWhatIsNone(final String text) {
        final NumberFormatException ex =
            assertThrows(NumberFormatException.class, () -> Durations.parse("a.key", text));
        assertEquals("a.key must be a duration such as 500ms, 1s or 2m (ns, us, ms, s, m, h): '" + text + "'",
            ex.getMessage());
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        final NumberFormatException ex =
            assertThrows(NumberFormatException.class, () -> Durations.parse("a.key", "9223372037s"));
        assertEquals("a.key must be shorter than 292 years: '9223372037s'", ex.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "29431482149, 29.4s, 29.431482149s", "100000000, 100ms, 100ms", "999999, 1000us, 999.999us", "0, 0ns, 0ns",
        "1500, 1.5us, 1.5us", "600000000000, 600s, 600s", "-1, -1ns, -1ns", "-2500000, -2.5ms, -2.5ms",
        "1040000, 1ms, 1.04ms", "1000, 1us, 1us", "-1000, -1us, -1us"
    })
    void shouldWriteItForAReaderAndAsItIs(final long ns, final String rounded, final String exact) {
        assertEquals(rounded, Durations.format(ns));
        assertEquals(exact, Durations.exact(ns));
    }
}
