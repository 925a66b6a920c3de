package io.plumtree.engine.view;

import io.plumtree.handlers.spi.HandlerContext;
import org.agrona.concurrent.status.AtomicCounter;

/** What happened, and how often; malformed messages are the engine's to count. Written on its thread. */
final class FullViewCounters {
    final AtomicCounter members;
    final AtomicCounter tombstones;
    final AtomicCounter announced;
    final AtomicCounter backPressured;
    final AtomicCounter received;
    final AtomicCounter stale;
    final AtomicCounter refused;
    final AtomicCounter left;
    final AtomicCounter expired;
    final AtomicCounter tombstonesDropped;
    final AtomicCounter refutations;
    final AtomicCounter conflicts;
    final AtomicCounter listenerErrors;
    final AtomicCounter exchangesStarted;
    final AtomicCounter exchangesEqual;
    final AtomicCounter exchangesCompleted;
    final AtomicCounter exchangeEntriesSent;
    final AtomicCounter exchangeEntriesReceived;
    final AtomicCounter exchangeEntriesNew;

    FullViewCounters(final HandlerContext context) {
        members = context.counter("members");
        tombstones = context.counter("tombstones");
        announced = context.counter("announced");
        backPressured = context.counter("back-pressured");
        received = context.counter("received");
        stale = context.counter("stale");
        refused = context.counter("refused");
        left = context.counter("left");
        expired = context.counter("expired");
        tombstonesDropped = context.counter("tombstones-dropped");
        refutations = context.counter("refutations");
        conflicts = context.counter("conflicts");
        listenerErrors = context.counter("listener-errors");
        exchangesStarted = context.counter("exchanges-started");
        exchangesEqual = context.counter("exchanges-equal");
        exchangesCompleted = context.counter("exchanges-completed");
        exchangeEntriesSent = context.counter("exchange-entries-sent");
        exchangeEntriesReceived = context.counter("exchange-entries-received");
        exchangeEntriesNew = context.counter("exchange-entries-new");
    }
}
