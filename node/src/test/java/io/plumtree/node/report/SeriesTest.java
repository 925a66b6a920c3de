package io.plumtree.node.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void shouldHaveMeanAndBoundsOfAllRuns() {
        final Series series = Series.of("A", "a", 1, List.of(new double[] {1, 2}, new double[] {3, 2, 7}));
        assertArrayEquals(new double[] {1, 2, 3}, series.x());
        assertArrayEquals(new double[] {2, 2, 7}, series.mean());
        assertArrayEquals(new double[] {1, 2, 7}, series.low());
        assertArrayEquals(new double[] {3, 2, 7}, series.high());
        assertTrue(series.hasBand());
    }

    @Test
    void shouldHaveNoBandWhereAllRunsAgree() {
        assertFalse(Series.of("A", "a", 1, List.of(new double[] {1, 2}, new double[] {1, 2})).hasBand());
    }

    @Test
    void shouldLeaveOutWhatIsNoNumber() {
        final Series series = Series.of("A", "a", 1, List.of(new double[] {Double.NaN, Double.NaN}, new double[] {4}));
        assertArrayEquals(new double[] {4, Double.NaN}, series.mean());
    }

    @Test
    void shouldPutNeighboursTogetherWhereThereAreTooManyToShow() {
        final double[] values = new double[90_000];
        Arrays.fill(values, 1);
        values[50_000] = 9;
        final Series series = Series.of("A", "a", 1, List.of(values));
        assertEquals(Series.MAX_PLACES, series.x().length);
        assertEquals(9, Arrays.stream(series.high()).max().orElseThrow(), "no peak is lost");
        assertEquals(75.5, series.x()[0]);
    }
}
