package io.plumtree.api.options;

import io.plumtree.api.Durations;

/** Refuses values that are not allowed, by the key under which the option is known everywhere. */
public final class OptionChecks {
    private OptionChecks() {
    }

    /**
     * Checks a number.
     *
     * @param key   of the option.
     * @param value that it has.
     * @param min   least that is allowed.
     * @param max   most that is allowed.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public static void checkRange(final String key, final long value, final long min, final long max) {
        checkRange(key, value, min, max, Long.toString(max));
    }

    /**
     * Checks a number whose upper bound needs an explanation, such as another option's value.
     *
     * @param key     of the option.
     * @param value   that it has.
     * @param min     least that is allowed.
     * @param max     most that is allowed.
     * @param maxText words that say where the upper bound comes from.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public static void checkRange(
        final String key, final long value, final long min, final long max, final String maxText) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " (" + value + ") must be " + min + " to " + maxText);
        }
    }

    /**
     * Checks a duration.
     *
     * @param key     of the option.
     * @param valueNs that it has, in nanoseconds.
     * @param minNs   least that is allowed, in nanoseconds.
     * @param maxNs   most that is allowed, in nanoseconds.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public static void checkTime(final String key, final long valueNs, final long minNs, final long maxNs) {
        checkTime(key, valueNs, minNs, maxNs, Durations.exact(minNs));
    }

    /**
     * Checks a duration whose lower bound needs an explanation, such as another option's value.
     *
     * @param key     of the option.
     * @param valueNs that it has, in nanoseconds.
     * @param minNs   least that is allowed, in nanoseconds.
     * @param maxNs   most that is allowed, in nanoseconds.
     * @param minText words that say what is allowed from the lower bound on.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public static void checkTime(
        final String key, final long valueNs, final long minNs, final long maxNs, final String minText) {
        if (valueNs < minNs || valueNs > maxNs) {
            throw new IllegalArgumentException(
                key + " (" + Durations.exact(valueNs) + ") must be " + minText + " to " + Durations.exact(maxNs));
        }
    }
}
