package io.plumtree.transport.aeron;

import org.agrona.collections.Long2LongHashMap;

/** Where streams have said that they end. Bounded: what peers send makes no more of it. */
final class RestingStreams {
    static final int MAX_STREAMS = 1_024;
    /** No place: terms' offsets are multiples of a frame's alignment. */
    private static final long NONE = 1;

    private final Long2LongHashMap ends = new Long2LongHashMap(NONE);

    /** Whether that end of a stream is the last that it has told; it is from now on. */
    boolean isKnown(final int sessionId, final int streamId, final int termId, final int termOffset) {
        final long end = (long) termId << Integer.SIZE | termOffset & 0xFFFF_FFFFL;
        if (end == NONE) {
            return false;
        }
        if (ends.size() >= MAX_STREAMS) {
            ends.clear();
        }
        return ends.put((long) sessionId << Integer.SIZE | streamId & 0xFFFF_FFFFL, end) == end;
    }
}
