package io.plumtree.handlers.pubsub;

import static io.plumtree.handlers.pubsub.ExchangeLayout.check;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.Message;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One side of an exchange, as {@link ExchangeLayout} describes it. Whatever it has taken in stays when the exchange
 * ends in its middle: the next one compares anew. A message that cannot be is left out and counted; the exchange goes
 * on with the next one whose place is known.
 */
final class PubSubExchange implements ExchangeListener {
    private static final int SENDS_PER_CALL = 8;

    private final PubSubExchanges exchanges;
    private final ExchangeSession session;
    private final MessageStore store;
    private final PubSubCounters counters;
    private final ExchangeWriter writer;
    private final PeerDigest peer;
    private final long startedNs;
    private final Message message = new Message();
    /** The id of a message whose body comes in another buffer. */
    private final MutableDirectBuffer headId = new UnsafeBuffer(new byte[MessageLayout.ID_LENGTH]);
    /** Of the message whose head has come and whose body has not. */
    private boolean hasHead;
    private boolean isHeadRight;
    private int headAgeMs;
    private boolean isPeerDone;
    private boolean hasPeerMore;
    /** More may come of what is lacking here. */
    private boolean isPeerUnsettled;

    PubSubExchange(
        final PubSubExchanges exchanges,
        final ExchangeSession session,
        final MessageStore store,
        final PubSubOptions options,
        final PubSubCounters counters) {
        this.exchanges = exchanges;
        this.session = session;
        this.store = store;
        this.counters = counters;
        peer = new PeerDigest(store, counters, options.origins());
        writer = new ExchangeWriter(session, store, peer, options, counters);
        startedNs = store.nowNs();
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        final byte type = ExchangeLayout.type(buffer, offset, length);
        check(!isPeerDone, "pubsub exchange: message after the last one, of type ", type);
        check(
            type == ExchangeLayout.DIGEST || peer.isComplete(),
            "pubsub exchange: message before the end of the digest, of type ",
            type);
        check(
            hasHead == (type == ExchangeLayout.BODY),
            "pubsub exchange: head without body, or body without head, of type ",
            type);
        switch (type) {
            case ExchangeLayout.DIGEST -> peer.onMessage(buffer, offset, length);
            case ExchangeLayout.MESSAGES -> onMessages(buffer, offset, length);
            case ExchangeLayout.HEAD -> onHead(buffer, offset, length);
            case ExchangeLayout.BODY -> onBody(buffer, offset, length);
            default -> onDone(ExchangeLayout.flags(buffer, offset, length));
        }
    }

    private void onDone(final byte flags) {
        hasPeerMore |= (flags & ExchangeLayout.FLAG) != 0;
        isPeerUnsettled = (flags & ExchangeLayout.UNSETTLED_FLAG) != 0;
        isPeerDone = true;
        if (hasPeerMore || isPeerUnsettled && store.hasGaps()) {
            session.unsettled();
        }
    }

    @Override
    public int doWork(final long nowNs) {
        int workCount = 0;
        for (int i = 0; i < SENDS_PER_CALL && session.isOpen() && writer.doWork(); i++) {
            workCount++;
        }
        if (isPeerDone && writer.isDone() && session.isInitiator() && session.isOpen()) {
            if (hasPeerMore || writer.hasMore()) {
                session.again();
            }
            session.complete();
            workCount++;
        }
        return workCount;
    }

    @Override
    public void onEnd(final ExchangeEnd end) {
        final boolean isComplete = end == ExchangeEnd.COMPLETED && isPeerDone;
        if (isComplete) {
            counters.exchangesCompleted.incrementRelease();
        }
        exchanges.onEnd(this, isComplete && !hasPeerMore, !isPeerUnsettled);
    }

    /** Whether the peer may send one of these yet. */
    boolean mayFill(final long origin, final long incarnation, final long from, final long to) {
        if (isPeerDone) {
            return false;
        }
        return peer.isComplete()
            ? peer.hasAny(origin, incarnation, from, to)
            : store.nowNs() - startedNs < exchanges.digestTimeoutNs();
    }

    /** Whether the peer has seen all of these and, being settled, would have sent those that it retains. */
    boolean hasAnswered(
        final long origin,
        final long incarnation,
        final long from,
        final long to,
        final long bornNs,
        final long settleNs) {
        return startedNs - bornNs >= settleNs && peer.hasAll(origin, incarnation, from, to);
    }

    boolean isInitiator() {
        return session.isInitiator();
    }

    PeerDigest peer() {
        return peer;
    }

    private void onMessages(final DirectBuffer buffer, final int offset, final int length) {
        final int end = offset + length;
        int at = offset + ExchangeLayout.TYPE_LENGTH;
        while (at < end) {
            final int payloadOffset = at + ExchangeLayout.ENTRY_LENGTH;
            final int payloadLength = payloadOffset > end ? -1 : ExchangeLayout.payloadLength(buffer, at);
            if (payloadLength < 0 || payloadLength > end - payloadOffset) {
                // Where the others are is not known; the next exchange brings them.
                counters.exchangeMalformed.incrementRelease();
                hasPeerMore = true;
                return;
            }
            onEntry(buffer, at);
            merge(buffer, payloadOffset, payloadLength);
            at = payloadOffset + payloadLength;
        }
    }

    private void onHead(final DirectBuffer buffer, final int offset, final int length) {
        check(length == ExchangeLayout.HEAD_LENGTH, "pubsub exchange: wrong length of a head: ", length);
        onEntry(buffer, offset + ExchangeLayout.TYPE_LENGTH);
        message.id().copyTo(headId, 0);
        message.id().wrap(headId, 0, MessageLayout.ID_LENGTH);
        hasHead = true;
    }

    private void onBody(final DirectBuffer buffer, final int offset, final int length) {
        hasHead = false;
        merge(buffer, offset + ExchangeLayout.TYPE_LENGTH, length - ExchangeLayout.TYPE_LENGTH);
    }

    private void onEntry(final DirectBuffer buffer, final int offset) {
        headAgeMs = ExchangeLayout.ageMs(buffer, offset);
        final MessageId id = message.id().wrap(buffer, offset, MessageLayout.ID_LENGTH);
        isHeadRight = headAgeMs >= 0 && store.idProblem(id) == null;
    }

    private void merge(final DirectBuffer buffer, final int offset, final int length) {
        if (!isHeadRight || !MessageLayout.isPayload(buffer, offset, length)) {
            counters.exchangeMalformed.incrementRelease();
            return;
        }
        // As of the start, so that ages of one exchange keep their order and are not understated.
        final long bornNs = startedNs - headAgeMs * 1_000_000L;
        final boolean isNew = store.mergeExchanged(message.payload(buffer, offset, length), bornNs);
        (isNew ? counters.exchangeMessagesReceived : counters.exchangeDuplicates).incrementRelease();
        counters.exchangeBytesReceived.getAndAddRelease(MessageLayout.ID_LENGTH + length);
    }
}
