package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.HandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Hashing;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The streams of each origin, by its runs. Two runs are established at most: by the origin itself, or since enough has
 * come of them for long enough while the one before was silent. Two, because messages of a run that ended still travel
 * when the next one begins. Two more may be claimed: what comes of them is taken in, and bars nothing. What is older
 * than both that are established is superseded, as long as one of these is heard, or the origin says so.
 *
 * <p>Bounded. Origins of which little has come and that are no members are newcomers: where there are too many origins,
 * and more than a quarter of them are newcomers, one of these is forgotten, the one quiet the longest. Otherwise it is
 * the other that was quiet the longest, members last.
 */
final class OriginTable {
    private static final int NEWCOMERS_PART = 4;
    private static final int MAX_ESTABLISHED = 2;
    private static final int MAX_CLAIMED = Origin.MAX_RUNS - MAX_ESTABLISHED;
    /** How many are passed over at most, when one is to be forgotten. */
    private static final int MAX_CHANCES = 16;

    private final Long2ObjectHashMap<Origin> originById;
    private final int maxOrigins;
    private final int maxNewcomers;
    private final int maxIntervals;
    private final int maxHeld;
    private final HandlerContext context;
    private final PubSubCounters counters;
    private final Consumer<OriginStream> onDrop;
    /** Heads of rings: next is the one heard of last, previous the one quiet the longest. */
    private final Origin regulars = new Origin();
    private final Origin newcomers = new Origin();
    private int newcomerCount;

    /**
     * A table that is empty.
     *
     * @param options  its bounds.
     * @param context  knows members and their runs.
     * @param counters what to count in.
     * @param onDrop   told of a stream that is about to be forgotten.
     */
    OriginTable(
        final PubSubOptions options,
        final HandlerContext context,
        final PubSubCounters counters,
        final Consumer<OriginStream> onDrop) {
        this.maxOrigins = options.origins();
        this.maxNewcomers = Math.max(1, maxOrigins / NEWCOMERS_PART);
        this.maxIntervals = options.intervals();
        this.maxHeld = options.holdbackMessages();
        this.context = context;
        this.counters = counters;
        this.onDrop = onDrop;
        // Room for all from the start, so that it never grows.
        originById = new Long2ObjectHashMap<>(maxOrigins * 2, Hashing.DEFAULT_LOAD_FACTOR);
    }

    /** The stream; null if it is not known. */
    OriginStream find(final long originId, final long incarnation) {
        final Origin origin = originById.get(originId);
        return origin == null ? null : origin.find(incarnation);
    }

    /** The latest established incarnation of the origin; 0 if none is known. */
    long latest(final long originId) {
        final Origin origin = originById.get(originId);
        return origin == null ? 0 : origin.latestEstablished();
    }

    /** The latest incarnation of the origin that is established, or heard; 0 if none is. */
    long latestHeard(final long originId, final long nowNs) {
        final Origin origin = originById.get(originId);
        long latest = 0;
        for (int i = 0; origin != null && i < origin.runCount; i++) {
            final OriginStream run = origin.runs[i];
            final boolean counts = run.isEstablished || nowNs - run.heardNs < OriginStream.HEAL_NS;
            latest = counts ? Math.max(latest, run.incarnation) : latest;
        }
        return latest;
    }

    /** Whether a run is established here. */
    boolean isEstablished(final long originId, final long incarnation) {
        final OriginStream stream = find(originId, incarnation);
        return stream != null && stream.isEstablished;
    }

    /** Whether two later incarnations of the origin are established, one of them heard, or told by the origin. */
    boolean isSuperseded(final long originId, final long incarnation, final long nowNs) {
        final Origin origin = originById.get(originId);
        if (origin == null || origin.runCount < MAX_ESTABLISHED || origin.find(incarnation) != null) {
            return false;
        }
        final long confirmed = context.confirmedIncarnation(originId);
        int later = 0;
        boolean isHeard = false;
        for (int i = 0; i < origin.runCount; i++) {
            final OriginStream run = origin.runs[i];
            if (run.isEstablished && run.incarnation > incarnation) {
                later++;
                isHeard |= confirmed >= run.incarnation || nowNs - run.heardNs < OriginStream.HEAL_NS;
            }
        }
        return later == MAX_ESTABLISHED && isHeard && confirmed != incarnation;
    }

