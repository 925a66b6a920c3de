package io.plumtree.engine.view;

import io.plumtree.handlers.spi.ExchangeSession;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Says in an exchange what this side knows, as many members in a message as it has room for. */
final class EntryWriter {
    static final int MAX_BATCH_LENGTH = 8 * 1024;

    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    private final ExchangeSession session;
    private final ViewExchanges exchanges;
    private final int maxLength;
    private List<MemberEntry> entries = List.of();
    private boolean isEverything;
    private int next;
    /** Of a batch that is written, and not sent yet. */
    private int batchLength;
    private int batchCount;

    EntryWriter(final ExchangeSession session, final ViewExchanges exchanges) {
        this.session = session;
        this.exchanges = exchanges;
        maxLength = Math.min(MAX_BATCH_LENGTH, session.maxMessageLength());
    }

    /**
     * Begins.
     *
     * @param toSend     what there is to say.
     * @param everything also what is on its way along the trees.
     */
    void start(final List<MemberEntry> toSend, final boolean everything) {
        entries = toSend;
        isEverything = everything;
    }

    boolean sendDigest(final ViewDigest digest) {
        ViewExchangeLayout.encodeType(buffer, ViewExchangeLayout.DIGEST);
        ViewExchangeLayout.encodeFlag(buffer, session.isNeeded());
        digest.encode(buffer, ViewExchangeLayout.DIGEST_OFFSET);
        return session.send(buffer, 0, ViewExchangeLayout.DIGEST_LENGTH);
    }

    boolean sendDone() {
        ViewExchangeLayout.encodeType(buffer, ViewExchangeLayout.DONE);
        return session.send(buffer, 0, ViewExchangeLayout.TYPE_LENGTH);
    }

    boolean isDone() {
        return batchLength == 0 && next == entries.size();
    }

    /** Sends a batch; false if there is no room for it now. Written once, however often it is tried. */
    boolean sendMembers() {
        if (batchLength == 0) {
            write();
        }
        if (batchCount > 0 && !session.send(buffer, 0, batchLength)) {
            return false;
        }
        exchanges.counters().exchangeEntriesSent.getAndAddRelease(batchCount);
        batchLength = 0;
        batchCount = 0;
        return true;
    }

    private void write() {
        ViewExchangeLayout.encodeType(buffer, ViewExchangeLayout.MEMBERS);
        batchLength = ViewExchangeLayout.TYPE_LENGTH;
        while (next < entries.size() && batchLength + ViewExchangeLayout.MAX_ENTRY_LENGTH <= maxLength) {
            final MemberEntry entry = entries.get(next);
            final long version = version(entry);
            if (version > 0 && !entry.isForgotten && !entry.isToldOnly) {
                write(entry, version);
            }
            next++;
        }
    }

    /**
     * The version to tell: the one before where this one is that young. It says the same of a member that lives, and
     * the trees still find the latest one new: were it told here first, whoever brings it would be pruned. 0 for none.
     */
    private long version(final MemberEntry entry) {
        final boolean isSettled = isEverything || exchanges.ageNs(entry) >= exchanges.settleNs();
        if (isSettled || entry.status == MemberStatus.FAILED) {
            return entry.version;
        }
        return entry.isAlive() ? entry.version - 1 : 0;
    }

    private void write(final MemberEntry entry, final long version) {
        AnnouncementLayout.encodeId(
            buffer, batchLength, entry.member.id().value(), entry.incarnation, version);
        ViewExchangeLayout.encodeAge(buffer, batchLength, exchanges.toldAgeNs(entry));
        final int payloadOffset = batchLength + ViewExchangeLayout.ENTRY_LENGTH;
        AnnouncementLayout.encodePayload(buffer, payloadOffset, entry.member, entry.status);
        batchLength = payloadOffset + AnnouncementLayout.payloadLength(entry.member);
        batchCount++;
    }
}
