package io.plumtree.handlers.pubsub;

import io.plumtree.api.MessageId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import io.plumtree.handlers.spi.Rebroadcast;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What this node has seen, and what of it it keeps; the same for messages from trees and from exchanges. For the
 * engine's thread alone.
 */
final class MessageStore {
    private static final int AGED_PER_CALL = 4096;

    private final PubSubCounters counters;
    private final Subscriptions subscriptions;
    private final OriginTable origins;
    private final RetainedMessages retained;
    private final OrderedDelivery ordered;
    private final long self;
    private final HandlerContext context;
    private final long firstIncarnation;
    /** What was published in earlier ones, from the first on, has been broadcast again. */
    private long staleBelowIncarnation;
    private long ownIncarnation;
    private long ownSequence;
    /** The time as of the last housekeeping: exact enough for the age of messages. */
    private long nowNs;

    MessageStore(
        final PubSubOptions options,
        final PubSubCounters counters,
        final Subscriptions subscriptions,
        final GapFiller gapFiller,
        final HandlerContext context,
        final long nowNs) {
        this.counters = counters;
        this.subscriptions = subscriptions;
        this.context = context;
        this.self = context.self().value();
        this.firstIncarnation = context.incarnation();
        this.ownIncarnation = firstIncarnation;
        this.nowNs = nowNs;
        origins = new OriginTable(options, context, counters, this::onDrop);
        retained = new RetainedMessages(options, counters, this::onEvict);
        ordered = new OrderedDelivery(options, retained, subscriptions, gapFiller, counters, nowNs);
    }

    /** Numbers a message of this node's own, keeps it, and delivers it here. */
    void onBroadcast(final MutableMessage message) {
        final DirectBuffer buffer = message.buffer();
        final int payloadOffset = message.payloadOffset();
        final int payloadLength = message.payloadLength();
        final long sequence = ++ownSequence;
        MessageLayout.encodeId(message.buffer(), message.idOffset(), self, ownIncarnation, sequence);
        counters.published.incrementRelease();
        retained.add(self, ownIncarnation, sequence, buffer, payloadOffset, payloadLength, nowNs, nowNs);
        subscriptions.deliver(
            DeliveryOrder.NONE, self, ownIncarnation, sequence, buffer, payloadOffset, payloadLength);
        subscriptions.deliver(
            DeliveryOrder.ORIGIN, self, ownIncarnation, sequence, buffer, payloadOffset, payloadLength);
    }

    boolean merge(final Message message) {
        checkId(message.id());
        check(MessageLayout.payloadProblem(message.buffer(), message.payloadOffset(), message.payloadLength()));
        return isFirstInTree(message.id()) || take(message, nowNs, true);
    }

    /**
     * Whether a message was brought by an exchange and now comes by its tree for the first time. It is delivered, but
     * those below this node in the tree wait for it: to the engine it is new.
     */
    private boolean isFirstInTree(final MessageId id) {
        if (!retained.hasExchanged()) {
            return false;
        }
        final int slot = find(id);
        if (slot == RetainedMessages.NOT_FOUND || !retained.takeExchanged(slot)) {
            return false;
        }
        counters.exchangedRelayed.incrementRelease();
        return true;
    }

    /** Takes in a message that came by exchange, with an id and a payload that were checked; as {@link #merge}. */
    boolean mergeExchanged(final Message message, final long bornNs) {
        final boolean isNew = take(message, bornNs, false);
        if (isNew && find(message.id()) != RetainedMessages.NOT_FOUND) {
            retained.lastIsExchanged();
        }
        return isNew;
    }

    boolean isStale(final MessageId id) {
        checkId(id);
        final long origin = MessageLayout.origin(id);
        final long incarnation = MessageLayout.incarnation(id);
        final OriginStream stream = origins.find(origin, incarnation);
        return isSeen(stream, origin, incarnation, MessageLayout.sequence(id))
            || stream == null && origins.isSuperseded(origin, incarnation, nowNs);
    }

