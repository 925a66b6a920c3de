package io.plumtree.node.stat;

import io.plumtree.engine.counters.CounterValue;
import io.plumtree.engine.counters.CountersFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** How fast the counters of a node grow, from one look to the next. */
final class Rates {
    /** Of the first look, when nothing is known yet. */
    static final Rates NONE = new Rates(Map.of(), 0);

    private final Map<String, Long> before;
    private final double seconds;

    private Rates(final Map<String, Long> before, final double seconds) {
        this.before = before;
        this.seconds = seconds;
    }

    static Rates between(final CountersFile earlier, final CountersFile later) {
        final Map<String, Long> before = new HashMap<>();
        earlier.counters().forEach(counter -> before.put(counter.label(), counter.value()));
        return new Rates(before, Duration.between(earlier.readTime(), later.readTime()).toNanos() / 1e9);
    }

    /** A second's growth; nothing for levels, and where it is not known. */
    OptionalDouble of(final CounterValue counter) {
        final Long earlier = before.get(counter.label());
        return counter.isLevel() || earlier == null || seconds <= 0 ?
            OptionalDouble.empty() : OptionalDouble.of((counter.value() - earlier) / seconds);
    }
}
