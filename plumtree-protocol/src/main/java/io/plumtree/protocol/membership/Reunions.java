package io.plumtree.protocol.membership;

import io.plumtree.protocol.options.HyParViewOptions;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Nodes that were lost without a word are asked now and then whether they are back, so that the parts of a cluster find
 * each other after a partition.
 */
final class Reunions {
    private static final long MIN_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

    private final Views views;
    private final PendingRequests pending;
    private final Backoff reunion;
    private final Alarm reunionAt = new Alarm();

    Reunions(
        final HyParViewOptions options,
        final RandomGenerator random,
        final Views views,
        final PendingRequests pending) {
        this.views = views;
        this.pending = pending;
        reunion = new Backoff(Math.max(options.retryMinNs(), MIN_PAUSE_NS), options.retryMaxNs(), random);
    }

    /** A node does not answer any more, whose link was up or not. */
    void lose(final NodeDescriptor node, final boolean wasUp, final long nowNs) {
        if (views.lose(node, wasUp)) {
            reunion.reset();
            reunionAt.setEarlier(nowNs + reunion.nextNs());
        }
    }

    /** One is back: others may be, too. */
    void onReunited() {
        reunion.reset();
    }

    /** Asks the node that was asked longest ago, if it is time; returns how much there was to do. */
    int onTimers(final long nowNs) {
        if (!reunionAt.isDue(nowNs)) {
            return 0;
        }
        reunionAt.clear();
        if (!views.lost.isEmpty() && !pending.has(RequestKind.REUNION) && !pending.has(RequestKind.INSISTENCE)) {
            final NodeDescriptor node = views.lost.first();
            // It goes last, whatever comes of it.
            views.lose(node, false);
            if (pending.to(node) == null) {
                pending.ask(RequestKind.REUNION, node, false, nowNs);
            }
        }
        return 1;
    }

    /** After each event: as long as nodes are lost, one of them is asked, or there is a time at which it will be. */
    void plan(final long nowNs) {
        if (views.lost.isEmpty()) {
            reunionAt.clear();
        } else if (!reunionAt.isSet() && !pending.has(RequestKind.REUNION)) {
            reunionAt.set(nowNs + reunion.nextNs());
        }
    }

    long earlierNs(final long thanNs) {
        return reunionAt.earlierNs(thanNs);
    }
}
