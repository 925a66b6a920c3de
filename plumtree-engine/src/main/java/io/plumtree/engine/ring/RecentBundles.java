package io.plumtree.engine.ring;

import io.plumtree.api.MessageId;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.MessageCursor;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.MessageKey;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;
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
    private final MessageCursor cursor = new MessageCursor();
    private final MessageId id = new MessageId();
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

    /** Remembers which messages a broadcast is, where they are several. */
    public void add(final Broadcast bundle) {
        final int handler = bundle.key().handler();
        // The ids are shorter than the body; how much, only shows when they have been copied.
        if (HEAD_LENGTH + bundle.bodyLength() > capacity) {
            hasForgotten = true;
            return;
        }
        skipTo(HEAD_LENGTH + bundle.bodyLength());
        final int record = (int) (position & capacity - 1);
        int to = record + HEAD_LENGTH;
        cursor.begin(bundle);
        while (cursor.hasNext()) {
            final MessageId next = cursor.next().id();
            ring.putShort(to, (short) next.length(), ByteOrder.LITTLE_ENDIAN);
            next.copyTo(ring, GossipBody.idOffset(to));
            to = GossipBody.idOffset(to) + next.length();
        }
        ring.putInt(record, handler);
        ring.putInt(record + COUNT_OFFSET, bundle.count());
        final int place = placeOfOldest(hash(handler, bundle.id()));
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

    /** The bundle whose first message this is; NONE if it is not known. */
    public int find(final MessageKey key) {
        final int hash = hash(key.handler(), key.id());
        for (int i = 0; i < PLACES_TRIED; i++) {
            final long found = positions[place(hash, i)];
            if (found != NONE && found >= position - capacity) {
                final int record = (int) (found & capacity - 1);
                final int first = record + HEAD_LENGTH;
                if (ring.getInt(record) == key.handler()
                    && key.id().isSameAs(ring, GossipBody.idOffset(first), idLength(first))) {
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

    private static int hash(final int handler, final MessageId id) {
        return id.hash() + handler;
    }

    /** How many messages a bundle has. */
    public int count(final int record) {
        return ring.getInt(record + COUNT_OFFSET);
    }

    /** Where a bundle's first id stands. */
    public int first(final int record) {
        return record + HEAD_LENGTH;
    }

    /** The id that stands there: a flyweight, until the next call. */
    public MessageId id(final int at) {
        return id.wrap(ring, GossipBody.idOffset(at), idLength(at));
    }

    /** Where the id after one stands. */
    public int next(final int at) {
        return GossipBody.idOffset(at) + idLength(at);
    }

    private int idLength(final int at) {
        return GossipBody.idLength(ring, at);
    }
}
