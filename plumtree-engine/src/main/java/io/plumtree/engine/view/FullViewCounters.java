package io.plumtree.engine.view;

import io.plumtree.handlers.spi.HandlerContext;
import org.agrona.concurrent.status.AtomicCounter;

/** What happened, and how often; malformed messages are the engine's to count. Written on its thread. */
final class FullViewCounters {
    final AtomicCounter members;
    final AtomicCounter tombstones;
    final AtomicCounter rumors;
    final AtomicCounter announced;
    final AtomicCounter backPressured;
    final AtomicCounter received;
    final AtomicCounter stale;
    final AtomicCounter refused;
    final AtomicCounter rumored;
    final AtomicCounter rumorsSettled;
    final AtomicCounter rumorsForgotten;
    final AtomicCounter runsRefused;
    final AtomicCounter runsReverted;
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
    final AtomicCounter exchangeEntriesRefused;
    final AtomicCounter exchangeEntriesMalformed;

    FullViewCounters(final HandlerContext context) {
        members = context.counter("members");
        tombstones = context.counter("tombstones");
        rumors = context.counter("rumors");
        announced = context.counter("announced");
        backPressured = context.counter("back-pressured");
        received = context.counter("received");
        stale = context.counter("stale");
        refused = context.counter("refused");
        rumored = context.counter("rumored");
        rumorsSettled = context.counter("rumors-settled");
        rumorsForgotten = context.counter("rumors-forgotten");
        runsRefused = context.counter("runs-refused");
        runsReverted = context.counter("runs-reverted");
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
        exchangeEntriesRefused = context.counter("exchange-entries-refused");
        exchangeEntriesMalformed = context.counter("exchange-entries-malformed");
    }
}
