package io.plumtree.engine.runtime;

import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.GossipBundle;
import io.plumtree.engine.protocol.MessageIds;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which messages travelled in a bundle, by the id of its first: what a graft has to answer with. The last ones are
 * kept, in a ring of bytes, so many as there is room for; two that share a place in the index push each other out
 * before.
 *
 * <pre>
 *     0         4       8
 *     +---------+-------+-----+----+-----+----+ - -
 *     | handler | count | u16 | id | u16 | id |     of each message, in their order
 *     +---------+-------+-----+----+-----+----+ - -
 * </pre>
 */
final class RecentBundles {
    static final int NONE = -1;

    private static final int COUNT_OFFSET = 4;
    private static final int HEAD_LENGTH = 8;
    /** About what a small bundle takes. */
    private static final int BYTES_PER_PLACE = 64;

    private final int capacity;
    private final UnsafeBuffer ring;
    private final long[] positions;
    private long position;
    private boolean hasForgotten;

    /** With room for so many bytes, a power of two. */
    RecentBundles(final int capacity) {
        this.capacity = capacity;
        ring = new UnsafeBuffer(new byte[capacity]);
        positions = new long[Math.max(1, capacity / BYTES_PER_PLACE)];
        Arrays.fill(positions, NONE);
    }

    /** Whether a bundle may be unknown although it was here once. */
    boolean hasForgotten() {
        return hasForgotten;
    }

    /** Remembers a bundle: its messages from the first one's body to the last one's end. */
    void add(final int handler, final DirectBuffer buffer, final int bodyOffset, final int end) {
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
        final int place = place(handler, ring, GossipBody.idOffset(first), idLength(first));
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
    int find(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final long found = positions[place(handler, buffer, idOffset, idLength)];
        if (found == NONE || found < position - capacity) {
            return NONE;
        }
        final int record = (int) (found & capacity - 1);
        final int first = record + HEAD_LENGTH;
        return ring.getInt(record) == handler && idLength(first) == idLength
            && MessageIds.areEqual(ring, GossipBody.idOffset(first), buffer, idOffset, idLength) ? record : NONE;
    }

    private int place(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        return MessageIds.hash(handler, buffer, idOffset, idLength) & positions.length - 1;
    }

    /** Holds the ids. */
    DirectBuffer buffer() {
        return ring;
    }

    /** How many messages a bundle has. */
    int count(final int record) {
        return ring.getInt(record + COUNT_OFFSET);
    }

    /** Where a bundle's first id stands, with its length before it. */
    int first(final int record) {
        return record + HEAD_LENGTH;
    }

    /** Where the next id stands. */
    int next(final int id) {
        return GossipBody.idOffset(id) + idLength(id);
    }

    /** How long the id is that stands there. */
    int idLength(final int id) {
        return GossipBody.idLength(ring, id);
    }
}
