package io.plumtree.engine.options;

import io.plumtree.api.Durations;

/** Refuses values that are not allowed, by the key under which the option is known everywhere. */
final class OptionChecks {
    private OptionChecks() {
    }

    static void checkRange(final String key, final long value, final long min, final long max) {
        checkRange(key, value, min, max, Long.toString(max));
    }

    /** As above, with words that say where the upper bound comes from. */
    static void checkRange(
        final String key, final long value, final long min, final long max, final String maxText) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " (" + value + ") must be " + min + " to " + maxText);
        }
    }

    static void checkTime(final String key, final long valueNs, final long minNs, final long maxNs) {
        checkTime(key, valueNs, minNs, maxNs, Durations.exact(minNs));
    }

    /** As above, with words that say what is allowed from the lower bound on. */
    static void checkTime(
        final String key, final long valueNs, final long minNs, final long maxNs, final String minText) {
        if (valueNs < minNs || valueNs > maxNs) {
            throw new IllegalArgumentException(
                key + " (" + Durations.exact(valueNs) + ") must be " + minText + " to " + Durations.exact(maxNs));
        }
    }
}
