package io.plumtree.handlers.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Hashing;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The streams of each origin: those of its latest two incarnations. Two, because messages of a run that ended still
 * travel when the next one begins. Bounded; the origin that was quiet the longest is forgotten.
 */
final class OriginTable {
    private final Long2ObjectHashMap<Origin> originById;
    private final int maxOrigins;
    private final int maxIntervals;
    private final int maxHeld;
    private final PubSubCounters counters;
    private final Consumer<OriginStream> onDrop;
    /** Head of a ring of all origins: next is the one used last, previous the one quiet the longest. */
    private final Origin ring = new Origin();

    /**
     * A table that is empty.
     *
     * @param options  its bounds.
     * @param counters what to count in.
     * @param onDrop   told of a stream that is about to be forgotten.
     */
    OriginTable(final PubSubOptions options, final PubSubCounters counters, final Consumer<OriginStream> onDrop) {
        this.maxOrigins = options.origins();
        this.maxIntervals = options.intervals();
        this.maxHeld = options.holdbackMessages();
        this.counters = counters;
        this.onDrop = onDrop;
        // Room for all from the start, so that it never grows.
        originById = new Long2ObjectHashMap<>(maxOrigins * 2, Hashing.DEFAULT_LOAD_FACTOR);
        ring.next = ring;
        ring.previous = ring;
    }

    /** The stream; null if it is not known. */
    OriginStream find(final long originId, final long incarnation) {
        final Origin origin = originById.get(originId);
        if (origin == null) {
            return null;
        }
        if (origin.newer.incarnation == incarnation) {
            return origin.newer;
        }
        return origin.older != null && origin.older.incarnation == incarnation ? origin.older : null;
    }

    /** The latest incarnation of the origin; 0 if none is known. */
    long latest(final long originId) {
        final Origin origin = originById.get(originId);
        return origin == null ? 0 : origin.newer.incarnation;
    }

    /** Whether two later incarnations of the origin are known. */
    boolean isSuperseded(final long originId, final long incarnation) {
        final Origin origin = originById.get(originId);
        return origin != null && origin.older != null && incarnation < origin.older.incarnation;
    }

    /** The stream, made if it is not known; it must not be superseded. */
    OriginStream acquire(final long originId, final long incarnation) {
        final Origin origin = originById.get(originId);
        if (origin == null) {
            return add(originId, incarnation);
        }
        touch(origin);
        if (origin.newer.incarnation == incarnation) {
            return origin.newer;
        }
        if (origin.older != null && origin.older.incarnation == incarnation) {
            return origin.older;
        }
        final OriginStream stream;
        if (origin.older == null) {
            stream = new OriginStream(maxIntervals, maxHeld);
        } else {
            stream = origin.older;
            onDrop.accept(stream);
            counters.incarnationsDropped.incrementRelease();
        }
        stream.reset(originId, incarnation);
        if (incarnation > origin.newer.incarnation) {
            origin.older = origin.newer;
            origin.newer = stream;
        } else {
            origin.older = stream;
        }
        return stream;
    }

    int size() {
        return originById.size();
    }

    /** All streams as of now, after one that is not in the table; the latest active origins first. */
    OriginStream[] streams(final OriginStream first) {
        final List<OriginStream> streams = new ArrayList<>(2 * originById.size() + 1);
        streams.add(first);
        for (Origin origin = ring.next; origin != ring; origin = origin.next) {
            streams.add(origin.newer);
            if (origin.older != null) {
                streams.add(origin.older);
            }
        }
        return streams.toArray(new OriginStream[0]);
    }

    private OriginStream add(final long originId, final long incarnation) {
        final Origin origin;
        if (originById.size() == maxOrigins) {
            origin = ring.previous;
            evict(origin);
        } else {
            origin = new Origin();
            origin.newer = new OriginStream(maxIntervals, maxHeld);
        }
        linkFirst(origin);
        originById.put(originId, origin);
        origin.newer.reset(originId, incarnation);
        return origin.newer;
    }

    private void evict(final Origin origin) {
        if (origin.older != null) {
            onDrop.accept(origin.older);
            origin.older = null;
        }
        onDrop.accept(origin.newer);
        originById.remove(origin.newer.origin);
        unlink(origin);
        counters.originsEvicted.incrementRelease();
    }

    private void touch(final Origin origin) {
        if (ring.next != origin) {
            unlink(origin);
            linkFirst(origin);
        }
    }

    private void linkFirst(final Origin origin) {
        origin.previous = ring;
        origin.next = ring.next;
        ring.next.previous = origin;
        ring.next = origin;
    }

    private static void unlink(final Origin origin) {
        origin.previous.next = origin.next;
        origin.next.previous = origin.previous;
    }

    private static final class Origin {
        OriginStream newer;
        OriginStream older;
        Origin previous;
        Origin next;
    }
}
