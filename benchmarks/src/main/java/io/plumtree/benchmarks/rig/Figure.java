package io.plumtree.benchmarks.rig;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** What is told of a measurement; NaN where it was not measured. */
enum Figure {
    /** Deliveries in a second, at all nodes together. */
    DELIVERIES_PER_SECOND("deliveriesPerSecond", "deliveries/s", 1, 0, Measurement::deliveriesPerSecond),
    /** Messages in a second, each delivered everywhere. */
    MESSAGES_PER_SECOND("messagesPerSecond", "messages/s", 1, 0, Measurement::messagesPerSecond),
    LATENCY_P50("latencyP50Ns", "latency p50 (us)", 1e3, 1, each(50)),
    LATENCY_P90("latencyP90Ns", "latency p90 (us)", 1e3, 1, each(90)),
    LATENCY_P99("latencyP99Ns", "latency p99 (us)", 1e3, 1, each(99)),
    LATENCY_P999("latencyP999Ns", "latency p99.9 (us)", 1e3, 1, each(99.9)),
    LATENCY_MAX("latencyMaxNs", "latency max (us)", 1e3, 1, each(100)),
    LAST_P50("lastP50Ns", "last p50 (us)", 1e3, 1, last(50)),
    LAST_P90("lastP90Ns", "last p90 (us)", 1e3, 1, last(90)),
    LAST_P99("lastP99Ns", "last p99 (us)", 1e3, 1, last(99)),
    LAST_P999("lastP999Ns", "last p99.9 (us)", 1e3, 1, last(99.9)),
    LAST_MAX("lastMaxNs", "last max (us)", 1e3, 1, last(100)),
    BYTES_PER_DELIVERY("bytesPerDelivery", "bytes/delivery", 1, 3, Measurement::bytesPerDelivery),
    PROCESSOR_NS_PER_DELIVERY(
        "processorNsPerDelivery", "processor ns/delivery", 1, 0, Measurement::processorNsPerDelivery),
    /** Times that the sender had to wait. */
    REFUSED("refused", "refused", 1, 0, Measurement::refused),
    LOST("lost", "lost", 1, 0, Measurement::lost),
    LONGEST_GAP("longestGapNs", "longest gap (ms)", 1e6, 1, Measurement::longestGapNs),
    CATCH_UP("catchUpNs", "catch-up (ms)", 1e6, 1, Measurement::catchUpNs);

    private final String key;
    private final String label;
    private final double unit;
    private final int decimals;
    private final ToDoubleFunction<Measurement> value;

    Figure(
        final String key,
        final String label,
        final double unit,
        final int decimals,
        final ToDoubleFunction<Measurement> value) {
        this.key = key;
        this.label = label;
        this.unit = unit;
        this.decimals = decimals;
        this.value = value;
    }

    private static ToDoubleFunction<Measurement> each(final double percentile) {
        return percentile(Measurement::each, percentile);
    }

    private static ToDoubleFunction<Measurement> last(final double percentile) {
        return percentile(Measurement::last, percentile);
    }

    private static ToDoubleFunction<Measurement> percentile(
        final Function<Measurement, Histogram> histogram, final double percentile) {
        return measurement -> {
            final Histogram times = histogram.apply(measurement);
            return times.getTotalCount() == 0 ? Double.NaN : times.getValueAtPercentile(percentile);
        };
    }

    /** What files call it, with its unit. */
    String key() {
        return key;
    }

    /** What people call it. */
    String label() {
        return label;
    }

    double of(final Measurement measurement) {
        return value.applyAsDouble(measurement);
    }

    /** For people; the figure in the unit of its label. */
    String text(final double figure) {
        return Double.isFinite(figure) ? String.format(Locale.ROOT, "%,." + decimals + "f", figure / unit) : "-";
    }
}
