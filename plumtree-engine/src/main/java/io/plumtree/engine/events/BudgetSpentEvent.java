package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** A peer stayed back-pressured beyond its budget, and is served lazily from then on. */
@Name("io.plumtree.BudgetSpent")
@Label("Back-Pressure Budget Spent")
@Description("A peer stayed back-pressured beyond its budget, and is served lazily from then on")
public final class BudgetSpentEvent extends PeerEvent {
    private static final BudgetSpentEvent PROBE = new BudgetSpentEvent();

    @Label("Blocked Time")
    @Description("How long the peer had been back-pressured")
    @Timespan(Timespan.NANOSECONDS)
    private long blockedTime;

    private BudgetSpentEvent() {
    }

    /**
     * Records an event, if it is recorded.
     *
     * @param node        the node.
     * @param peer        the peer.
     * @param blockedTime how long the peer had been back-pressured.
     */
    public static void emit(
        final String node,
        final String peer,
        final long blockedTime) {
        if (!PROBE.isEnabled()) {
            return;
        }
        final BudgetSpentEvent event = new BudgetSpentEvent();
        event.node = node;
        event.peer = peer;
        event.blockedTime = blockedTime;
        event.commit();
    }
}
