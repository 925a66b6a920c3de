package io.plumtree.node.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static List<String> texts(final Axis axis) {
        return Arrays.stream(axis.ticks()).mapToObj(axis::text).toList();
    }

    @Test
    void shouldHaveTicksAtRoundNumbersOnly() {
        assertEquals(List.of("10", "20", "30"), texts(Axis.exactly("", 1, 37, 5, true)));
        assertEquals(List.of("0", "0.02", "0.04"), texts(Axis.rounded("", 0, 0.031, 3, false)));
        assertEquals(List.of("99.90", "99.95", "100.00"), texts(Axis.rounded("", 99.91, 100, 3, false)));
        assertEquals(List.of("0", "500", "1,000"), texts(Axis.rounded("", 0, 900, 3, false)));
    }

    @Test
    void shouldHaveWholeNumbersWhereNothingLiesBetween() {
        assertEquals(List.of("0", "1", "2"), texts(Axis.rounded("", 0, 2, 10, true)));
    }

    @Test
    void shouldEndWhereItIsToldToOrAtATick() {
        assertEquals(37, Axis.exactly("", 1, 37, 5, true).max());
        assertEquals(40, Axis.rounded("", 1, 37, 5, true).max());
        assertEquals(0, Axis.rounded("", 1, 37, 5, true).min());
    }

    @Test
    void shouldHaveALengthWithoutValues() {
        assertArrayEquals(new double[] {0, 1}, Axis.rounded("", 0, 0, 1, false).ticks());
        assertArrayEquals(new double[] {5, 6}, Axis.exactly("", 5, 5, 10, true).ticks());
    }

    @Test
    void shouldPlaceValuesBetweenItsEnds() {
        final Axis axis = Axis.exactly("", 10, 20, 5, false);
        assertEquals(0.5, axis.fraction(15));
        assertEquals(0, axis.fraction(5));
        assertEquals(1, axis.fraction(25));
    }

    @Test
    void shouldGiveEachNineOfPercentilesTheSameWidth() {
        final Axis axis = Axis.percentiles("", 0.999);
        assertEquals(List.of("0 %", "90 %", "99 %", "99.9 %"), texts(axis));
        assertEquals(1 / 3.0, axis.fraction(0.9), 1e-9);
        assertEquals(2 / 3.0, axis.fraction(0.99), 1e-9);
        assertEquals(1, axis.fraction(1));
        assertEquals(List.of("0 %", "90 %"), texts(Axis.percentiles("", Double.NEGATIVE_INFINITY)));
    }

    @Test
    void shouldEndALogarithmicAxisAtPowersOfTen() {
        final Axis axis = Axis.logarithmic("", 0.3, 70);
        assertEquals(List.of("0.1", "1", "10", "100"), texts(axis));
        assertEquals(1 / 3.0, axis.fraction(1), 1e-9);
        assertEquals(0, axis.fraction(0));
        assertEquals(List.of("1", "10"), texts(Axis.logarithmic("", 1, 1)));
    }
}