    GraftResult graft(final MessageId id, final GraftPayload payload) {
        checkId(id);
        final int slot = find(id);
        if (slot == RetainedMessages.NOT_FOUND) {
            final long incarnation = MessageLayout.incarnation(id);
            // What was announced of an incarnation that nobody has seen was broadcast again under the present one.
            return MessageLayout.origin(id) == self && incarnation >= firstIncarnation
                && incarnation < staleBelowIncarnation ? GraftResult.STALE : GraftResult.UNKNOWN;
        }
        payload.wrap(retained.buffer(), retained.offset(slot), retained.length(slot));
        return GraftResult.PAYLOAD;
    }

    /** The latest established incarnation; of this node itself, too, as others may know it. */
    long latestIncarnation(final long node) {
        return origins.latest(node);
    }

    /** This node goes on in another incarnation. */
    void onIncarnation(final long incarnation, final boolean isHeard, final Rebroadcast rebroadcast) {
        final long former = ownIncarnation;
        ownIncarnation = incarnation;
        if (isHeard) {
            leaveBehind(former);
        } else {
            relabel(former, rebroadcast);
        }
    }

    /** Nobody has seen what was published: all that is retained of it gets the new incarnation. */
    private void relabel(final long former, final Rebroadcast rebroadcast) {
        staleBelowIncarnation = ownIncarnation;
        final MutableDirectBuffer id = new UnsafeBuffer(new byte[MessageLayout.ID_LENGTH]);
        final Message message = new Message();
        final long end = retained.head() + retained.count();
        for (long place = retained.head(); place < end; place++) {
            final int slot = retained.slot(place);
            if (retained.origin(slot) == self && retained.incarnation(slot) == former) {
                retained.relabel(slot, ownIncarnation);
                MessageLayout.encodeId(id, 0, self, ownIncarnation, retained.sequence(slot));
                counters.relabelled.incrementRelease();
                message.id().wrap(id, 0, MessageLayout.ID_LENGTH);
                message.payload(retained.buffer(), retained.offset(slot), retained.length(slot));
                rebroadcast.broadcast(message);
            }
        }
    }

    /** What was published stays what it was, another run's: known as seen, kept and handed out as before. */
    private void leaveBehind(final long former) {
        if (ownSequence == 0) {
            return;
        }
        if (!origins.isSuperseded(self, former, nowNs)) {
            final OriginStream stream = origins.addOwn(self, former, nowNs);
            stream.seen.clear();
            stream.seen.append(1, ownSequence);
            stream.expected = ownSequence + 1;
        }
        int count = 0;
        final long end = retained.head() + retained.count();
        for (long place = retained.head(); place < end; place++) {
            final int slot = retained.slot(place);
            count += retained.origin(slot) == self && retained.incarnation(slot) == former ? 1 : 0;
        }
        counters.leftBehind.getAndAddRelease(count);
        context.onError(new PlumtreeException(Category.HANDLER, "nodes that know later runs of this node may have "
            + "refused " + ownSequence + " messages, published before it was told so, " + count
            + " of them retained: incarnation " + former + ", now " + ownIncarnation));
        ownSequence = 0;
    }

    int doWork(final long timeNs) {
        nowNs = timeNs;
        return ordered.doWork(timeNs) + retained.evictAged(timeNs, AGED_PER_CALL);
    }

    /** Whether something is held back behind a gap. */
    boolean hasGaps() {
        return ordered.isWaiting();
    }

    /** The time as of the last housekeeping. */
    long nowNs() {
        return nowNs;
    }

    RetainedMessages retained() {
        return retained;
    }

    /** The streams of which something was seen, this node's own among them. */
    OriginStream[] streams() {
        final OriginStream own = new OriginStream(null, 1, 1);
        own.reset(self, ownIncarnation);
        if (ownSequence > 0) {
            own.seen.append(1, ownSequence);
        }
        return origins.streams(own);
    }

