package io.plumtree.protocol.membership;

import io.plumtree.protocol.options.HyParViewOptions;

/**
 * Exchanges some neighbours for nodes far away. When many join at once their walks end where they begin, and the
 * overlay is long, or even in parts whose nodes have neighbours enough and look for no others. Passive views are mixed
 * by then: so each node exchanges as many neighbours as it may have, one a shuffle, and then no more. Where the views
 * have room for the whole cluster there is nobody far away.
 */
final class Mixing {
    private final Views views;
    private final PendingRequests pending;
    private final int count;
    private int left;

    Mixing(final HyParViewOptions options, final Views views, final PendingRequests pending) {
        this.views = views;
        this.pending = pending;
        count = options.activeViewSize();
        left = count;
    }

    /** This node is without neighbours, and joins once more. */
    void restart() {
        left = count;
    }

    /** A shuffle has been answered. */
    void onShuffled(final long nowNs) {
        if (left > 0 && views.active.isFull() && views.passive.isFull() && !pending.has(RequestKind.MIX)) {
            left--;
            final NodeDescriptor candidate = views.passive.any();
            if (pending.to(candidate) == null) {
                pending.ask(RequestKind.MIX, candidate, true, nowNs);
            }
        }
    }
}
