package io.plumtree.protocol.membership;

import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Keeps passive views fresh: two nodes some hops apart tell each other of some of the nodes they know. */
final class Shuffling {
    private final Views views;
    private final HyParViewOptions options;
    private final RandomGenerator random;
    private final HyParViewEffects effects;
    private final HyParViewCounters counters;
    private final int maxSample;
    private List<NodeDescriptor> sent = List.of();
    private boolean isAnswerAwaited;
    private long dueNs;

    Shuffling(
        final Views views,
        final HyParViewOptions options,
        final RandomGenerator random,
        final HyParViewEffects effects,
        final HyParViewCounters counters,
        final long nowNs) {
        this.views = views;
        this.options = options;
        this.random = random;
        this.effects = effects;
        this.counters = counters;
        maxSample = Math.max(2 * options.passiveViewSize(), options.shuffleActive() + options.shufflePassive());
        plan(nowNs);
    }

    private void plan(final long nowNs) {
        final long periodNs = options.shufflePeriodNs();
        dueNs = nowNs + periodNs / 2 + random.nextLong(periodNs + 1);
    }

    long dueNs() {
        return dueNs;
    }

    /** Starts a shuffle, if it is time and there is a neighbour. */
    int onTimers(final long nowNs) {
        if (nowNs - dueNs < 0) {
            return 0;
        }
        plan(nowNs);
        if (!views.active.isEmpty()) {
            final NodeDescriptor to = views.active.any();
            sent = new ArrayList<>(options.shuffleActive() + options.shufflePassive());
            views.active.sample(options.shuffleActive(), to, sent);
            views.passive.sample(options.shufflePassive(), to, sent);
            isAnswerAwaited = true;
            counters.increment(HyParViewCounter.SHUFFLES);
            effects.sendShuffle(to, views.self, options.activeRandomWalkLength(), sent);
        }
        return 1;
    }

    void onShuffle(
        final NodeDescriptor from,
        final NodeDescriptor origin,
        final int timeToLive,
        final List<NodeDescriptor> sample) {
        if (views.isSelf(origin)) {
            return;
        }
        if (views.isOutdated(origin)) {
            counters.increment(HyParViewCounter.STALE);
            return;
        }
        final List<NodeDescriptor> bounded = bounded(sample);
        final int left = Math.min(timeToLive, options.activeRandomWalkLength()) - 1;
        final NodeDescriptor next = left > 0 && views.active.size() > 1 ? views.active.anyBut(from, origin) : null;
        if (next != null) {
            effects.sendShuffle(next, origin, left, bounded);
            return;
        }
        final List<NodeDescriptor> answer = new ArrayList<>(bounded.size());
        views.passive.sample(bounded.size(), origin, answer);
        effects.sendShuffleReply(origin, answer);
        final List<NodeDescriptor> dispensable = new ArrayList<>(answer);
        views.remember(origin, dispensable);
        integrate(bounded, dispensable);
    }

    /** Takes over what another node knows; false if it was not asked for. */
    boolean onReply(final List<NodeDescriptor> sample) {
        if (!isAnswerAwaited) {
            return false;
        }
        isAnswerAwaited = false;
        integrate(bounded(sample), new ArrayList<>(sent));
        return true;
    }

    private void integrate(final List<NodeDescriptor> sample, final List<NodeDescriptor> dispensable) {
        for (final NodeDescriptor node : sample) {
            views.remember(node, dispensable);
        }
    }

    private List<NodeDescriptor> bounded(final List<NodeDescriptor> sample) {
        if (sample.size() <= maxSample) {
            return sample;
        }
        counters.increment(HyParViewCounter.SAMPLES_CUT);
        return List.copyOf(sample.subList(0, maxSample));
    }
}
