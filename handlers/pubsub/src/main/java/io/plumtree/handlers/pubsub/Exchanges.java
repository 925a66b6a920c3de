package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import java.util.ArrayList;
import java.util.List;

/** The exchanges that run, as many as the engine allows; knows which gaps they may fill. For the engine's thread. */
final class Exchanges implements GapFiller {
    /** A shorter message has no room for what must be said in one. */
    private static final int MIN_MESSAGE_LENGTH = 64;

    private final PubSubOptions options;
    private final PubSubCounters counters;
    private final List<PubSubExchange> running = new ArrayList<>();
    /** What the peer has seen that had more to send when the last exchange ended, or was cut off; null if none. */
    private PeerDigest unfinished;

    Exchanges(final PubSubOptions options, final PubSubCounters counters) {
        this.options = options;
        this.counters = counters;
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

    void onEnd(final PubSubExchange exchange, final boolean isFinished) {
        running.remove(exchange);
        if (isFinished) {
            unfinished = null;
        } else if (exchange.peer().isComplete()) {
            unfinished = exchange.peer();
        }
    }

    @Override
    public boolean mayFill(
        final long origin, final long incarnation, final long fromSequence, final long toSequence) {
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).mayFill(origin, incarnation, fromSequence, toSequence)) {
                return true;
            }
        }
        return unfinished != null && unfinished.hasAny(origin, incarnation, fromSequence, toSequence);
    }

    /** How long a gap is waited for on account of a peer that has not said yet what it has seen. */
    long digestTimeoutNs() {
        return options.holdbackTimeoutNs();
    }
}
