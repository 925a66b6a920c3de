package io.plumtree.simulator;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a link takes, one way; the same in both directions and for as long as the link exists.
 *
 * @param minNs       least nanoseconds between nodes of one region.
 * @param maxNs       most nanoseconds between nodes of one region.
 * @param regions     how many regions there are, which nodes belong to in turn.
 * @param remoteMinNs least nanoseconds between nodes of two regions.
 * @param remoteMaxNs most nanoseconds between nodes of two regions.
 */
public record LinkLatency(long minNs, long maxNs, int regions, long remoteMinNs, long remoteMaxNs) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(us|ms|s)(?:\\.\\.(\\d{1,6})(us|ms|s))?");
    private static final Pattern REGIONS = Pattern.compile("regions:(\\d{1,4}):([^:]+):([^:]+)");

    /**
     * Checks the ranges.
     *
     * @param minNs       least nanoseconds between nodes of one region.
     * @param maxNs       most nanoseconds between nodes of one region.
     * @param regions     how many regions there are.
     * @param remoteMinNs least nanoseconds between nodes of two regions.
     * @param remoteMaxNs most nanoseconds between nodes of two regions.
     */
    public LinkLatency {
        if (minNs < 0 || maxNs < minNs || remoteMinNs < 0 || remoteMaxNs < remoteMinNs) {
            throw new IllegalArgumentException("a latency must not be negative, and its lower end not be above its"
                + " upper end: " + minNs + ".." + maxNs + " ns, " + remoteMinNs + ".." + remoteMaxNs + " ns");
        }
        if (regions < 1) {
            throw new IllegalArgumentException("regions must be 1 or more: " + regions);
        }
    }

    /**
     * Uniform between two bounds.
     *
     * @param minNs least nanoseconds.
     * @param maxNs most nanoseconds.
     * @return the latencies.
     */
    public static LinkLatency uniform(final long minNs, final long maxNs) {
        return new LinkLatency(minNs, maxNs, 1, minNs, maxNs);
    }

    /**
     * From text: {@code 30ms}, {@code 10ms..50ms}, or {@code regions:3:1ms..5ms:40ms..90ms} for three regions, with
     * what holds inside each and between them.
     *
     * @param text the text.
     * @return what it says.
     * @throws IllegalArgumentException if it says something else.
     */
    public static LinkLatency parse(final String text) {
        final Matcher matcher = REGIONS.matcher(text);
        if (matcher.matches()) {
            final long[] local = range(matcher.group(2), text);
            final long[] remote = range(matcher.group(3), text);
            return new LinkLatency(local[0], local[1], Integer.parseInt(matcher.group(1)), remote[0], remote[1]);
        }
        final long[] range = range(text, text);
        return uniform(range[0], range[1]);
    }

    private static long[] range(final String text, final String whole) {
        final Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                "must be such as 30ms, 10ms..50ms or regions:3:1ms..5ms:40ms..90ms: '" + whole + "'");
        }
        final long min = nanos(matcher.group(1), matcher.group(2));
        final long max = matcher.group(3) == null ? min : nanos(matcher.group(3), matcher.group(4));
        if (max < min) {
            throw new IllegalArgumentException("the upper end must not be below the lower: '" + whole + "'");
        }
        return new long[]{min, max};
    }

    private static long nanos(final String amount, final String unit) {
        final TimeUnit timeUnit = switch (unit) {
            case "us" -> TimeUnit.MICROSECONDS;
            case "ms" -> TimeUnit.MILLISECONDS;
            default -> TimeUnit.SECONDS;
        };
        return timeUnit.toNanos(Long.parseLong(amount));
    }

    /**
     * Draws the latency of a link between two nodes.
     *
     * @param a      a node.
     * @param b      another node.
     * @param random draws it.
     * @return nanoseconds.
     */
    public long draw(final int a, final int b, final SplittableRandom random) {
        final boolean isLocal = a % regions == b % regions;
        final long min = isLocal ? minNs : remoteMinNs;
        final long max = isLocal ? maxNs : remoteMaxNs;
        return max == min ? min : random.nextLong(min, max + 1);
    }

    @Override
    public String toString() {
        return regions == 1 ? text(minNs, maxNs)
            : "regions:" + regions + ":" + text(minNs, maxNs) + ":" + text(remoteMinNs, remoteMaxNs);
    }

    private static String text(final long min, final long max) {
        return min == max ? text(min) : text(min) + ".." + text(max);
    }

    private static String text(final long ns) {
        return ns % 1_000_000 == 0 ? ns / 1_000_000 + "ms" : String.format(Locale.ROOT, "%dus", ns / 1_000);
    }
}
