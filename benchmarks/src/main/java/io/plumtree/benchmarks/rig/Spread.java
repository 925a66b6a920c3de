package io.plumtree.benchmarks.rig;

import java.util.stream.DoubleStream;

/**
 * A figure over all rounds; all are NaN where no round measured it.
 *
 * @param median the middle one, or between the two middle ones.
 * @param min    the least.
 * @param max    the greatest.
 */
record Spread(double median, double min, double max) {
    /** Of those that are numbers. */
    static Spread of(final DoubleStream values) {
        final double[] sorted = values.filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        final int middle = sorted.length / 2;
        final double median =
            sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean isMeasured() {
        return !Double.isNaN(median);
    }
}
