package io.plumtree.transport.aeron;

import java.util.concurrent.TimeUnit;

/** Writes durations for people: in one unit that suits, with no more digits than they look at. */
final class Durations {
    private static final String[] UNITS = {"ns", "us", "ms"};
    private static final long NEXT_UNIT = 1_000;
    private static final long TENTH_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SECONDS_LIMIT = 600;
    private static final long MINUTES_LIMIT = 600;
    private static final long PER_MINUTE = 60;

    private Durations() {
    }

    /** For instance {@code 29.4s}, {@code 750ms} or {@code 15min}; nothing is rounded up to the next unit. */
    static String format(final long durationNs) {
        long value = durationNs;
        for (final String unit : UNITS) {
            if (value < NEXT_UNIT) {
                return value + unit;
            }
            value /= NEXT_UNIT;
        }
        if (value < SECONDS_LIMIT) {
            final long tenths = durationNs / TENTH_NS;
            return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + "s";
        }
        final long minutes = value / PER_MINUTE;
        return minutes < MINUTES_LIMIT ? minutes + "min" : minutes / PER_MINUTE + "h";
    }
}
