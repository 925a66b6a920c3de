package io.plumtree.handlers.pubsub;

import static io.plumtree.handlers.pubsub.ExchangeLayout.check;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What the other side of an exchange has seen, as it says. Bounded whatever it says: streams beyond as many as this
 * node itself could know are left out, and nothing of them is sent; holes beyond
 * {@link ExchangeLayout#EXTRA_RUNS} count as seen.
 */
final class PeerDigest {
    private final Long2ObjectHashMap<PeerStream> streamsByOrigin = new Long2ObjectHashMap<>();
    private final MessageStore store;
    private final int maxStreams;
    private int streamCount;
    private int spareRuns = ExchangeLayout.EXTRA_RUNS;
    private boolean isCut;
    private boolean isComplete;

    /** The stream of the entry before, where the next one may go on. */
    private PeerStream current;
    private long currentOrigin;
    private long currentIncarnation;
    private long currentTo;

    PeerDigest(final MessageStore store, final int maxOrigins) {
        this.store = store;
        // Two of each origin, and the one of the node itself.
        this.maxStreams = 2 * maxOrigins + 1;
    }

    /** All of it has come. */
    boolean isComplete() {
        return isComplete;
    }

    /** Takes in a message of the type {@link ExchangeLayout#DIGEST}. */
    void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        check(!isComplete, "pubsub exchange: digest goes on after its end, bytes: ", length);
        final boolean isLast = ExchangeLayout.isFlagged(buffer, offset, length);
        final int end = offset + length;
        int at = offset + ExchangeLayout.FLAGS_LENGTH;
        while (at < end) {
            check(
                end - at >= ExchangeLayout.STREAM_LENGTH,
                "pubsub exchange: digest ends in a stream, bytes: ",
                end - at);
            final int runs = ExchangeLayout.runs(buffer, at);
            begin(ExchangeLayout.origin(buffer, at), ExchangeLayout.incarnation(buffer, at));
            at += ExchangeLayout.STREAM_LENGTH;
            check(
                runs > 0 && runs <= (end - at) / ExchangeLayout.RUN_LENGTH,
                "pubsub exchange: digest has no room for the runs that it announces: ",
                runs);
            for (int i = 0; i < runs; i++) {
                onRun(ExchangeLayout.from(buffer, at), ExchangeLayout.to(buffer, at));
                at += ExchangeLayout.RUN_LENGTH;
            }
            store.checkSeen(currentOrigin, currentIncarnation, currentTo);
        }
        isComplete = isLast;
    }

    /** Whether the peer has not seen a message, and would take it as new. */
    boolean lacks(final long origin, final long incarnation, final long sequence) {
        int newerCount = 0;
        for (PeerStream stream = streamsByOrigin.get(origin); stream != null; stream = stream.next) {
            if (stream.incarnation == incarnation) {
                return !stream.seen.contains(sequence);
            }
            newerCount += stream.incarnation > incarnation ? 1 : 0;
        }
        // Two later incarnations supersede it there.
        return newerCount < 2 && !isCut;
    }

    /** Whether the peer has seen one of these. */
    boolean hasAny(final long origin, final long incarnation, final long from, final long to) {
        final PeerStream stream = find(origin, incarnation);
        return stream != null && stream.seen.intersects(from, to);
    }

    /** Whether the peer has seen all of these. */
    boolean hasAll(final long origin, final long incarnation, final long from, final long to) {
        final PeerStream stream = find(origin, incarnation);
        return stream != null && stream.seen.containsAll(from, to);
    }

    /** Whether the peer has not seen a message, but a later one of the same stream. */
    boolean hasHole(final long origin, final long incarnation, final long sequence) {
        final PeerStream stream = find(origin, incarnation);
        return stream != null && !stream.seen.isEmpty() && stream.seen.last() > sequence
            && !stream.seen.contains(sequence);
    }

    /** Whether the peer has not seen something between others that this node has not seen either, and may get yet. */
    boolean isAnyExpectedHere() {
        for (final PeerStream first : streamsByOrigin.values()) {
            for (PeerStream stream = first; stream != null; stream = stream.next) {
                long from = 1;
                for (int i = 0; i < stream.seen.size(); i++) {
                    final long to = stream.seen.from(i) - 1;
                    if (from <= to && store.isExpected(stream.origin, stream.incarnation, from, to)) {
                        return true;
                    }
                    from = stream.seen.to(i) + 1;
                }
            }
        }
        return false;
    }

    int streamCount() {
        return streamCount;
    }

    private void begin(final long origin, final long incarnation) {
        check(origin != 0, "pubsub exchange: digest has origin ", origin);
        check(incarnation > 0, "pubsub exchange: digest must have a positive incarnation: ", incarnation);
        if (origin == currentOrigin && incarnation == currentIncarnation) {
            return;
        }
        currentOrigin = origin;
        currentIncarnation = incarnation;
        currentTo = 0;
        current = find(origin, incarnation);
        if (current != null) {
            current.seen.clear();
        } else if (streamCount < maxStreams) {
            current = add(origin, incarnation);
        } else {
            isCut = true;
        }
    }

    private void onRun(final long from, final long to) {
        check(from > currentTo, "pubsub exchange: runs of a digest must be positive and ascend: ", from);
        check(
            to >= from && to <= MessageLayout.MAX_SEQUENCE,
            "pubsub exchange: run of a digest must end from its start to " + MessageLayout.MAX_SEQUENCE + ": ",
            to);
        if (current != null) {
            final IntervalSet seen = current.seen;
            final boolean isExtra = !seen.isEmpty() && currentTo != from - 1;
            // Without room for one more, the hole before the run is closed.
            seen.append(isExtra && spareRuns == 0 ? currentTo + 1 : from, to);
            spareRuns -= isExtra && spareRuns > 0 ? 1 : 0;
        }
        currentTo = to;
    }

    private PeerStream find(final long origin, final long incarnation) {
        PeerStream stream = streamsByOrigin.get(origin);
        while (stream != null && stream.incarnation != incarnation) {
            stream = stream.next;
        }
        return stream;
    }

    private PeerStream add(final long origin, final long incarnation) {
        final PeerStream next = streamsByOrigin.get(origin);
        final int position = next == null ? 1 : next.position + 1;
        check(
            position <= ExchangeLayout.MAX_INCARNATIONS,
            "pubsub exchange: digest has more than " + ExchangeLayout.MAX_INCARNATIONS + " incarnations of origin ",
            origin);
        final PeerStream stream = new PeerStream(origin, incarnation, next, position);
        streamsByOrigin.put(origin, stream);
        streamCount++;
        return stream;
    }

    private static final class PeerStream {
        final long origin;
        final long incarnation;
        /** Another one of the same origin. */
        final PeerStream next;
        final int position;
        final IntervalSet seen = new IntervalSet(ExchangeLayout.EXTRA_RUNS + 1);

        PeerStream(final long origin, final long incarnation, final PeerStream next, final int position) {
            this.origin = origin;
            this.incarnation = incarnation;
            this.next = next;
            this.position = position;
        }
    }
}
