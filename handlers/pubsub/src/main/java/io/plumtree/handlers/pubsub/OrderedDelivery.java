package io.plumtree.handlers.pubsub;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Delivers to ordered subscriptions. What is ahead is held back: its sequence is noted, its payload stays in
 * {@link RetainedMessages}. A gap is given up when its time is over, when too many are held back behind it, or when
 * one of those can be retained no longer. Its time is {@code holdback.timeout}, and {@code holdback.exchange} while an
 * exchange may fill it. Both begin anew when this node has stood still: what it missed meanwhile is only now on its
 * way.
 *
 * <p>While nobody subscribes in order nothing is held back; a stream then merely notes how far it has come.
 */
final class OrderedDelivery {
    private static final int STREAMS_PER_CALL = 64;
    /** A node has stood still if housekeeping comes so many times later than usual, and half of a gap's time. */
    private static final int STALL_FACTOR = 4;

    private final RetainedMessages retained;
    private final Subscriptions subscriptions;
    private final PubSubCounters counters;
    private final int maxHeld;
    private final long timeoutNs;
    private final long exchangeTimeoutNs;
    private final GapFiller gapFiller;
    /** Streams that hold something back. */
    private final List<OriginStream> waiting = new ArrayList<>();
    private int cursor;
    /** The last housekeeping, and how long it usually is from one to the next; 0 before the first. */
    private long workedNs;
    private long usualPeriodNs;
    /** When this node last went on after it had stood still, or was started. */
    private long resumedNs;

    /** The message between {@link #onMessage} and {@link #onRetained}, if it was held back: not retained yet. */
    private OriginStream arriving;
    private long arrivingSequence;
    private DirectBuffer arrivingBuffer;
    private int arrivingOffset;
    private int arrivingLength;

    OrderedDelivery(
        final PubSubOptions options,
        final RetainedMessages retained,
        final Subscriptions subscriptions,
        final GapFiller gapFiller,
        final PubSubCounters counters,
        final long nowNs) {
        this.retained = retained;
        this.subscriptions = subscriptions;
        this.counters = counters;
        this.maxHeld = options.holdbackMessages();
        this.timeoutNs = options.holdbackTimeoutNs();
        this.exchangeTimeoutNs = options.holdbackExchangeNs();
        this.gapFiller = gapFiller;
        this.workedNs = nowNs;
        this.resumedNs = nowNs;
    }

    /** A message that was not seen before; {@link #onRetained} follows. */
    void onMessage(
        final OriginStream stream,
        final long sequence,
        final DirectBuffer buffer,
        final int payloadOffset,
        final int payloadLength) {
        if (!subscriptions.hasOrdered()) {
            discard(stream);
            stream.expected = Math.max(stream.expected, sequence + 1);
        } else if (sequence < stream.expected) {
            counters.late.incrementRelease();
        } else if (sequence == stream.expected) {
            deliver(stream, sequence, buffer, payloadOffset, payloadLength);
            deliverHeld(stream);
        } else {
            hold(stream, sequence);
            arriving = stream;
            arrivingSequence = sequence;
            arrivingBuffer = buffer;
            arrivingOffset = payloadOffset;
            arrivingLength = payloadLength;
        }
    }

    /** That message is retained now, or can't be. */
    void onRetained(final boolean isRetained) {
        final OriginStream stream = arriving;
        if (stream == null) {
            return;
        }
        if (!isRetained) {
            releaseThrough(stream, arrivingSequence);
        } else if (stream.heldCount > maxHeld) {
            giveUpGap(stream);
        }
        arriving = null;
        arrivingBuffer = null;
    }

    /** A retained message is about to go: a last chance to deliver it. */
    void onEvict(final OriginStream stream, final long sequence) {
        if (stream.heldCount > 0 && stream.held.contains(sequence)) {
            releaseThrough(stream, sequence);
        }
    }

    /** A stream is about to be forgotten. */
    void onDrop(final OriginStream stream) {
        if (stream.heldCount > 0) {
            releaseThrough(stream, stream.held.last());
        }
    }