    /** A stream that is not known yet; it must not be superseded. {@link #onMessage} follows. */
    OriginStream add(final long originId, final long incarnation) {
        Origin origin = originById.get(originId);
        if (origin == null) {
            origin = addOrigin(originId);
        }
        OriginStream stream = claimToReplace(origin);
        if (stream == null) {
            stream = new OriginStream(origin, maxIntervals, maxHeld);
            origin.add(stream);
        } else if (stream.incarnation != 0) {
            drop(stream);
        }
        stream.reset(originId, incarnation);
        return stream;
    }

    /** This node's own run that has ended. */
    OriginStream addOwn(final long originId, final long incarnation, final long nowNs) {
        final OriginStream known = find(originId, incarnation);
        final OriginStream stream = known == null ? add(originId, incarnation) : known;
        onMessage(stream, nowNs);
        if (!stream.isEstablished) {
            establish(stream);
        }
        return stream;
    }

    /** Something new has come in a stream. */
    void onMessage(final OriginStream stream, final long nowNs) {
        final Origin origin = stream.owner;
        final Origin ring = origin.isRegular ? regulars : newcomers;
        if (ring.next != origin) {
            origin.unlink();
            origin.linkAfter(ring);
        }
        if (origin.runs[0] != stream) {
            origin.first(stream);
        }
        if (!stream.isSettled) {
            weigh(origin, stream, nowNs);
        }
        stream.heardNs = nowNs;
    }

    int size() {
        return originById.size();
    }

    /** All streams as of now, after one that is not in the table; the latest active origins first. */
    OriginStream[] streams(final OriginStream first) {
        final List<OriginStream> streams = new ArrayList<>(2 * originById.size() + 1);
        streams.add(first);
        addStreams(regulars, streams);
        addStreams(newcomers, streams);
        return streams.toArray(new OriginStream[0]);
    }

    private static void addStreams(final Origin ring, final List<OriginStream> streams) {
        for (Origin origin = ring.next; origin != ring; origin = origin.next) {
            for (int i = 0; i < origin.runCount; i++) {
                streams.add(origin.runs[i]);
            }
        }
    }

    private void weigh(final Origin origin, final OriginStream stream, final long nowNs) {
        if (stream.weighed == 0) {
            stream.firstNs = nowNs;
        }
        stream.weighed++;
        if (!stream.isEstablished && (context.confirmedIncarnation(origin.id) == stream.incarnation
            || isBorneOut(origin, stream, nowNs))) {
            establish(stream);
        }
        if (!origin.isRegular && (stream.weighed >= OriginStream.ENOUGH || context.isMember(origin.id))) {
            makeRegular(origin);
        }
        stream.isSettled = stream.isEstablished && origin.isRegular;
    }

    /** Whether enough has come for long enough, and nothing meanwhile of those that are established. */
    private static boolean isBorneOut(final Origin origin, final OriginStream stream, final long nowNs) {
        for (int i = 0; i < origin.runCount; i++) {
            if (origin.runs[i].isEstablished && origin.runs[i].heardNs - stream.firstNs > 0) {
                stream.firstNs = nowNs;
            }
        }
        return stream.weighed >= OriginStream.ENOUGH && nowNs - stream.firstNs >= OriginStream.HEAL_NS;
    }

    private void establish(final OriginStream stream) {
        final Origin origin = stream.owner;
        if (origin.establishedCount() == MAX_ESTABLISHED) {
            final OriginStream quiet = quietest(origin);
            drop(quiet);
            origin.remove(quiet);
        }
        stream.isEstablished = true;
    }