    /** Whether some of these were not seen, and may come yet. */
    boolean isExpected(final long origin, final long incarnation, final long from, final long to) {
        if (isOwn(origin, incarnation) || origins.isSuperseded(origin, incarnation, nowNs)) {
            return false;
        }
        final OriginStream stream = origins.find(origin, incarnation);
        if (stream == null) {
            return origins.latestHeard(origin, nowNs) < incarnation;
        }
        return !stream.seen.containsAll(from, to) && ordered.isExpected(stream, to, nowNs);
    }

    /** Whether it is known here which messages of a stream were seen. */
    boolean isKnown(final long origin, final long incarnation) {
        return isOwn(origin, incarnation) || origins.find(origin, incarnation) != null;
    }

    /** Whether a run is one of the two of an origin by which older ones are superseded. */
    boolean isEstablished(final long origin, final long incarnation) {
        return isOwn(origin, incarnation) || origins.isEstablished(origin, incarnation);
    }

    /** The highest sequence that a stream can have: of this node's own that which was given out last. */
    long maxSequence(final long origin, final long incarnation) {
        return isOwn(origin, incarnation) ? ownSequence : MessageLayout.MAX_SEQUENCE;
    }

    /** Refuses what is no id, and what would be one of this node's own that was never given out. */
    private void checkId(final MessageId id) {
        check(idProblem(id));
    }

    /** What is wrong with an id, be it that this node never gave it out; null if nothing is. */
    String idProblem(final MessageId id) {
        final String problem = MessageLayout.idProblem(id);
        if (problem == null && isOwn(MessageLayout.origin(id), MessageLayout.incarnation(id))
            && MessageLayout.sequence(id) > ownSequence) {
            return "pubsub id names message " + MessageLayout.sequence(id)
                + " of this node, which has published " + ownSequence;
        }
        return problem;
    }

    private int find(final MessageId id) {
        return retained.find(MessageLayout.origin(id), MessageLayout.incarnation(id), MessageLayout.sequence(id));
    }

    private boolean take(final Message message, final long bornNs, final boolean isLive) {
        final long origin = MessageLayout.origin(message.id());
        final long incarnation = MessageLayout.incarnation(message.id());
        final long sequence = MessageLayout.sequence(message.id());
        final DirectBuffer buffer = message.buffer();
        final int payloadOffset = message.payloadOffset();
        final int payloadLength = message.payloadLength();
        final OriginStream known = origins.find(origin, incarnation);
        if (isSeen(known, origin, incarnation, sequence)) {
            counters.duplicates.incrementRelease();
            return false;
        }
        if (known == null && origins.isSuperseded(origin, incarnation, nowNs)) {
            counters.superseded.incrementRelease();
            return false;
        }
        counters.received.incrementRelease();
        final OriginStream stream = known == null ? origins.add(origin, incarnation) : known;
        origins.onMessage(stream, nowNs);
        final long knownBornNs = bornBefore(stream, sequence, bornNs);
        final boolean isPlain = sequence <= stream.plainTo;
        final boolean isTaken = isPlain || isTaken(stream, sequence, isLive);
        if (isTaken) {
            remember(stream.seen, sequence);
        }
        subscriptions.deliver(
            DeliveryOrder.NONE, origin, incarnation, sequence, buffer, payloadOffset, payloadLength);
        if (isTaken) {
            ordered.onMessage(stream, sequence, buffer, payloadOffset, payloadLength, isLive);
        }
        final boolean isRetained =
            retained.add(origin, incarnation, sequence, buffer, payloadOffset, payloadLength, knownBornNs, nowNs);
        if (isTaken) {
            ordered.onRetained(isRetained);
        } else {
            ordered.onClaim(stream, sequence, buffer, payloadOffset, payloadLength, isRetained);
        }
        if (!isPlain) {
            if (stream.hasClaims()) {
                ordered.onClaimsReached(stream, Math.min(sequence, stream.top()) + 1);
            }
            stream.plan();
        }
        return true;
    }