    /**
     * Whether what is missing up to a sequence may come yet: what is behind it has not come either, or waits for it.
     * Where nobody subscribes in order it is for as long as it would be waited for; not what was before all that came,
     * as a node that joins late has its first exchange at once.
     */
    boolean isExpected(final OriginStream stream, final long to, final long nowNs) {
        final int behind = stream.seen.firstEndingAbove(to);
        if (behind == stream.seen.size()) {
            return true;
        }
        if (subscriptions.hasOrdered()) {
            return stream.heldCount > 0 && to >= stream.expected;
        }
        final long next = Math.max(stream.seen.from(behind), to + 1);
        final int slot = retained.find(stream.origin, stream.incarnation, next);
        return slot != RetainedMessages.NOT_FOUND
            && nowNs - retained.addedNs(slot) < (behind == 0 ? timeoutNs : exchangeTimeoutNs);
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    int doWork(final long nowNs) {
        watchForStall(nowNs);
        int workCount = 0;
        final int limit = Math.min(waiting.size(), STREAMS_PER_CALL);
        for (int i = 0; i < limit && !waiting.isEmpty(); i++) {
            cursor = cursor < waiting.size() ? cursor : 0;
            final OriginStream stream = waiting.get(cursor);
            workCount += expireGaps(stream, nowNs);
            // Otherwise another one has taken its place.
            cursor += stream.waitingIndex == cursor ? 1 : 0;
        }
        return workCount;
    }

    private void watchForStall(final long nowNs) {
        final long periodNs = nowNs - workedNs;
        workedNs = nowNs;
        final long longestNs = STALL_FACTOR * usualPeriodNs;
        if (usualPeriodNs > 0 && periodNs > longestNs && periodNs >= timeoutNs / 2) {
            resumedNs = nowNs;
        }
        // Follows another period within a few, so that a longer one is not taken for stalls for ever, and not at once,
        // so that two calls in a row are not taken for the usual.
        if (periodNs > 0) {
            usualPeriodNs = usualPeriodNs == 0 ? periodNs :
                Math.min(Math.max(periodNs, usualPeriodNs / STALL_FACTOR), longestNs);
        }
    }

    private int expireGaps(final OriginStream stream, final long nowNs) {
        if (!subscriptions.hasOrdered()) {
            discard(stream);
            return 1;
        }
        if (!stream.isGapTimed) {
            stream.gapSinceNs = nowNs;
            stream.isGapTimed = true;
        }
        int givenUp = 0;
        while (stream.heldCount > 0 && isOver(stream, nowNs)) {
            giveUpGap(stream);
            givenUp++;
        }
        return givenUp;
    }

    private boolean isOver(final OriginStream stream, final long nowNs) {
        final long sinceNs = resumedNs - stream.gapSinceNs > 0 ? resumedNs : stream.gapSinceNs;
        final long waitedNs = nowNs - sinceNs;
        return waitedNs >= exchangeTimeoutNs || waitedNs >= timeoutNs && !mayBeFilled(stream, sinceNs + timeoutNs);
    }

    private boolean mayBeFilled(final OriginStream stream, final long sinceNs) {
        final long behind = stream.held.first();
        final int slot = retained.find(stream.origin, stream.incarnation, behind);
        return gapFiller.mayFill(
            stream.origin, stream.incarnation, stream.expected, behind - 1, retained.bornNs(slot), sinceNs);
    }

    private void hold(final OriginStream stream, final long sequence) {
        stream.held.add(sequence);
        counters.heldBack.incrementRelease();
        if (stream.heldCount++ == 0) {
            // The next housekeeping starts the time: merging has no clock.
            stream.isGapTimed = false;
            stream.waitingIndex = waiting.size();
            waiting.add(stream);
        }
    }

    /** Gives up gaps until a message that is held back has been delivered. */
    private void releaseThrough(final OriginStream stream, final long sequence) {
        while (stream.expected <= sequence) {
            giveUpGap(stream);
        }
    }

    private void giveUpGap(final OriginStream stream) {
        counters.gaps.incrementRelease();
        final long next = stream.held.first();
        subscriptions.gap(stream.origin, stream.incarnation, stream.expected, next - 1);
        stream.expected = next;
        deliverHeld(stream);
    }

    private void deliverHeld(final OriginStream stream) {
        if (stream.heldCount == 0) {
            return;
        }
        while (stream.heldCount > 0 && stream.held.first() == stream.expected) {
            final long sequence = stream.expected;
            stream.held.removeFirst();
            stream.heldCount--;
            if (isArriving(stream, sequence)) {
                deliver(stream, sequence, arrivingBuffer, arrivingOffset, arrivingLength);
            } else {
                final int slot = retained.find(stream.origin, stream.incarnation, sequence);
                deliver(stream, sequence, retained.buffer(), retained.offset(slot), retained.length(slot));
            }
        }
        if (stream.heldCount == 0) {
            removeFromWaiting(stream);
        } else {
            timeNextGap(stream);
        }
    }

    /** The next gap is waited for since the message behind it arrived, so that timeouts don't add up. */
    private void timeNextGap(final OriginStream stream) {
        final long first = stream.held.first();
        stream.isGapTimed = !isArriving(stream, first);
        if (stream.isGapTimed) {
            stream.gapSinceNs = retained.addedNs(retained.find(stream.origin, stream.incarnation, first));
        }
    }

    private void deliver(
        final OriginStream stream,
        final long sequence,
        final DirectBuffer buffer,
        final int payloadOffset,
        final int payloadLength) {
        stream.expected = sequence + 1;
        subscriptions.deliver(
            DeliveryOrder.ORIGIN, stream.origin, stream.incarnation, sequence, buffer, payloadOffset, payloadLength);
    }

    private boolean isArriving(final OriginStream stream, final long sequence) {
        return stream == arriving && sequence == arrivingSequence;
    }

    /** Nobody waits for what is held back. */
    private void discard(final OriginStream stream) {
        if (stream.heldCount > 0) {
            stream.expected = stream.held.last() + 1;
            stream.held.clear();
            stream.heldCount = 0;
            removeFromWaiting(stream);
        }
    }

    private void removeFromWaiting(final OriginStream stream) {
        final OriginStream last = waiting.remove(waiting.size() - 1);
        if (last != stream) {
            waiting.set(stream.waitingIndex, last);
            last.waitingIndex = stream.waitingIndex;
        }
        stream.waitingIndex = OriginStream.NOT_WAITING;
    }
}
