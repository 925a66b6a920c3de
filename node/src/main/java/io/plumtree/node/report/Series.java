package io.plumtree.node.report;

import java.util.List;

/**
 * Values along an axis of whole numbers: their mean over some runs, and between which bounds they were.
 *
 * @param name  what the legend says.
 * @param style class of what is drawn.
 * @param x     places, ascending.
 * @param mean  mean at each place; NaN where there is none.
 * @param low   least at each place.
 * @param high  greatest at each place.
 */
public record Series(String name, String style, double[] x, double[] mean, double[] low, double[] high) {
    /** More places than this can't be told apart in a plot; neighbours are then put together. */
    static final int MAX_PLACES = 600;

    /**
     * Over some runs.
     *
     * @param name  what the legend says.
     * @param style class of what is drawn.
     * @param first place of the first value.
     * @param runs  each run's values; as many places are taken as the longest has.
     * @return the series.
     */
    public static Series of(final String name, final String style, final int first, final List<double[]> runs) {
        final int length = runs.stream().mapToInt(run -> run.length).max().orElse(0);
        final int width = Math.max(1, (length + MAX_PLACES - 1) / MAX_PLACES);
        final int places = (length + width - 1) / width;
        final Series series = new Series(
            name, style, new double[places], new double[places], new double[places], new double[places]);
        for (int i = 0; i < places; i++) {
            final int from = i * width;
            final int to = Math.min(length, from + width);
            series.x[i] = first + (from + to - 1) / 2.0;
            series.fill(i, from, to, runs);
        }
        return series;
    }

    private void fill(final int place, final int from, final int to, final List<double[]> runs) {
        double sum = 0;
        int count = 0;
        low[place] = Double.POSITIVE_INFINITY;
        high[place] = Double.NEGATIVE_INFINITY;
        for (final double[] run : runs) {
            for (int i = from; i < Math.min(to, run.length); i++) {
                if (Double.isFinite(run[i])) {
                    sum += run[i];
                    count++;
                    low[place] = Math.min(low[place], run[i]);
                    high[place] = Math.max(high[place], run[i]);
                }
            }
        }
        mean[place] = count == 0 ? Double.NaN : sum / count;
    }

    /**
     * Whether the bounds say more than the mean.
     *
     * @return true if some bound differs from its mean.
     */
    public boolean hasBand() {
        for (int i = 0; i < mean.length; i++) {
            if (low[i] < high[i]) {
                return true;
            }
        }
        return false;
    }
}