    /** The one of the established runs that was quiet the longest, and is not the one that the origin speaks of. */
    private OriginStream quietest(final Origin origin) {
        final long confirmed = context.confirmedIncarnation(origin.id);
        OriginStream quiet = null;
        for (int i = 0; i < origin.runCount; i++) {
            final OriginStream run = origin.runs[i];
            if (run.isEstablished && run.incarnation != confirmed && (quiet == null || isQuieter(run, quiet))) {
                quiet = run;
            }
        }
        return quiet;
    }

    private static boolean isQuieter(final OriginStream run, final OriginStream than) {
        final long earlierNs = than.heardNs - run.heardNs;
        return earlierNs > 0 || earlierNs == 0 && run.incarnation < than.incarnation;
    }

    /** The claimed run that gives way to another one: of which least has come; null if there is room. */
    private static OriginStream claimToReplace(final Origin origin) {
        OriginStream least = null;
        int claimed = 0;
        for (int i = 0; i < origin.runCount; i++) {
            final OriginStream run = origin.runs[i];
            if (run.incarnation == 0) {
                return run;
            }
            if (!run.isEstablished) {
                claimed++;
                final boolean isLess = least == null || run.weighed < least.weighed
                    || run.weighed == least.weighed && isQuieter(run, least);
                least = isLess ? run : least;
            }
        }
        return claimed < MAX_CLAIMED ? null : least;
    }

    private Origin addOrigin(final long originId) {
        final Origin origin;
        if (originById.size() == maxOrigins) {
            origin = evict(toForget());
        } else {
            origin = new Origin();
        }
        origin.id = originId;
        origin.isRegular = false;
        origin.hadChance = false;
        origin.linkAfter(newcomers);
        newcomerCount++;
        originById.put(originId, origin);
        return origin;
    }

    private void makeRegular(final Origin origin) {
        origin.isRegular = true;
        newcomerCount--;
        origin.unlink();
        origin.linkAfter(regulars);
    }

    private Origin toForget() {
        if (newcomerCount > maxNewcomers || regulars.next == regulars) {
            final Origin newcomer = quietNewcomer();
            if (newcomer != null) {
                return newcomer;
            }
        }
        for (int i = 0; i < MAX_CHANCES; i++) {
            final Origin quiet = regulars.previous;
            if (quiet == regulars || !context.isMember(quiet.id)) {
                break;
            }
            quiet.unlink();
            quiet.linkAfter(regulars);
        }
        final Origin quiet = regulars.previous;
        return newcomerCount > 0 && context.isMember(quiet.id) ? newcomers.previous : quiet;
    }

    /** One of which a single message has come rather than more; null if all were members. */
    private Origin quietNewcomer() {
        for (int i = 0; i < MAX_CHANCES && newcomers.previous != newcomers; i++) {
            final Origin quiet = newcomers.previous;
            if (context.isMember(quiet.id)) {
                makeRegular(quiet);
            } else if (quiet.weighed() > 1 && !quiet.hadChance) {
                quiet.hadChance = true;
                quiet.unlink();
                quiet.linkAfter(newcomers);
            } else {
                return quiet;
            }
        }
        return newcomers.previous == newcomers ? null : newcomers.previous;
    }

    /** Forgets an origin; what held it is free for another one, with one stream in it. */
    private Origin evict(final Origin origin) {
        while (origin.runCount > 1) {
            final OriginStream run = origin.runs[origin.runCount - 1];
            onDrop.accept(run);
            origin.remove(run);
        }
        onDrop.accept(origin.runs[0]);
        origin.runs[0].reset(0, 0);
        originById.remove(origin.id);
        origin.unlink();
        newcomerCount -= origin.isRegular ? 0 : 1;
        counters.originsEvicted.incrementRelease();
        return origin;
    }

    private void drop(final OriginStream stream) {
        onDrop.accept(stream);
        counters.incarnationsDropped.incrementRelease();
    }
}
