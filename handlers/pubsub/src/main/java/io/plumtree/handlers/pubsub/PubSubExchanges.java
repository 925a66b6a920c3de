package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.HandlerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The exchanges that run, as many as the engine allows; knows which gaps they may fill, and those that are still to
 * come, and asks for these. For the engine's thread.
 */
final class PubSubExchanges implements GapFiller {
    /** A shorter message has no room for what must be said in one. */
    private static final int MIN_MESSAGE_LENGTH = 64;

    private final PubSubOptions options;
    private final PubSubCounters counters;
    private final HandlerContext context;
    private final List<PubSubExchange> running = new ArrayList<>();
    /** What the peer has seen that had more to send when the last exchange ended, or was cut off; null if none. */
    private PeerDigest unfinished;
    /** The last exchange in which the peer has sent all that it had; null if there was none lately. */
    private PubSubExchange finished;
    /** Whether one waits for exchanges that are still to come; and since when, the latest. */
    private boolean isAwaited;
    private long awaitedSinceNs;

    PubSubExchanges(final PubSubOptions options, final PubSubCounters counters, final HandlerContext context) {
        this.options = options;
        this.counters = counters;
        this.context = context;
    }

    ExchangeResult start(final ExchangeSession session, final MessageStore store) {
        if (!options.exchange().isEnabled() || session.maxMessageLength() < MIN_MESSAGE_LENGTH) {
            return ExchangeResult.IGNORED;
        }
        if (isAsked()) {
            // Each peer would send what another one is sending already.
            return ExchangeResult.BUSY;
        }
        final PubSubExchange exchange = new PubSubExchange(this, session, store, options, counters);
        session.start(exchange);
        running.add(exchange);
        counters.exchangesStarted.incrementRelease();
        return ExchangeResult.RUNNING;
    }

    /** Whether a peer's exchange runs here: many turn to a node that comes back. */
    private boolean isAsked() {
        for (int i = 0; i < running.size(); i++) {
            if (!running.get(i).isInitiator()) {
                return true;
            }
        }
        return false;
    }

    void onEnd(final PubSubExchange exchange, final boolean isFinished, final boolean isSettled) {
        running.remove(exchange);
        if (isFinished) {
            unfinished = null;
            finished = isSettled ? exchange : finished;
        } else if (exchange.peer().isComplete()) {
            unfinished = exchange.peer();
        }
    }

    /** Gaps are about to be looked at. */
    void beforeGaps(final boolean hasGaps) {
        isAwaited = false;
        if (!hasGaps) {
            finished = null;
        }
    }

    /** Gaps have been looked at: what they wait for is asked for. */
    void afterGaps() {
        if (isAwaited) {
            context.requestExchange(awaitedSinceNs);
        }
    }

    @Override
    public boolean mayFill(
        final long origin,
        final long incarnation,
        final long fromSequence,
        final long toSequence,
        final long bornNs,
        final long sinceNs) {
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).mayFill(origin, incarnation, fromSequence, toSequence)) {
                return true;
            }
        }
        final boolean isUnfinished =
            unfinished != null && unfinished.hasAny(origin, incarnation, fromSequence, toSequence);
        final boolean isAnswered = finished != null && finished.hasAnswered(
            origin, incarnation, fromSequence, toSequence, bornNs, options.exchange().settleNs());
        if (!isUnfinished && (isAnswered || !options.exchange().isEnabled() || !context.isExchangePending(sinceNs))) {
            return false;
        }
        awaitedSinceNs = isAwaited && awaitedSinceNs - sinceNs > 0 ? awaitedSinceNs : sinceNs;
        isAwaited = true;
        return true;
    }

    /** How long a gap is waited for on account of a peer that has not said yet what it has seen. */
    long digestTimeoutNs() {
        return options.holdbackTimeoutNs();
    }
}
