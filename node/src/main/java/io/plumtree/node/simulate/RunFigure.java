package io.plumtree.node.simulate;

import io.plumtree.simulator.RunResult;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** A figure of a run, how it is called, and how those of several runs become one. */
enum RunFigure {
    /** Payloads received that were not needed, a delivery. */
    REDUNDANCY("redundancy", "redundancy", "%.4f", run -> run.quality().redundancy()),
    /** Hops of the last delivery. */
    LAST_HOP("lastHop", "last hop", "%.2f", run -> run.quality().lastHop()),
    /** Deliveries that did not happen; of all runs together. */
    MISSED("missed", "missed deliveries", "%,.0f", run -> run.quality().missed()),
    /** Frames that are no payloads. */
    CONTROL("controlPerDelivery", "control messages a delivery", "%.3f", run -> run.cost().controlPerDelivery()),
    /** Their bytes. */
    CONTROL_BYTES("controlBytesPerDelivery", "control bytes a delivery", "%.1f",
        run -> run.cost().controlBytesPerDelivery()),
    /** Bytes of payload frames. */
    PAYLOAD_BYTES("payloadBytesPerDelivery", "payload bytes a delivery", "%.1f",
        run -> run.cost().payloadBytesPerDelivery()),
    /** Median latency. */
    LATENCY_P50("latencyP50Ms", "latency p50 (ms)", "%.1f", run -> run.speed().latencyP50Ms()),
    /** Latency of the slowest hundredth. */
    LATENCY_P99("latencyP99Ms", "latency p99 (ms)", "%.1f", run -> run.speed().latencyP99Ms()),
    /** The longest latency. */
    LATENCY_MAX("latencyMaxMs", "latency max (ms)", "%.1f", run -> run.speed().latencyMaxMs()),
    /** The same of flooding. */
    FLOOD_P99("floodP99Ms", "flooding's latency p99 (ms)", "%.1f", run -> run.speed().floodP99Ms()),
    /** The ratio of the two. */
    P99_OVER_FLOOD("p99OverFlood", "latency p99 over flooding's", "%.3f", run -> run.speed().p99OverFlood()),
    /** Deliveries by graft and after. */
    REPAIRED("repaired", "repaired deliveries", "%,.1f", run -> run.speed().repaired()),
    /** Their latency. */
    REPAIRED_P99("repairedP99Ms", "repaired latency p99 (ms)", "%.1f", run -> run.speed().repairedP99Ms()),
    /** Share of the survivors that the first message after the failure reached. */
    FIRST_MESSAGE("firstMessageAfterFailure", "first message's reach", "%.4f",
        run -> run.recovery().firstMessageAfterFailure()),
    /** Messages until redundancy is low again. */
    TO_SETTLE("messagesToSettle", "messages until settled", "%.1f", run -> run.recovery().messagesToSettle()),
    /** Share of the survivors that a message reached in the end. */
    MEAN_RELIABILITY("meanReliability", "mean reliability", "%.6f", run -> run.recovery().meanReliability()),
    /** Share that a flood would have reached at the moment of the broadcast. */
    FLOOD_RELIABILITY("floodReliability", "a flood's reliability", "%.6f", run -> run.recovery().floodReliability()),
    /** Messages until a flood reaches all. */
    TO_HEAL("messagesToHeal", "messages until connected", "%.1f", run -> run.recovery().messagesToHeal()),
    /** The simulator's own speed. */
    SPEED("deliveriesPerSecond", "simulated deliveries a second", "%,.0f", run -> run.course().deliveriesPerSecond()),
    /** What the simulator had to do. */
    EVENTS("events", "simulated events", "%,.0f", run -> run.course().events());

    private final String key;
    private final String label;
    private final String format;
    private final ToDoubleFunction<RunResult> of;

    RunFigure(final String key, final String label, final String format, final ToDoubleFunction<RunResult> of) {
        this.key = key;
        this.label = label;
        this.format = format;
        this.of = of;
    }

    /** Its name in JSON. */
    String key() {
        return key;
    }

    /** Its name in tables. */
    String label() {
        return label;
    }

    /** Whether it is of the simulator, not of what it simulates. */
    boolean isOfSimulator() {
        return this == SPEED || this == EVENTS;
    }

    /** Whether it counts, and so is a whole number also over several runs. */
    boolean isSum() {
        return this == MISSED;
    }

    /** Whether a configuration has this figure at all. */
    boolean isOf(final Configuration configuration) {
        return switch (this) {
            case FIRST_MESSAGE, TO_SETTLE -> configuration.hasFailure();
            case MEAN_RELIABILITY, FLOOD_RELIABILITY -> configuration.isMended();
            case TO_HEAL -> configuration.isMended() && configuration.hasFailure();
            default -> true;
        };
    }

    /** Whether it counts messages until something is well, and is -1 where it never is. */
    private boolean isUntil() {
        return this == TO_SETTLE || this == TO_HEAL;
    }

    /**
     * The one figure for all runs: the mean of those that have it, or the sum of {@link #MISSED}; of
     * {@link #TO_SETTLE} and {@link #TO_HEAL}, -1 if some run never did.
     *
     * @param configuration the runs.
     * @return the figure; NaN if no run has it.
     */
    double overall(final Configuration configuration) {
        if (!isOf(configuration)) {
            return Double.NaN;
        }
        if (isUntil() && values(configuration).anyMatch(value -> value < 0)) {
            return -1;
        }
        return isSum() ? values(configuration).sum() : values(configuration).average().orElse(Double.NaN);
    }

    /** The least that a run has; NaN if none has it. That it never settled is the most there can be. */
    double least(final Configuration configuration) {
        if (!isOf(configuration)) {
            return Double.NaN;
        }
        return values(configuration).filter(value -> !isUntil() || value >= 0).min()
            .orElse(isUntil() ? -1 : Double.NaN);
    }

    /** The greatest that a run has; NaN if none has it. */
    double greatest(final Configuration configuration) {
        if (!isOf(configuration)) {
            return Double.NaN;
        }
        return isUntil() && overall(configuration) < 0 ? -1
            : values(configuration).max().orElse(Double.NaN);
    }

    private DoubleStream values(final Configuration configuration) {
        return configuration.runs().stream().mapToDouble(of).filter(Double::isFinite);
    }

    /** A value as text. */
    String text(final double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return isUntil() && value < 0 ? "never" : String.format(Locale.ROOT, format, value);
    }

    /** The second configuration's value over the first one's, as text; a dash where that says nothing. */
    String ratio(final Configuration first, final Configuration second) {
        final double below = overall(first);
        final double above = overall(second);
        return below > 0 && above >= 0 ? String.format(Locale.ROOT, "%.3f", above / below) : "-";
    }
}
