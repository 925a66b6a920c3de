package io.plumtree.engine.ring;

import io.plumtree.api.Durations;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;

/**
 * Looks after claims that stay open, since the engine can't pass them. One whose thread has died is given up; one
 * whose thread lives is waited for, since the thread may still write there, and reported once.
 */
public final class ClaimWatch {
    private final CommandRing ring;
    private final EngineCounters counters;
    private final ErrorSource errors;
    private final long timeoutNs;
    private boolean isReported;
    private long position = -1;
    private long sinceNs;

    public ClaimWatch(
        final CommandRing ring, final long timeoutNs, final EngineCounters counters, final ErrorReporter reporter) {
        this.ring = ring;
        this.timeoutNs = timeoutNs;
        this.counters = counters;
        this.errors = reporter.source(null);
    }

    public int check(final long nowNs) {
        final long consumed = ring.consumedPosition();
        if (consumed != position || !ring.isAtOpenClaim()) {
            position = consumed;
            sinceNs = nowNs;
            isReported = false;
            return 0;
        }
        if (nowNs - sinceNs < timeoutNs) {
            return 0;
        }
        final Thread owner = ring.ownerOfOpenClaim();
        if (owner == null) {
            if (ring.unblock()) {
                counters.increment(EngineCounter.CLAIMS_ABANDONED);
                errors.onError(new PlumtreeException(Category.HANDLER,
                    "a claim at position " + position + " was open when its thread ended: given up"));
                return 1;
            }
        } else if (!isReported) {
            isReported = true;
            counters.increment(EngineCounter.CLAIMS_OVERDUE);
            errors.onError(new PlumtreeException(Category.HANDLER, "a claim at position " + position +
                " has been open for more than " + Durations.exact(timeoutNs) + ", by thread '" + owner.getName() +
                "': no broadcast can pass it"));
        }
        return 0;
    }
}
