package io.plumtree.engine.ring;

import io.plumtree.engine.codec.GossipBody;
import io.plumtree.protocol.MessageIds;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which messages travelled in a bundle, by the id of its first: what a graft has to answer with. The last ones are
 * kept, in a ring of bytes, so many as there is room for.
 *
 * <pre>
 *     0         4       8
 *     +---------+-------+-----+----+-----+----+ - -
 *     | handler | count | u16 | id | u16 | id |     of each message, in their order
 *     +---------+-------+-----+----+-----+----+ - -
 * </pre>
 */
public final class RecentBundles {
    public static final int NONE = -1;

    private static final int COUNT_OFFSET = 4;
    private static final int HEAD_LENGTH = 8;
    /** So many that share a first choice are known together. */
    private static final int PLACES_TRIED = 8;
    /** About what a small bundle takes. */
    private static final int BYTES_PER_PLACE = 32;

    private final int capacity;
    private final UnsafeBuffer ring;
    private final long[] positions;
    private long position;
    private boolean hasForgotten;

    /** With room for so many bytes, a power of two. */
    public RecentBundles(final int capacity) {
        this.capacity = capacity;
        ring = new UnsafeBuffer(new byte[capacity]);
        positions = new long[Math.max(1, capacity / BYTES_PER_PLACE)];
        Arrays.fill(positions, NONE);
    }

    /** Whether a bundle may be unknown although it was here once. */
    public boolean hasForgotten() {
        return hasForgotten;
    }

    /** Remembers a bundle: its messages from the first one's body to the last one's end. */
    public void add(final int handler, final DirectBuffer buffer, final int bodyOffset, final int end) {
        // The ids are shorter than all; how much, only shows when they have been copied.
        if (HEAD_LENGTH + end - bodyOffset > capacity) {
            hasForgotten = true;
            return;
        }
        skipTo(HEAD_LENGTH + end - bodyOffset);
        final int record = (int) (position & capacity - 1);
        int count = 0;
        int to = record + HEAD_LENGTH;
        for (int body = bodyOffset; body < end; count++) {
            final int idLength = GossipBody.idLength(buffer, body);
            ring.putShort(to, (short) idLength, ByteOrder.LITTLE_ENDIAN);
            MessageIds.copy(ring, GossipBody.idOffset(to), buffer, GossipBody.idOffset(body), idLength);
            to = GossipBody.idOffset(to) + idLength;
            body = GossipBody.payloadOffset(body, idLength) + GossipBody.payloadLength(buffer, body, idLength);
        }
        ring.putInt(record, handler);
        ring.putInt(record + COUNT_OFFSET, count);
        final int first = record + HEAD_LENGTH;
        final int place = placeOfOldest(hash(handler, ring, GossipBody.idOffset(first), idLength(first)));
        hasForgotten |= positions[place] != NONE || position >= capacity;
        positions[place] = position;
        position += BitUtil.align(to - record, Long.BYTES);
    }

    /** Records are not broken at the ring's end. */
    private void skipTo(final int length) {
        final int left = capacity - (int) (position & capacity - 1);
        if (left < length) {
            position += left;
        }
    }

    /** The bundle whose first message has this id; NONE if it is not known. */
    public int find(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final int hash = hash(handler, buffer, idOffset, idLength);
        for (int i = 0; i < PLACES_TRIED; i++) {
            final long found = positions[place(hash, i)];
            if (found != NONE && found >= position - capacity) {
                final int record = (int) (found & capacity - 1);
                final int first = record + HEAD_LENGTH;
                if (ring.getInt(record) == handler && idLength(first) == idLength
                    && MessageIds.areEqual(ring, GossipBody.idOffset(first), buffer, idOffset, idLength)) {
                    return record;
                }
            }
        }
        return NONE;
    }

    /** One that is free, if there is one: NONE is before all positions. */
    private int placeOfOldest(final int hash) {
        int oldest = place(hash, 0);
        for (int i = 1; i < PLACES_TRIED; i++) {
            final int place = place(hash, i);
            if (positions[place] < positions[oldest]) {
                oldest = place;
            }
        }
        return oldest;
    }

    private int place(final int hash, final int attempt) {
        return hash + attempt & positions.length - 1;
    }

    private static int hash(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        return MessageIds.hash(handler, buffer, idOffset, idLength);
    }

    /** Holds the ids. */
    public DirectBuffer buffer() {
        return ring;
    }

    /** How many messages a bundle has. */
    public int count(final int record) {
        return ring.getInt(record + COUNT_OFFSET);
    }

    /** Where a bundle's first id stands, with its length before it. */
    public int first(final int record) {
        return record + HEAD_LENGTH;
    }

    /** Where the next id stands. */
    public int next(final int id) {
        return GossipBody.idOffset(id) + idLength(id);
    }

    /** How long the id is that stands there. */
    public int idLength(final int id) {
        return GossipBody.idLength(ring, id);
    }
}
