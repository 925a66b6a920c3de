package io.plumtree.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write and read them. */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*(ns|us|ms|s|m|h)?");
    private static final String[] UNITS = {"ns", "us", "ms", "s"};
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    private Durations() {
    }

    /**
     * Reads a time.
     *
     * @param key  whose value it is, for the exception.
     * @param text a number of 0 or more and a unit, with or without blanks between them: {@code ns}, {@code us},
     *             {@code ms}, {@code s}, {@code m} or {@code h}; nanoseconds without a unit. Such as {@code 500ms},
     *             {@code 1 s} or {@code 1.5m}.
     * @return nanoseconds.
     * @throws NumberFormatException if it is something else, or longer than can be told; names key and text.
     */
    public static long parse(final String key, final String text) {
        final Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new NumberFormatException(
                key + " must be a duration such as 500ms, 1s or 2m (ns, us, ms, s, m, h): '" + text + "'");
        }
        final BigDecimal ns = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitNs(matcher.group(2))))
            .setScale(0, RoundingMode.HALF_UP);
        if (ns.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new NumberFormatException(key + " must be shorter than 292 years: '" + text + "'");
        }
        return ns.longValueExact();
    }

    private static long unitNs(final String unit) {
        return switch (unit == null ? "ns" : unit) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1L;
        };
    }

    /**
     * Writes a time for a reader, who does not count its nanoseconds: in its largest unit, up to seconds, with one
     * decimal at most, such as {@code 29.4s} or {@code 100ms}.
     *
     * @param ns nanoseconds.
     * @return the text, which {@link #parse} reads if it is not negative.
     */
    public static String format(final long ns) {
        return text(ns, true);
    }

    /**
     * Writes a time as it is, such as an option's value: in its largest unit, up to seconds, with all decimals.
     *
     * @param ns nanoseconds.
     * @return the text, such as {@code 1.5ms}.
     */
    public static String exact(final long ns) {
        return text(ns, false);
    }

    private static String text(final long ns, final boolean isRounded) {
        BigDecimal value = BigDecimal.valueOf(ns);
        int unit = 0;
        while (unit < UNITS.length - 1 && value.abs().compareTo(THOUSAND) >= 0) {
            value = value.movePointLeft(3);
            unit++;
        }
        if (isRounded) {
            value = value.setScale(1, RoundingMode.HALF_UP);
        }
        return (value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros()).toPlainString() + UNITS[unit];
    }
}
