package io.plumtree.node.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes into lines, without decoding them. A line ends with a newline, which does not belong to
 * it, or with the stream. Of a line longer than the limit only the length is known. For one thread.
 */
final class LineReader {
    private static final int CHUNK_LENGTH = 64 * 1024;

    private final InputStream in;
    private final int maxLength;
    private byte[] buffer = new byte[CHUNK_LENGTH];
    private int position;
    private int limit;
    private int lineOffset;
    private long lineLength;
    private long lineNumber;
    private boolean isEnded;

    /**
     * Over a stream.
     *
     * @param in        the stream; read in large pieces, as they come.
     * @param maxLength longest line that is kept, in bytes.
     */
    LineReader(final InputStream in, final int maxLength) {
        this.in = in;
        this.maxLength = maxLength;
    }

    /**
     * Goes to the next line; waits for it where it is not there yet.
     *
     * @return false at the end of the stream.
     * @throws IOException if the stream can't be read.
     */
    boolean next() throws IOException {
        lineOffset = position;
        lineLength = 0;
        int scanned = position;
        long dropped = 0;
        while (true) {
            for (int i = scanned; i < limit; i++) {
                if (buffer[i] == '\n') {
                    lineLength = dropped + i - lineOffset;
                    position = i + 1;
                    lineNumber++;
                    return true;
                }
            }
            if (limit - lineOffset > maxLength) {
                dropped += limit - lineOffset;
                lineOffset = 0;
                limit = 0;
            }
            makeRoom();
            scanned = limit;
            final int length = isEnded ? -1 : in.read(buffer, limit, buffer.length - limit);
            if (length < 0) {
                isEnded = true;
                lineLength = dropped + limit - lineOffset;
                position = limit;
                lineNumber += lineLength > 0 ? 1 : 0;
                return lineLength > 0;
            }
            limit += length;
        }
    }

    /** Whether {@link #next()} can answer without waiting for the stream. */
    boolean hasBuffered() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Holds the line from {@link #lineOffset()} on, until the next call of {@link #next()}; may change with it. */
    byte[] buffer() {
        return buffer;
    }

    /** Where the line starts. */
    int lineOffset() {
        return lineOffset;
    }

    /** The line's length in bytes; where it is over the limit, its bytes are not all there. */
    long lineLength() {
        return lineLength;
    }

    /** Whether the line is over the limit. */
    boolean isTooLong() {
        return lineLength > maxLength;
    }

    /** The line's number, from 1. */
    long lineNumber() {
        return lineNumber;
    }

    /** Moves what there is of the line to the front when the end is reached, and grows when it fills everything. */
    private void makeRoom() {
        if (limit < buffer.length) {
            return;
        }
        final int length = limit - lineOffset;
        if (lineOffset == 0) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        } else {
            System.arraycopy(buffer, lineOffset, buffer, 0, length);
        }
        lineOffset = 0;
        limit = length;
    }
}
