package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.ExchangeSession;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;

/** Sends one side's part of an exchange, message by message, as there is room. */
final class ExchangeWriter {
    /** What shares a message with others is no longer than that, so that a step stays small. */
    private static final int SHARED_LENGTH = 16 * 1024;

    private final ExchangeSession session;
    private final MessageStore store;
    private final RetainedMessages retained;
    private final PeerDigest peer;
    private final PubSubCounters counters;
    private final PubSubExchangeOptions options;
    private final long retainedAgeNs;
    private final DigestWriter digest;
    private final int maxLength;
    private LackedMessages missing;
    /** When the search for what is missing began: ages are as of then, so that they keep their order. */
    private long scannedNs;
    private int bytesLeft;
    private boolean hasMore;
    private boolean isDoneWritten;
    private boolean isDone;

    /** The message that is to be sent next; none if its length is 0. */
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(SHARED_LENGTH);
    private int offset;
    private int length;
    /** A message that follows it in the buffer; none if this is 0. */
    private int bodyLength;
    private int messageCount;
    private int byteCount;

    ExchangeWriter(
        final ExchangeSession session,
        final MessageStore store,
        final PeerDigest peer,
        final PubSubOptions options,
        final PubSubCounters counters) {
        this.session = session;
        this.store = store;
        this.peer = peer;
        this.counters = counters;
        this.options = options.exchange();
        retained = store.retained();
        retainedAgeNs = options.retainedAgeNs();
        digest = new DigestWriter(store.streams(), counters.exchangeDigestsCut);
        maxLength = session.maxMessageLength();
        bytesLeft = this.options.bytes();
    }

    /** One step; false if there is nothing to do now. */
    boolean doWork() {
        if (length > 0) {
            return send();
        }
        if (!digest.isFinished()) {
            length = digest.write(buffer, Math.min(maxLength, SHARED_LENGTH));
            return send();
        }
        if (!peer.isComplete() || isDone) {
            return false;
        }
        if (missing == null) {
            // What the initiator knows to be missing will not come in another way.
            final long settleNs = session.isNeeded() ? 0 : options.settleNs();
            scannedNs = store.nowNs();
            missing = new LackedMessages(store, peer, settleNs, retainedAgeNs, options.messages());
        }
        if (!missing.isScanned()) {
            missing.scan();
            return true;
        }
        write();
        return send();
    }

    /** All is sent. */
    boolean isDone() {
        return isDone;
    }

    /** This side stopped at a bound: there is more to send. */
    boolean hasMore() {
        return hasMore;
    }

    private boolean send() {
        if (!session.send(buffer, offset, length)) {
            return false;
        }
        counters.exchangeMessagesSent.getAndAddRelease(messageCount);
        counters.exchangeBytesSent.getAndAddRelease(byteCount);
        messageCount = 0;
        byteCount = 0;
        offset = bodyLength > 0 ? ExchangeLayout.HEAD_LENGTH : 0;
        length = bodyLength;
        bodyLength = 0;
        if (isDoneWritten) {
            isDone = true;
            if (hasMore) {
                counters.exchangesUnfinished.incrementRelease();
            }
        }
        return true;
    }

    private void write() {
        final int sharedLength = Math.min(maxLength, SHARED_LENGTH);
        int slot;
        while ((slot = nextSlot()) != RetainedMessages.NOT_FOUND) {
            final int payloadLength = retained.length(slot);
            final int start = Math.max(length, ExchangeLayout.TYPE_LENGTH);
            final int end = start + ExchangeLayout.ENTRY_LENGTH + payloadLength;
            if (end <= (length == 0 ? maxLength : sharedLength)) {
                writeEntry(slot, start, payloadLength);
            } else if (length > 0) {
                return;
            } else if (ExchangeLayout.TYPE_LENGTH + payloadLength <= maxLength) {
                writeHeadAndBody(slot, payloadLength);
                return;
            } else {
                missing.advance();
                counters.exchangeTooLong.incrementRelease();
            }
        }
        if (length == 0) {
            hasMore |= missing.isCut();
            ExchangeLayout.encodeDone(buffer, 0, hasMore, missing.isAnyTooYoung() || peer.isAnyExpectedHere());
            length = ExchangeLayout.FLAGS_LENGTH;
            isDoneWritten = true;
        }
    }

    /** The next message to send; none when all are sent, or the bound on bytes is met. At least one passes it. */
    private int nextSlot() {
        final int slot = hasMore ? RetainedMessages.NOT_FOUND : missing.slot();
        if (slot != RetainedMessages.NOT_FOUND
            && bytesLeft < options.bytes()
            && MessageLayout.ID_LENGTH + retained.length(slot) > bytesLeft) {
            hasMore = true;
            return RetainedMessages.NOT_FOUND;
        }
        return slot;
    }

    private void writeEntry(final int slot, final int start, final int payloadLength) {
        ExchangeLayout.encodeType(buffer, 0, ExchangeLayout.MESSAGES);
        writeIdAndAge(slot, start);
        ExchangeLayout.encodePayloadLength(buffer, start, payloadLength);
        length = start + ExchangeLayout.ENTRY_LENGTH + payloadLength;
        buffer.putBytes(length - payloadLength, retained.buffer(), retained.offset(slot), payloadLength);
        onWritten(payloadLength);
    }

    /** Both at once: the message may be retained no longer when there is room for its body. */
    private void writeHeadAndBody(final int slot, final int payloadLength) {
        ExchangeLayout.encodeType(buffer, 0, ExchangeLayout.HEAD);
        writeIdAndAge(slot, ExchangeLayout.TYPE_LENGTH);
        length = ExchangeLayout.HEAD_LENGTH;
        ExchangeLayout.encodeType(buffer, length, ExchangeLayout.BODY);
        buffer.putBytes(
            length + ExchangeLayout.TYPE_LENGTH, retained.buffer(), retained.offset(slot), payloadLength);
        bodyLength = ExchangeLayout.TYPE_LENGTH + payloadLength;
        onWritten(payloadLength);
    }

    private void writeIdAndAge(final int slot, final int start) {
        MessageLayout.encodeId(
            buffer, start, retained.origin(slot), retained.incarnation(slot), retained.sequence(slot));
        final long ageNs = Math.max(0, scannedNs - retained.bornNs(slot));
        ExchangeLayout.encodeAge(
            buffer, start, (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(ageNs)));
    }

    private void onWritten(final int payloadLength) {
        final int space = MessageLayout.ID_LENGTH + payloadLength;
        messageCount++;
        byteCount += space;
        bytesLeft -= space;
        missing.advance();
    }
}
