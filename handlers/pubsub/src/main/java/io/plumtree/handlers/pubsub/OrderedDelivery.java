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
 *
 * <p>A message that came far ahead of all else of its run moves nothing: it is delivered by itself when the time of a
 * gap is over. A gap that messages fill from below is waited for anew with each of them. And where the order has gone
 * on beyond what keeps coming, with nothing above it for {@link OriginStream#HEAL_NS}, it goes back to that.
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
    /** Streams with claims that are not delivered yet. */
    private final List<OriginStream> claimants = new ArrayList<>();
    private int claimantCursor;
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
        final int payloadLength,
        final boolean isLive) {
        if (!subscriptions.hasOrdered()) {
            discard(stream);
            stream.expected = Math.max(stream.expected, sequence + 1);
        } else if (sequence < stream.expected && !(isLive && goesBack(stream, sequence))) {
            counters.late.incrementRelease();
        } else if (sequence == stream.expected) {
            deliver(stream, sequence, buffer, payloadOffset, payloadLength);
            deliverHeld(stream);
            if (isLive && stream.heldCount > 0 && stream.expected == sequence + 1) {
                // What comes before the gap is on its way still, it seems.
                stream.isGapTimed = false;
            }
        } else {
            hold(stream, sequence);
            arriving = stream;
            arrivingSequence = sequence;
            arrivingBuffer = buffer;
            arrivingOffset = payloadOffset;
            arrivingLength = payloadLength;
        }
    }

    /** Whether the order had left behind what is coming still; then it goes on from there. */
    private boolean goesBack(final OriginStream stream, final long sequence) {
        if (stream.islandFrom > 0 || !stream.staysBehind(workedNs)) {
            return false;
        }
        goBack(stream, sequence);
        return true;
    }

    private void goBack(final OriginStream stream, final long sequence) {
        counters.ordersReset.incrementRelease();
        stream.behindCount = 0;
        stream.expected = sequence;
        stream.isGapTimed = false;
    }

    /** A message that came far ahead of all else; it is retained, or can't be. */
    void onClaim(
        final OriginStream stream,
        final long sequence,
        final DirectBuffer buffer,
        final int payloadOffset,
        final int payloadLength,
        final boolean isRetained) {
        final SequenceClaims claims = stream.claims;
        if (claims.isFull()) {
            deliverClaim(stream, 0);
            claims.removeAt(0);
        }
        final boolean isWaiting = isRetained && subscriptions.hasOrdered();
        claims.add(sequence, !isWaiting);
        if (!isWaiting) {
            subscriptions.deliver(
                DeliveryOrder.ORIGIN, stream.origin, stream.incarnation, sequence, buffer, payloadOffset,
                payloadLength);
        } else if (!stream.isClaimant) {
            stream.isClaimant = true;
            claimants.add(stream);
        }
    }

    /** Claims are none any more: they count like others, in order as far as they were not delivered. */
    void onClaimsBorneOut(final OriginStream stream, final long near) {
        final SequenceClaims claims = stream.claims;
        final boolean hasOrdered = subscriptions.hasOrdered();
        int index;
        while ((index = claims.lowestNear(near, OriginStream.NEAR)) >= 0) {
            final long sequence = claims.sequence(index);
            if (!hasOrdered) {
                stream.expected = Math.max(stream.expected, sequence + 1);
            } else if (claims.isDelivered(index)) {
                passBy(stream, sequence);
            } else if (sequence >= stream.expected) {
                hold(stream, sequence);
            } else {
                counters.late.incrementRelease();
            }
            claims.removeAt(index);
        }
        deliverHeld(stream);
    }

    /**
     * The stream has come to where claims are, or beyond: they are none any more.
     *
     * @param through up to where it has come.
     */
    void onClaimsReached(final OriginStream stream, final long through) {
        final SequenceClaims claims = stream.claims;
        int index;
        while ((index = claims.lowest()) >= 0 && claims.sequence(index) <= through) {
            final long sequence = claims.sequence(index);
            final boolean isDelivered = claims.isDelivered(index);
            if (isDelivered && sequence > stream.expected && stream.heldCount > 0) {
                // Its turn comes with what is held back.
                return;
            }
            claims.removeAt(index);
            if (retained.find(stream.origin, stream.incarnation, sequence) == RetainedMessages.NOT_FOUND) {
                // What comes now under this sequence is new.
                continue;
            }
            stream.seen.add(sequence);
            if (!isDelivered && subscriptions.hasOrdered() && sequence >= stream.expected) {
                hold(stream, sequence);
                deliverHeld(stream);
            } else if (sequence == stream.expected) {
                stream.expected++;
                deliverHeld(stream);
            }
        }
    }

    /** What was taken in from there on counts no more: it is delivered, and the order goes on below. */
    void onCut(final OriginStream stream, final long from, final long sequence) {
        while (stream.heldCount > 0 && stream.held.last() >= from) {
            final long held = stream.held.from(Math.max(stream.held.firstEndingAbove(from - 1), 0));
            deliverAlone(stream, Math.max(held, from));
            stream.held.remove(Math.max(held, from));
            stream.heldCount--;
            if (stream.heldCount == 0) {
                removeFromWaiting(stream);
            }
        }
        goBack(stream, Math.min(stream.expected, sequence));
    }

    /** Delivers in order what comes before a message that was delivered already, and tells what is missing there. */
    private void passBy(final OriginStream stream, final long sequence) {
        while (stream.heldCount > 0 && stream.held.first() < sequence) {
            giveUpGap(stream);
        }
        if (stream.expected < sequence) {
            counters.gaps.incrementRelease();
            subscriptions.gap(stream.origin, stream.incarnation, stream.expected, sequence - 1);
        }
        stream.expected = Math.max(stream.expected, sequence + 1);
    }

    private void deliverClaim(final OriginStream stream, final int index) {
        if (!stream.claims.isDelivered(index)) {
            stream.claims.delivered(index);
            deliverAlone(stream, stream.claims.sequence(index));
        }
    }

    /** Delivers what is retained, and leaves the order as it is. */
    private void deliverAlone(final OriginStream stream, final long sequence) {
        final int slot = retained.find(stream.origin, stream.incarnation, sequence);
        subscriptions.deliver(
            DeliveryOrder.ORIGIN, stream.origin, stream.incarnation, sequence, retained.buffer(),
            retained.offset(slot), retained.length(slot));
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
        if (stream.hasClaims()) {
            final int index = stream.claims.indexOf(sequence);
            if (index >= 0) {
                deliverClaim(stream, index);
            }
        }
    }

    /** A stream is about to be forgotten. */
    void onDrop(final OriginStream stream) {
        if (stream.isClaimant) {
            for (int i = 0; i < stream.claims.count(); i++) {
                deliverClaim(stream, i);
            }
            claimants.remove(stream);
            stream.isClaimant = false;
        }
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

    /** Whether something is retained that is to be delivered before it goes. */
    boolean isHolding() {
        return !waiting.isEmpty() || !claimants.isEmpty();
    }

    int doWork(final long nowNs) {
        watchForStall(nowNs);
        int workCount = deliverClaims(nowNs);
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

    private int deliverClaims(final long nowNs) {
        int workCount = 0;
        for (int i = Math.min(claimants.size(), STREAMS_PER_CALL); i > 0; i--) {
            claimantCursor = claimantCursor < claimants.size() ? claimantCursor : 0;
            final OriginStream stream = claimants.get(claimantCursor);
            final SequenceClaims claims = stream.claims;
            for (int j = 0; j < claims.count(); j++) {
                if (!claims.isDelivered(j) && isClaimDue(stream, claims.sequence(j), nowNs)) {
                    deliverClaim(stream, j);
                    workCount++;
                }
            }
            stream.isClaimant = claims.hasUndelivered();
            if (stream.isClaimant) {
                claimantCursor++;
            } else {
                claimants.remove(claimantCursor);
            }
        }
        return workCount;
    }

    private boolean isClaimDue(final OriginStream stream, final long sequence, final long nowNs) {
        return nowNs - retained.addedNs(retained.find(stream.origin, stream.incarnation, sequence)) >= timeoutNs;
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
