package io.plumtree.handlers.pubsub;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Writes what this node has seen, message by message. What is seen meanwhile may be in it or not: both are true.
 *
 * <p>Bounded: where there are too many runs, the holes between a stream's lowest ones are passed over in this exchange,
 * as {@link IntervalSet} would close them.
 */
final class DigestWriter {
    private final OriginStream[] streams;
    private final AtomicCounter digestsCut;
    private int index;
    private int spareRuns = ExchangeLayout.EXTRA_RUNS;

    /** The stream in the middle of which the last message ended, if {@link #written} is not 0. */
    private long origin;
    private long incarnation;
    /** Up to which sequence that stream is written. */
    private long written;

    DigestWriter(final OriginStream[] streams, final AtomicCounter digestsCut) {
        this.streams = streams;
        this.digestsCut = digestsCut;
    }

    /** Writes the next message, no longer than the limit; its length. */
    int write(final MutableDirectBuffer buffer, final int limit) {
        int end = ExchangeLayout.FLAGS_LENGTH;
        while (!isFinished() && end + ExchangeLayout.STREAM_LENGTH + ExchangeLayout.RUN_LENGTH <= limit) {
            end = writeStream(buffer, end, limit);
        }
        ExchangeLayout.encodeFlags(buffer, 0, ExchangeLayout.DIGEST, isFinished());
        return end;
    }

    boolean isFinished() {
        return index == streams.length;
    }

    private int writeStream(final MutableDirectBuffer buffer, final int offset, final int limit) {
        final OriginStream stream = streams[index];
        final IntervalSet seen = stream.seen;
        if (stream.origin != origin || stream.incarnation != incarnation) {
            // Also where a stream was forgotten in its middle, and its place taken by another one.
            written = 0;
        }
        int run = seen.firstEndingAbove(written);
        if (run == seen.size()) {
            nextStream();
            return offset;
        }
        long from = Math.max(seen.from(run), written + 1);
        if (written == 0) {
            origin = stream.origin;
            incarnation = stream.incarnation;
            run = seen.size() - allowedRuns(seen.size());
        }
        int runs = 0;
        int end = offset + ExchangeLayout.STREAM_LENGTH;
        while (run < seen.size() && end + ExchangeLayout.RUN_LENGTH <= limit) {
            written = seen.to(run);
            ExchangeLayout.encodeRun(buffer, end, from, written);
            end += ExchangeLayout.RUN_LENGTH;
            runs++;
            run++;
            from = run < seen.size() ? seen.from(run) : 0;
        }
        ExchangeLayout.encodeStream(buffer, offset, stream, runs);
        if (run == seen.size()) {
            nextStream();
        }
        return end;
    }

    private int allowedRuns(final int size) {
        final int extra = Math.min(size - 1, spareRuns);
        spareRuns -= extra;
        if (extra < size - 1) {
            digestsCut.incrementRelease();
        }
        return 1 + extra;
    }

    private void nextStream() {
        index++;
        written = 0;
    }
}
