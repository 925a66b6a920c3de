package io.plumtree.engine.counting;

import io.plumtree.api.NodeId;
import io.plumtree.engine.events.OverflowEvent;
import io.plumtree.engine.exchange.ExchangeCounter;
import io.plumtree.engine.query.QueryCounter;
import io.plumtree.protocol.ProtocolCounter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.status.AtomicCounter;

/** Tells of bounds that were met since the last look, by their counters: an event a counter, not one a time. */
public final class Overflows {
    private static final List<EngineCounter> ENGINE = List.of(
        EngineCounter.BROADCASTS_BACK_PRESSURED, EngineCounter.BROADCASTS_TOO_LONG, EngineCounter.QUERIES_REJECTED,
        EngineCounter.FRAMES_TOO_LONG, EngineCounter.MEMBERSHIP_REFUSED);
    private static final List<ProtocolCounter> PROTOCOL = List.of(
        ProtocolCounter.OUTSTANDING_OVERFLOWS, ProtocolCounter.CONGESTION_BUDGETS_SPENT,
        ProtocolCounter.MISSING_OVERFLOWS, ProtocolCounter.ANNOUNCER_OVERFLOWS, ProtocolCounter.TREE_EVICTIONS,
        ProtocolCounter.IDS_TOO_LONG, ProtocolCounter.GRAFTS_QUEUED, ProtocolCounter.EXCHANGES_NEEDED);
    private static final List<ExchangeCounter> EXCHANGES = List.of(
        ExchangeCounter.BUSY_SENT, ExchangeCounter.LIMITED);
    private static final List<QueryCounter> QUERIES = List.of(QueryCounter.NOT_ASKED, QueryCounter.DROPPED_ANSWERS);

    private final String node;
    private final String[] labels;
    private final AtomicCounter[] bounds;
    private final long[] seen;

    public Overflows(final NodeId self, final EngineCounters counters) {
        node = self.name();
        final List<String> names = new ArrayList<>();
        final List<AtomicCounter> found = new ArrayList<>();
        for (final EngineCounter counter : ENGINE) {
            names.add(counter.label());
            found.add(counters.get(counter));
        }
        for (final ProtocolCounter counter : PROTOCOL) {
            names.add(counter.label());
            found.add(counters.get(counter));
        }
        for (final ExchangeCounter counter : EXCHANGES) {
            names.add(counter.label());
            found.add(counters.get(counter));
        }
        for (final QueryCounter counter : QUERIES) {
            names.add(counter.label());
            found.add(counters.get(counter));
        }
        labels = names.toArray(String[]::new);
        bounds = found.toArray(AtomicCounter[]::new);
        seen = new long[bounds.length];
    }

    public void check() {
        for (int i = 0; i < bounds.length; i++) {
            final long value = bounds[i].get();
            if (value != seen[i]) {
                OverflowEvent.emit(node, labels[i], value - seen[i], value);
                seen[i] = value;
            }
        }
    }
}
