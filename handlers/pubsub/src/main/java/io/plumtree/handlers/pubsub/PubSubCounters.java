package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.HandlerContext;
import org.agrona.concurrent.status.AtomicCounter;

/** What happened, and how often; malformed messages are the engine's to count. Incremented on its thread. */
final class PubSubCounters {
    final AtomicCounter published;
    final AtomicCounter received;
    final AtomicCounter delivered;
    final AtomicCounter duplicates;
    final AtomicCounter superseded;
    final AtomicCounter relabelled;
    final AtomicCounter leftBehind;
    final AtomicCounter listenerErrors;
    final AtomicCounter evictedByCount;
    final AtomicCounter evictedByBytes;
    final AtomicCounter evictedByAge;
    final AtomicCounter notRetained;
    final AtomicCounter heldBack;
    final AtomicCounter gaps;
    final AtomicCounter late;
    final AtomicCounter sequencesClaimed;
    final AtomicCounter sequencesCut;
    final AtomicCounter ordersReset;
    final AtomicCounter originsEvicted;
    final AtomicCounter incarnationsDropped;
    final AtomicCounter sequencesCoalesced;
    final AtomicCounter publishersReplaced;
    final AtomicCounter exchangesStarted;
    final AtomicCounter exchangesCompleted;
    final AtomicCounter exchangesUnfinished;
    final AtomicCounter exchangeMessagesSent;
    final AtomicCounter exchangeMessagesReceived;
    final AtomicCounter exchangeBytesSent;
    final AtomicCounter exchangeBytesReceived;
    final AtomicCounter exchangeDuplicates;
    final AtomicCounter exchangeDigestsCut;
    final AtomicCounter exchangeTooLong;
    final AtomicCounter exchangeMalformed;
    final AtomicCounter exchangedRelayed;

    PubSubCounters(final HandlerContext context) {
        published = context.counter("published");
        received = context.counter("received");
        delivered = context.counter("delivered");
        duplicates = context.counter("duplicates");
        superseded = context.counter("superseded");
        relabelled = context.counter("relabelled");
        leftBehind = context.counter("left-behind");
        listenerErrors = context.counter("listener-errors");
        evictedByCount = context.counter("evicted-by-count");
        evictedByBytes = context.counter("evicted-by-bytes");
        evictedByAge = context.counter("evicted-by-age");
        notRetained = context.counter("not-retained");
        heldBack = context.counter("held-back");
        gaps = context.counter("gaps");
        late = context.counter("late");
        sequencesClaimed = context.counter("sequences-claimed");
        sequencesCut = context.counter("sequences-cut");
        ordersReset = context.counter("orders-reset");
        originsEvicted = context.counter("origins-evicted");
        incarnationsDropped = context.counter("incarnations-dropped");
        sequencesCoalesced = context.counter("sequences-coalesced");
        publishersReplaced = context.counter("publishers-replaced");
        exchangesStarted = context.counter("exchange-sessions");
        exchangesCompleted = context.counter("exchange-completed");
        exchangesUnfinished = context.counter("exchange-unfinished");
        exchangeMessagesSent = context.counter("exchange-messages-sent");
        exchangeMessagesReceived = context.counter("exchange-messages-received");
        exchangeBytesSent = context.counter("exchange-bytes-sent");
        exchangeBytesReceived = context.counter("exchange-bytes-received");
        exchangeDuplicates = context.counter("exchange-duplicates");
        exchangeDigestsCut = context.counter("exchange-digests-cut");
        exchangeTooLong = context.counter("exchange-too-long");
        exchangeMalformed = context.counter("exchange-malformed");
        exchangedRelayed = context.counter("exchanged-relayed");
    }
}
