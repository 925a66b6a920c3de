package io.plumtree.benchmarks.rig;

/** Ours over raw Aeron's. Of latencies, less is better; of throughput, more. */
enum Ratio {
    P50("p50Ratio", Figure.LATENCY_P50),
    P99("p99Ratio", Figure.LATENCY_P99),
    P999("p999Ratio", Figure.LATENCY_P999),
    LAST_P50("lastP50Ratio", Figure.LAST_P50),
    LAST_P99("lastP99Ratio", Figure.LAST_P99),
    THROUGHPUT("throughputRatio", Figure.DELIVERIES_PER_SECOND);

    private final String key;
    private final Figure figure;

    Ratio(final String key, final Figure figure) {
        this.key = key;
        this.figure = figure;
    }

    /** What files call it. */
    String key() {
        return key;
    }

    /** Of what. */
    Figure figure() {
        return figure;
    }
}
