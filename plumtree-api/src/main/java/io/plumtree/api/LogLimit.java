package io.plumtree.api;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps a log readable, whoever causes its lines: so many of a kind in a period, so many kinds in all, and a count of
 * what was left out for the next line. For nodes and transports alike. Any thread; not for the hot path.
 */
public final class LogLimit {
    /** What {@link #admit} returns for a line that is to be left out. */
    public static final long LEAVE_OUT = -1;
    /** Longer kinds are cut. */
    private static final int MAX_KIND_LENGTH = 200;

    private final long periodNs;
    private final int maxLines;
    private final int maxKinds;
    /** The one whose period began first is the first. */
    private final Map<String, Period> periods = new LinkedHashMap<>();
    private long othersLeftOut;

    /** What a kind has done since its period began. */
    private static final class Period {
        private final long beginNs;
        private int lines;
        private long leftOut;

        Period(final long beginNs) {
            this.beginNs = beginNs;
        }
    }

    /**
     * Nothing has been written yet.
     *
     * @param periodNs how long a period is, in nanoseconds.
     * @param maxLines how many lines of a kind there may be in a period; more than 0.
     * @param maxKinds how many kinds there may be in a period; more than 0.
     */
    public LogLimit(final long periodNs, final int maxLines, final int maxKinds) {
        this.periodNs = periodNs;
        this.maxLines = maxLines;
        this.maxKinds = maxKinds;
    }

    /**
     * Whether a line may be written; counts it as left out if not.
     *
     * @param kind  what lines of its kind have in common, such as {@link #kind(String)} of its text.
     * @param nowNs the time.
     * @return how many were left out since a line was written: of its kind, and of kinds that were too many;
     *     {@link #LEAVE_OUT} if this one is to be left out, too.
     */
    public synchronized long admit(final String kind, final long nowNs) {
        Period period = periods.get(kind);
        long leftOut = 0;
        if (period == null || nowNs - period.beginNs >= periodNs) {
            if (period != null) {
                leftOut = period.leftOut;
                periods.remove(kind);
            } else if (!makeRoom(nowNs)) {
                othersLeftOut++;
                return LEAVE_OUT;
            }
            period = new Period(nowNs);
            periods.put(kind, period);
        } else if (period.lines == maxLines) {
            period.leftOut++;
            return LEAVE_OUT;
        }
        period.lines++;
        leftOut += othersLeftOut;
        othersLeftOut = 0;
        return leftOut;
    }

    private boolean makeRoom(final long nowNs) {
        if (periods.size() < maxKinds) {
            return true;
        }
        final Iterator<Period> iterator = periods.values().iterator();
        final Period first = iterator.next();
        if (nowNs - first.beginNs < periodNs) {
            return false;
        }
        othersLeftOut += first.leftOut;
        iterator.remove();
        return true;
    }

    /**
     * What a line has in common with others that differ in numbers alone: addresses, ports, ids and lengths.
     *
     * @param text the line.
     * @return it without its digits; cut if it is long.
     */
    public static String kind(final String text) {
        final StringBuilder kind = new StringBuilder(Math.min(text.length(), MAX_KIND_LENGTH));
        for (int i = 0; i < text.length() && kind.length() < MAX_KIND_LENGTH; i++) {
            final char c = text.charAt(i);
            if (!Character.isDigit(c)) {
                kind.append(c);
            }
        }
        return kind.toString();
    }

    /**
     * The kind of an error: its class, and its message without digits.
     *
     * @param error the error.
     * @return its kind.
     */
    public static String kind(final Throwable error) {
        return kind(error.getClass().getName() + ' ' + error.getMessage());
    }

    /**
     * A line that tells how many were left out before it.
     *
     * @param text    the line.
     * @param leftOut how many; what {@link #admit} returned.
     * @return the text, and the count if it is more than 0.
     */
    public static String text(final String text, final long leftOut) {
        return leftOut <= 0 ? text : text + " (left out since the last such line: " + leftOut + ")";
    }
}
