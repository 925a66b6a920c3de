package io.plumtree.node.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** One axis of a plot: which values it spans, how they lie on it, and its ticks at round numbers. */
public final class Axis {
    private static final double[] STEPS = {1, 2, 5, 10};
    /** Keeps what is a whole number of steps one, whatever the division made of it. */
    private static final double TOLERANCE = 1e-9;
    private static final double PERCENT = 100;
    private static final int DIGITS = 9;

    private final String label;
    private final double min;
    private final double max;
    private final double step;
    private final Scale scale;

    /** How values lie on the axis. */
    private enum Scale {
        /** As far apart as they are. */
        LINEAR {
            @Override
            double place(final double value) {
                return value;
            }

            @Override
            double value(final double place) {
                return place;
            }
        },
        /** Each tenth of what is above is as wide as the one before: 90 %, 99 %, 99.9 %. */
        PERCENTILES {
            @Override
            double place(final double value) {
                return -Math.log10(1 - value);
            }

            @Override
            double value(final double place) {
                return 1 - Math.pow(10, -place);
            }
        },
        /** Ten times as much is one step. */
        LOGARITHMIC {
            @Override
            double place(final double value) {
                return Math.log10(value);
            }

            @Override
            double value(final double place) {
                return Math.pow(10, place);
            }
        };

        abstract double place(double value);

        abstract double value(double place);
    }

    private Axis(final String label, final double min, final double max, final double step) {
        this(label, min, max, step, Scale.LINEAR);
    }

    private Axis(final String label, final double min, final double max, final double step, final Scale scale) {
        this.label = label;
        this.min = min;
        this.max = max;
        this.step = step;
        this.scale = scale;
    }

    /**
     * From exactly one value to another.
     *
     * @param label   what the values are, and their unit.
     * @param low     the least value.
     * @param high    the greatest value; where it is not greater, the axis is 1 long.
     * @param ticks   about how many ticks there may be.
     * @param isWhole whether ticks must be whole numbers.
     * @return the axis.
     */
    public static Axis exactly(
        final String label, final double low, final double high, final int ticks, final boolean isWhole) {
        final double top = high > low ? high : low + 1;
        return new Axis(label, low, top, step(top - low, ticks, isWhole));
    }

    /**
     * From one value to another, each moved outwards to the next tick.
     *
     * @param label   what the values are, and their unit.
     * @param low     a value that there must be.
     * @param high    a value that there must be, too; where it is not greater, the axis is one step long.
     * @param ticks   about how many ticks there may be.
     * @param isWhole whether ticks must be whole numbers.
     * @return the axis.
     */
    public static Axis rounded(
        final String label, final double low, final double high, final int ticks, final boolean isWhole) {
        final double top = high > low ? high : low + 1;
        final double step = step(top - low, ticks, isWhole);
        return new Axis(label, Math.floor(low / step + TOLERANCE) * step, Math.ceil(top / step - TOLERANCE) * step,
            step);
    }

    /**
     * Percentiles from 0 on, each nine as wide as the one before.
     *
     * @param label what they are of.
     * @param most  the greatest, as a share of 1 and less than it; the axis has 90 % at least.
     * @return the axis; its values are shares of 1.
     */
    public static Axis percentiles(final String label, final double most) {
        return new Axis(label, 0, Math.max(0.9, most), 1, Scale.PERCENTILES);
    }

    /**
     * From one value to another on a logarithmic scale, each moved outwards to the next power of ten.
     *
     * @param label what the values are, and their unit.
     * @param low   the least value; greater than 0.
     * @param high  the greatest value; where it is not greater, the axis is one power long.
     * @return the axis.
     */
    public static Axis logarithmic(final String label, final double low, final double high) {
        final double from = Math.floor(Math.log10(low) + TOLERANCE);
        final double to = Math.max(from + 1, Math.ceil(Math.log10(high) - TOLERANCE));
        return new Axis(label, Math.pow(10, from), Math.pow(10, to), 1, Scale.LOGARITHMIC);
    }

    private static double step(final double length, final int ticks, final boolean isWhole) {
        final double least = length / Math.max(1, ticks);
        final double power = Math.pow(10, Math.floor(Math.log10(least)));
        double step = power;
        for (int i = 0; step < least * (1 - TOLERANCE) && i < STEPS.length; i++) {
            step = STEPS[i] * power;
        }
        return isWhole ? Math.max(1, Math.rint(step)) : step;
    }

    /**
     * What the values are.
     *
     * @return the label.
     */
    public String label() {
        return label;
    }

    /**
     * The least value.
     *
     * @return the value.
     */
    public double min() {
        return min;
    }

    /**
     * The greatest value.
     *
     * @return the value.
     */
    public double max() {
        return max;
    }

    /**
     * Where a value is.
     *
     * @param value the value.
     * @return 0 at the least, 1 at the greatest; values outside are moved to the nearer end.
     */
    public double fraction(final double value) {
        final double from = scale.place(min);
        return Math.max(0, Math.min(1, (scale.place(value) - from) / (scale.place(max) - from)));
    }

    /**
     * The round numbers on the axis.
     *
     * @return the values, ascending.
     */
    public double[] ticks() {
        final long first = (long) Math.ceil(scale.place(min) / step - TOLERANCE);
        final long last = (long) Math.floor(scale.place(max) / step + TOLERANCE);
        final double[] ticks = new double[(int) (last - first + 1)];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = scale.value((first + i) * step);
        }
        return ticks;
    }

    /**
     * A tick as text, with as many decimals as the step needs.
     *
     * @param value the tick.
     * @return the text.
     */
    public String text(final double value) {
        return switch (scale) {
            case PERCENTILES -> plain(value * PERCENT) + " %";
            case LOGARITHMIC -> plain(value);
            default -> stepped(value);
        };
    }

    /** Without what a computation in binary leaves behind the last digit that counts. */
    private static String plain(final double value) {
        return BigDecimal.valueOf(value).round(new MathContext(DIGITS)).stripTrailingZeros().toPlainString();
    }

    private String stepped(final double value) {
        final int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + TOLERANCE));
        return BigDecimal.valueOf(value).abs().compareTo(BigDecimal.valueOf(step / 2)) < 0
            ? "0" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
