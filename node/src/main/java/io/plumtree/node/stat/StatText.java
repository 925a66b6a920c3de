package io.plumtree.node.stat;

import io.plumtree.engine.counters.CounterValue;
import io.plumtree.engine.counters.CountersFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** For people. */
final class StatText {
    private static final long MINUTE_S = 60;
    private static final long HOUR_S = 60 * MINUTE_S;
    private static final long DAY_S = 24 * HOUR_S;

    private StatText() {
    }

    /** A line a node, in columns. */
    static String list(final List<CountersFile> nodes) {
        final int nameWidth = Math.max(4, nodes.stream().mapToInt(node -> node.node().length()).max().orElse(0));
        final int clusterWidth = Math.max(7, nodes.stream().mapToInt(node -> node.cluster().length()).max().orElse(0));
        final String format = "%-" + nameWidth + "s  %-" + clusterWidth + "s  %8s  %-7s  %8s  %s\n";
        final StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, format, "NODE", "CLUSTER", "PID", "STATE", "AGE", "LAST SIGN OF LIFE"));
        for (final CountersFile node : nodes) {
            out.append(String.format(Locale.ROOT, format, node.node(), node.cluster(), node.pid(), state(node),
                age(node.startTime(), node), age(node.heartbeat(), node) + " ago"));
        }
        return out.toString();
    }

    /** A line a counter, in columns, with what it grew by in a second if that is known. */
    static String counters(final CountersFile node, final List<CounterValue> counters, final Rates rates) {
        final int labelWidth = counters.stream().mapToInt(counter -> counter.label().length()).max().orElse(1);
        final StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%s of cluster %s, process %d, %s, %s old\n",
            node.node(), node.cluster(), node.pid(), state(node), age(node.startTime(), node)));
        for (final CounterValue counter : counters) {
            out.append(String.format(Locale.ROOT, "  %-" + labelWidth + "s  %15d", counter.label(), counter.value()));
            final OptionalDouble rate = rates.of(counter);
            if (rate.isPresent()) {
                out.append(String.format(Locale.ROOT, "  %12.1f/s", rate.getAsDouble()));
            }
            out.append('\n');
        }
        return out.toString();
    }

    static String state(final CountersFile node) {
        return node.liveness().name().toLowerCase(Locale.ROOT);
    }

    private static String age(final Instant since, final CountersFile node) {
        return duration(Duration.between(since, node.readTime()));
    }

    /** The largest two units. */
    static String duration(final Duration duration) {
        if (duration.isNegative()) {
            return "0ms";
        }
        final long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.toMillis() + "ms";
        }
        if (seconds < MINUTE_S) {
            return seconds + "s";
        }
        if (seconds < HOUR_S) {
            return seconds / MINUTE_S + "m" + seconds % MINUTE_S + "s";
        }
        return seconds < DAY_S ? seconds / HOUR_S + "h" + seconds % HOUR_S / MINUTE_S + "m" :
            seconds / DAY_S + "d" + seconds % DAY_S / HOUR_S + "h";
    }
}
