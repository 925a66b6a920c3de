package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0, 0ns", "999, 999ns", "1000, 1us", "999999, 999us", "750999999, 750ms", "29431482149, 29.4s",
        "5000000000, 5s", "599999999999, 599.9s", "600000000000, 10min", "35999999999999, 599min",
        "36000000000000, 10h", "34560000000000000, 9600h"})
    void shouldWriteADurationForPeople(final long durationNs, final String text) {
        assertEquals(text, Durations.format(durationNs));
    }
}
