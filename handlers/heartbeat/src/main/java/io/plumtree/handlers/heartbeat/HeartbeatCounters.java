package io.plumtree.handlers.heartbeat;

import io.plumtree.handlers.spi.HandlerContext;
import org.agrona.concurrent.status.AtomicCounter;

/** What happened, and how often; malformed heartbeats are the engine's to count. Incremented on its thread. */
final class HeartbeatCounters {
    final AtomicCounter sent;
    final AtomicCounter backPressured;
    final AtomicCounter received;
    final AtomicCounter duplicates;
    final AtomicCounter superseded;
    final AtomicCounter nodesEvicted;
    final AtomicCounter nodesRefused;
    final AtomicCounter sequencesCoalesced;
    final AtomicCounter listenerErrors;

    HeartbeatCounters(final HandlerContext context) {
        sent = context.counter("sent");
        backPressured = context.counter("back-pressured");
        received = context.counter("received");
        duplicates = context.counter("duplicates");
        superseded = context.counter("superseded");
        nodesEvicted = context.counter("nodes-evicted");
        nodesRefused = context.counter("nodes-refused");
        sequencesCoalesced = context.counter("sequences-coalesced");
        listenerErrors = context.counter("listener-errors");
    }
}
