package io.plumtree.engine.view;

import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import java.util.ArrayList;
import java.util.List;

/** The exchanges that run: this node's own, and one of the others'. */
final class ViewExchanges {
    private final List<ViewExchange> running = new ArrayList<>();
    private final FullView view;
    private final MemberTable table;
    private final FullViewOptions options;
    private final FullViewCounters counters;
    private final long settleNs;
    /** Whether an exchange has been completed: before, this node has nothing to compare with. */
    private boolean isIntroduced;

    ViewExchanges(
        final FullView view,
        final MemberTable table,
        final FullViewOptions options,
        final FullViewCounters counters,
        final long settleNs) {
        this.view = view;
        this.table = table;
        this.options = options;
        this.counters = counters;
        this.settleNs = settleNs;
    }

    ExchangeResult start(final ExchangeSession session, final long nowNs) {
        if (session.maxMessageLength() < ViewExchangeLayout.MIN_MESSAGE_LENGTH) {
            return ExchangeResult.IGNORED;
        }
        if (!session.isInitiator() && isAsked()) {
            // All turn to a node that has come, and each would send the same.
            return ExchangeResult.BUSY;
        }
        final ViewDigest digest = new ViewDigest();
        digest.addAll(table, options, settleNs == 0, nowNs);
        // Who knows nobody has to believe somebody.
        final boolean isTrusted = !isIntroduced || table.memberCount() == 0;
        final ViewExchange exchange = new ViewExchange(this, session, digest, isTrusted);
        session.start(exchange);
        running.add(exchange);
        counters.exchangesStarted.incrementRelease();
        return ExchangeResult.RUNNING;
    }

    private boolean isAsked() {
        for (int i = 0; i < running.size(); i++) {
            if (!running.get(i).isInitiator()) {
                return true;
            }
        }
        return false;
    }

    void onCompleted() {
        isIntroduced = true;
    }

    void onEnd(final ViewExchange exchange) {
        running.remove(exchange);
    }

    /** How long ago an entry was heard, or since when it is gone. */
    long ageNs(final MemberEntry entry) {
        return view.timeNs() - entry.sinceNs;
    }

    /** The age to tell: this node itself lives now, whenever it has said so last. */
    long toldAgeNs(final MemberEntry entry) {
        return entry == table.self() && entry.isAlive() ? 0 : ageNs(entry);
    }

    FullView view() {
        return view;
    }

    MemberTable table() {
        return table;
    }

    FullViewCounters counters() {
        return counters;
    }

    long settleNs() {
        return settleNs;
    }
}
