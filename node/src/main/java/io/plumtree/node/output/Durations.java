package io.plumtree.node.output;

import java.time.Duration;
import java.util.Locale;

/** Times for people. */
public final class Durations {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;

    private Durations() {
    }

    /**
     * A duration with as many digits as one reads: {@code 850ms}, {@code 29.4s}, {@code 2m5s}.
     *
     * @param duration the duration.
     * @return its text.
     */
    public static String text(final Duration duration) {
        final long ms = duration.toMillis();
        if (ms < SECOND_MS) {
            return ms + "ms";
        }
        if (ms < MINUTE_MS) {
            return ms % SECOND_MS == 0 ? ms / SECOND_MS + "s" :
                String.format(Locale.ROOT, "%d.%ds", ms / SECOND_MS, ms % SECOND_MS / (SECOND_MS / 10));
        }
        final long seconds = ms % MINUTE_MS / SECOND_MS;
        return ms / MINUTE_MS + "m" + (seconds == 0 ? "" : seconds + "s");
    }
}
