package io.plumtree.engine.view;

import static io.plumtree.engine.view.AnnouncementLayout.check;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * One side of an exchange, as {@link ViewExchangeLayout} describes it. What it has taken in stays when the exchange
 * ends in its middle: the next one compares anew.
 */
final class ViewExchange implements ExchangeListener {
    /** What is younger is on its way along the trees. */
    static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int SENDS_PER_CALL = 8;

    private final ViewExchanges exchanges;
    private final Message message = new Message();
    private final ExchangeSession session;
    private final ViewDigest digest;
    private final EntryWriter writer;
    private final boolean isTrusted;
    private boolean isDigestSent;
    private boolean isDoneSent;
    private boolean hasPeerDigest;
    private boolean isPeerDone;

    ViewExchange(
        final ViewExchanges exchanges,
        final ExchangeSession session,
        final ViewDigest digest,
        final boolean isTrusted) {
        this.exchanges = exchanges;
        this.isTrusted = isTrusted;
        this.session = session;
        this.digest = digest;
        writer = new EntryWriter(session, exchanges);
    }

    boolean isInitiator() {
        return session.isInitiator();
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        final byte type = ViewExchangeLayout.type(buffer, offset, length);
        check(!isPeerDone, "members exchange: message after the last one, of type ", type);
        check(
            hasPeerDigest == (type != ViewExchangeLayout.DIGEST), "members exchange: digest is not first, but ", type);
        switch (type) {
            case ViewExchangeLayout.DIGEST -> onDigest(buffer, offset, length);
            case ViewExchangeLayout.MEMBERS -> onMembers(buffer, offset, offset + length);
            default -> isPeerDone = true;
        }
    }

    @Override
    public int doWork(final long nowNs) {
        int workCount = 0;
        while (workCount < SENDS_PER_CALL && session.isOpen() && send()) {
            workCount++;
        }
        if (isPeerDone && isDoneSent && session.isInitiator() && session.isOpen()) {
            session.complete();
            workCount++;
        }
        return workCount;
    }

    @Override
    public void onEnd(final ExchangeEnd end) {
        if (end == ExchangeEnd.COMPLETED && isPeerDone) {
            exchanges.counters().exchangesCompleted.incrementRelease();
            exchanges.onCompleted();
        }
        exchanges.onEnd(this);
    }

    private boolean send() {
        if (!isDigestSent) {
            isDigestSent = writer.sendDigest(digest);
            return isDigestSent;
        }
        if (!hasPeerDigest || isDoneSent) {
            return false;
        }
        if (!writer.isDone()) {
            return writer.sendMembers();
        }
        isDoneSent = writer.sendDone();
        return isDoneSent;
    }

    private void onDigest(final DirectBuffer buffer, final int offset, final int length) {
        check(length == ViewExchangeLayout.DIGEST_LENGTH, "members exchange: wrong length of a digest: ", length);
        final ViewDigest peer = new ViewDigest();
        peer.decode(buffer, offset + ViewExchangeLayout.DIGEST_OFFSET);
        final boolean isNeeded = session.isNeeded() || ViewExchangeLayout.isFlagged(buffer, offset);
        final List<MemberEntry> differing = exchanges.table().all();
        if (!isNeeded) {
            differing.removeIf(entry -> !digest.differs(peer, ViewDigest.bucket(entry)));
        }
        if (differing.isEmpty()) {
            exchanges.counters().exchangesEqual.incrementRelease();
        }
        writer.start(differing, isNeeded);
        hasPeerDigest = true;
    }

    private void onMembers(final DirectBuffer buffer, final int offset, final int end) {
        check(end - offset <= EntryWriter.MAX_BATCH_LENGTH, "members exchange: too long: ", end - offset);
        int at = offset + ViewExchangeLayout.TYPE_LENGTH;
        while (at < end) {
            check(end - at > ViewExchangeLayout.ENTRY_LENGTH, "members exchange: cut off, bytes: ", end - at);
            final int payloadOffset = at + ViewExchangeLayout.ENTRY_LENGTH;
            final int payloadLength = AnnouncementLayout.payloadLength(buffer, payloadOffset, end);
            exchanges.counters().exchangeEntriesReceived.incrementRelease();
            message.wrap(buffer, at, AnnouncementLayout.ID_LENGTH, payloadOffset, payloadLength);
            onEntry(buffer, at);
            at = payloadOffset + payloadLength;
        }
    }

    /** One that is wrong is left out, and the others are taken in. */
    private void onEntry(final DirectBuffer buffer, final int at) {
        try {
            AnnouncementLayout.checkId(message.id());
            final long ageNs = ViewExchangeLayout.ageNs(buffer, at);
            final Announcement news = AnnouncementLayout.read(message);
            if (exchanges.view().mergeExchanged(news, session.peer().value(), isTrusted, ageNs)) {
                exchanges.counters().exchangeEntriesNew.incrementRelease();
            }
        } catch (final MalformedMessageException ex) {
            exchanges.counters().exchangeEntriesMalformed.incrementRelease();
        }
    }
}
