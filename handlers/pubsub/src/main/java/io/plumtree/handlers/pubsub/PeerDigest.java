package io.plumtree.handlers.pubsub;

import static io.plumtree.handlers.pubsub.ExchangeLayout.check;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What the other side of an exchange has seen, as it says. Bounded whatever it says: streams beyond as many as this
 * node itself could know are left out, and nothing of them is sent; holes beyond
 * {@link ExchangeLayout#EXTRA_RUNS} count as seen. What cannot be is left out and counted, as long as it is clear where
 * the rest is.
 */
final class PeerDigest {
    private final Long2ObjectHashMap<PeerStream> streamsByOrigin = new Long2ObjectHashMap<>();
    private final MessageStore store;
    private final PubSubCounters counters;
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
    private long currentMax;

    PeerDigest(final MessageStore store, final PubSubCounters counters, final int maxOrigins) {
        this.store = store;
        this.counters = counters;
        // All of each origin, and the one of the node itself.
        this.maxStreams = Origin.MAX_RUNS * maxOrigins + 1;
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
            boolean isRight = begin(ExchangeLayout.origin(buffer, at), ExchangeLayout.incarnation(buffer, at));
            at += ExchangeLayout.STREAM_LENGTH;
            check(
                runs > 0 && runs <= (end - at) / ExchangeLayout.RUN_LENGTH,
                "pubsub exchange: digest has no room for the runs that it announces: ",
                runs);
            for (int i = 0; i < runs; i++) {
                isRight &= onRun(ExchangeLayout.from(buffer, at), ExchangeLayout.to(buffer, at));
                at += ExchangeLayout.RUN_LENGTH;
            }
            if (!isRight) {
                counters.exchangeMalformed.incrementRelease();
            }
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
            newerCount += stream.incarnation > incarnation && store.isEstablished(origin, stream.incarnation) ? 1 : 0;
        }
        // Two later incarnations supersede it there, if they are as well established as here.
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

    /** Begins or continues a stream; false if there can be none such. */
    private boolean begin(final long origin, final long incarnation) {
        if (origin == currentOrigin && incarnation == currentIncarnation) {
            return true;
        }
        currentOrigin = origin;
        currentIncarnation = incarnation;
        currentTo = 0;
        currentMax = store.maxSequence(origin, incarnation);
        current = null;
        if (origin == 0 || incarnation <= 0 || incarnation > MessageLayout.MAX_INCARNATION) {
            return false;
        }
        current = find(origin, incarnation);
        if (current != null) {
            current.seen.clear();
        } else if (streamCount < maxStreams) {
            current = add(origin, incarnation);
            return current != null;
        } else {
            isCut = true;
        }
        return true;
    }

    /** Takes in a run, as far as it can be; false if some of it cannot. */
    private boolean onRun(final long from, final long to) {
        if (from <= currentTo || to < from || from > currentMax) {
            return false;
        }
        final long until = Math.min(to, currentMax);
        if (current != null) {
            final IntervalSet seen = current.seen;
            final boolean isExtra = !seen.isEmpty() && currentTo != from - 1;
            // Without room for one more, the hole before the run is closed.
            seen.append(isExtra && spareRuns == 0 ? currentTo + 1 : from, until);
            spareRuns -= isExtra && spareRuns > 0 ? 1 : 0;
        }
        currentTo = until;
        return until == to;
    }

    private PeerStream find(final long origin, final long incarnation) {
        PeerStream stream = streamsByOrigin.get(origin);
        while (stream != null && stream.incarnation != incarnation) {
            stream = stream.next;
        }
        return stream;
    }

    /** A stream that is not there; null if there are too many of its origin. */
    private PeerStream add(final long origin, final long incarnation) {
        final PeerStream next = streamsByOrigin.get(origin);
        final int position = next == null ? 1 : next.position + 1;
        if (position > ExchangeLayout.MAX_INCARNATIONS) {
            return null;
        }
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