    /** Whether a message counts as one of its stream, rather than as a claim. */
    private boolean isTaken(final OriginStream stream, final long sequence, final boolean isLive) {
        if (stream.isFar(sequence)) {
            if (stream.claims == null) {
                stream.claims = new SequenceClaims();
            }
            if (stream.claims.countNear(sequence, OriginStream.NEAR) + 1 < OriginStream.ENOUGH) {
                counters.sequencesClaimed.incrementRelease();
                return false;
            }
            takeClaims(stream, sequence);
            return true;
        }
        if (stream.hasClaims() && stream.claims.indexOf(sequence) >= 0) {
            // What came first under this sequence is retained no longer.
            stream.claims.removeAt(stream.claims.indexOf(sequence));
        }
        if (stream.islandFrom > 0) {
            lookBehind(stream, sequence, isLive);
        }
        return true;
    }

    private void takeClaims(final OriginStream stream, final long sequence) {
        final SequenceClaims claims = stream.claims;
        stream.islandFrom = Math.min(
            sequence, claims.sequence(claims.lowestNear(sequence, OriginStream.NEAR)));
        stream.islandNs = nowNs;
        stream.behindCount = 0;
        for (int i = 0; i < claims.count(); i++) {
            if (Math.abs(claims.sequence(i) - sequence) <= OriginStream.NEAR) {
                remember(stream.seen, claims.sequence(i));
            }
        }
        ordered.onClaimsBorneOut(stream, sequence);
    }

    /** What was taken in far above the rest stays, or not: if what comes, comes below it, for long enough. */
    private void lookBehind(final OriginStream stream, final long sequence, final boolean isLive) {
        if (sequence >= stream.islandFrom) {
            if (nowNs - stream.islandNs >= OriginStream.HEAL_NS) {
                stream.islandFrom = 0;
            }
        } else if (isLive && stream.staysBehind(nowNs)) {
            counters.sequencesCut.incrementRelease();
            final long from = stream.islandFrom;
            stream.islandFrom = 0;
            ordered.onCut(stream, from, sequence);
            stream.seen.removeFrom(from);
        }
    }

    /** A message that comes late is no younger than the next one that was here before it. */
    private long bornBefore(final OriginStream stream, final long sequence, final long bornNs) {
        final IntervalSet seen = stream.seen;
        if (seen.isEmpty() || sequence > seen.last()) {
            return bornNs;
        }
        final long next = seen.from(seen.firstEndingAbove(sequence));
        final int slot = retained.find(stream.origin, stream.incarnation, next);
        return slot == RetainedMessages.NOT_FOUND || retained.bornNs(slot) - bornNs > 0 ?
            bornNs : retained.bornNs(slot);
    }

    private void check(final String problem) {
        if (problem != null) {
            throw new MalformedMessageException(problem);
        }
    }

    private boolean isSeen(
        final OriginStream stream, final long origin, final long incarnation, final long sequence) {
        return isOwn(origin, incarnation)
            || stream != null && stream.isSeen(sequence)
            // What is retained was seen, even where its origin has been forgotten since.
            || retained.find(origin, incarnation, sequence) != RetainedMessages.NOT_FOUND;
    }

    private boolean isOwn(final long origin, final long incarnation) {
        return origin == self && incarnation == ownIncarnation;
    }

    private void remember(final IntervalSet seen, final long sequence) {
        final long coalesced = seen.coalesced();
        seen.add(sequence);
        if (seen.coalesced() != coalesced) {
            counters.sequencesCoalesced.getAndAddRelease(seen.coalesced() - coalesced);
        }
    }

    private void onDrop(final OriginStream stream) {
        ordered.onDrop(stream);
    }

    private void onEvict(final int slot) {
        if (ordered.isHolding()) {
            final OriginStream stream = origins.find(retained.origin(slot), retained.incarnation(slot));
            if (stream != null) {
                ordered.onEvict(stream, retained.sequence(slot));
            }
        }
    }
}
