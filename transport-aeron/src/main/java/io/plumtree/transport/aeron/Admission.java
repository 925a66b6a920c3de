package io.plumtree.transport.aeron;

import io.aeron.exceptions.StorageSpaceException;
import io.aeron.logbuffer.LogBufferDescriptor;
import io.aeron.protocol.SetupFlyweight;
import io.plumtree.api.LogLimit;
import io.plumtree.api.TokenBucket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.NanoClock;

/**
 * Which publications elsewhere get an image here, and for how long. An image makes the driver take a log's room, a
 * descriptor and four counters, on the engine's thread: so there are so many at a time, from one address, and a second.
 * Strangers can't take all of it: a part of the places and of the rate is kept for those that have been confirmed, and
 * for addresses to which this node has links. Who sends from there has shown that it does: see {@link AddressProofs}.
 *
 * <p>For the driver's thread; as long-lived as the driver.
 */
final class Admission {
    /** Of all places, those of strangers. */
    private static final int STRANGERS_PART = 3;
    /** Of the strangers' places and rate, what one address may have. */
    private static final int SOURCE_PLACES_PART = 2;
    private static final int SOURCE_RATE_PART = 4;
    /** A setting that does not go with this node's is told of so often for each address, and for so many of them. */
    private static final long MISFIT_PERIOD_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int MAX_MISFITS = 16;
    /** An image that was given up is gone by then, many times over. */
    private static final int LOST_FACTOR = 10;
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int PAGE_LENGTH = LogBufferDescriptor.PAGE_MIN_SIZE;

    private final AeronTransportOptions options;
    private final int windowLength;
    private final TransportCounters counters;
    private final ErrorFunnel errors;
    private final LongSupplier usableSpace;
    private final int maxSessions;
    private final int maxStrangers;
    private final int maxPerSource;
    private final int perSecond;
    private final TokenBucket knownRate;
    private final TokenBucket strangersRate;
    private final Asking askingStrangers;
    /** A peer whose image has gone has to be asked before it begins anew, whoever else sends here. */
    private final Asking askingPeers;
    private final LogLimit misfits = new LogLimit(MISFIT_PERIOD_NS, 1, MAX_MISFITS);
    private final Long2ObjectHashMap<RemoteSession> sessions = new Long2ObjectHashMap<>();
    private final Map<InetAddress, RemoteSource> sources = new HashMap<>();
    private int strangers;
    private int unconfirmed;
    private long unconfirmedLength;
    /** What the last datagram was of: most come in a row. */
    private RemoteSession last;
    private final NanoClock clock;
    private final long unconfirmedTimeoutNs;
    /** Those whose images have gone, but not all that was theirs; the first is free first. */
    private final ArrayDeque<RemoteSession> resting = new ArrayDeque<>();
    private final long restNs;
    private final ArrayList<RemoteSession> overdue = new ArrayList<>();
    /** Those of which nobody will say that their images have gone: the client could not take them in. */
    private final ArrayList<RemoteSession> lost = new ArrayList<>();
    private long lookNs;

    Admission(
        final AeronTransportOptions options,
        final int windowLength,
        final TransportCounters counters,
        final ErrorFunnel errors,
        final LongSupplier usableSpace,
        final NanoClock clock) {
        this.clock = clock;
        this.restNs = options.timeouts().imageLivenessTimeoutNs() + 2 * options.timeouts().timerIntervalNs();
        this.unconfirmedTimeoutNs = options.sessions().unconfirmedTimeoutNs();
        this.options = options;
        this.windowLength = windowLength;
        this.counters = counters;
        this.errors = errors;
        this.usableSpace = usableSpace;
        maxSessions = maxSessions(options);
        maxStrangers = Math.max(1, maxSessions / STRANGERS_PART);
        maxPerSource = options.sessions().maxSessionsPerSource() == 0 ?
            Math.max(1, maxStrangers / SOURCE_PLACES_PART) : options.sessions().maxSessionsPerSource();
        perSecond = options.sessions().maxSessionRate();
        final long nowNs = clock.nanoTime();
        lookNs = nowNs;
        knownRate = new TokenBucket(maxSessions, perSecond, nowNs);
        strangersRate = new TokenBucket(Math.min(maxStrangers, perSecond), perSecond, nowNs);
        askingStrangers = new Asking(maxSessions, perSecond, counters, nowNs);
        askingPeers = new Asking(maxSessions, perSecond, counters, nowNs);
    }

    /** How many there may be at a time: half as many again as links, of which the links' peers have theirs. */
    static int maxSessions(final AeronTransportOptions options) {
        final int given = options.sessions().maxSessions();
        return given == 0 ? options.maxLinks() + (options.maxLinks() + 1) / 2 : given;
    }

    /** What has been let in of that name; null if nothing has. */
    RemoteSession find(final int streamId, final int sessionId) {
        final RemoteSession before = last;
        if (before != null && before.sessionId == sessionId && before.streamId == streamId) {
            return before;
        }
        final RemoteSession session = sessions.get(RemoteSession.key(streamId, sessionId));
        if (session != null) {
            last = session;
        }
        return session;
    }

    /** Whether any is open that has not been confirmed. */
    boolean hasUnconfirmed() {
        return unconfirmed > 0;
    }

    long unconfirmedTimeoutNs() {
        return unconfirmedTimeoutNs;
    }

    long nowNs() {
        return clock.nanoTime();
    }

    /** Whether what says that it begins there can be, and goes with this node's settings. */
    boolean canBe(final SetupFlyweight setup, final InetSocketAddress address) {
        final TransportCounter refusal =
            SetupChecks.refusal(setup, options.termLength(), options.mtuLength(), windowLength);
        if (refusal != null) {
            tellMisfit(refusal, setup, address, nowNs());
            counters.increment(refusal);
        }
        return refusal == null;
    }

    /**
     * A new session for what begins on a stream that is listened to; null if it is refused. It can be, and its sender
     * has shown that it is at that address.
     */
    RemoteSession admit(
        final WakingReceiveEndpoint endpoint, final SetupFlyweight setup, final InetSocketAddress address) {
        final long nowNs = clock.nanoTime();
        releaseRested(nowNs);
        final boolean isConfirmed = hasConfirmed(address);
        final RemoteSource source = source(address.getAddress(), nowNs);
        final boolean isStranger = !isConfirmed && !source.isKnown();
        final long logLength = LogBufferDescriptor.computeLogLength(setup.termLength(), PAGE_LENGTH);
        final TransportCounter limit = limit(source, isStranger, logLength, nowNs);
        if (limit != null) {
            releaseUnused(source);
            return refuse(limit);
        }
        final RemoteSession session = new RemoteSession(
            endpoint, setup.streamId(), setup.sessionId(), address, source, logLength, nowNs);
        session.isStranger = isStranger;
        session.isConfirmed = isConfirmed;
        add(session);
        return session;
    }

    private TransportCounter limit(
        final RemoteSource source, final boolean isStranger, final long logLength, final long nowNs) {
        if (sessions.size() + resting.size() >= maxSessions || isStranger && strangers >= maxStrangers) {
            return TransportCounter.SETUPS_REFUSED_PLACES;
        }
        if (isStranger && source.sessions >= maxPerSource) {
            return TransportCounter.SETUPS_REFUSED_SOURCE;
        }
        final TokenBucket rate = isStranger ? strangersRate : knownRate;
        if (!rate.has(nowNs) || isStranger && !source.rate.has(nowNs)) {
            return TransportCounter.SETUPS_REFUSED_RATE;
        }
        if (!hasRoom(logLength, isStranger)) {
            return TransportCounter.SETUPS_REFUSED_ROOM;
        }
        rate.take(nowNs);
        source.rate.take(nowNs);
        return null;
    }

    /**
     * Leaves room for a log of this node's own. What is not there although no stranger takes any of it is lacking
     * indeed, and the transport's own business.
     */
    private boolean hasRoom(final long logLength, final boolean isStranger) {
        final long needed = logLength + LogBufferDescriptor.computeLogLength(options.termLength(), PAGE_LENGTH);
        final long usable = usableSpace.getAsLong();
        if (usable >= needed) {
            return true;
        }
        if (!isStranger && usable + unconfirmedLength < needed) {
            errors.onError(new StorageSpaceException("no room for what a peer sends: " + usable + " bytes free"));
        }
        return false;
    }

    private RemoteSession refuse(final TransportCounter reason) {
        counters.increment(reason);
        return null;
    }

    /** What could be, but is more than here, is somebody's mistake, who would like to know. */
    private void tellMisfit(
        final TransportCounter reason, final SetupFlyweight setup, final InetSocketAddress address, final long nowNs) {
        final String what;
        if (reason == TransportCounter.SETUPS_REFUSED_TERM_LENGTH && setup.termLength() > options.termLength()) {
            what = "terms have " + setup.termLength() + " bytes, which does not go with "
                + AeronTransportOptions.TERM_LENGTH_PROPERTY + '=' + options.termLength();
        } else if (reason == TransportCounter.SETUPS_REFUSED_MTU_LENGTH && setup.mtuLength() > options.mtuLength()) {
            what = "datagrams have up to " + setup.mtuLength() + " bytes, which does not go with "
                + AeronTransportOptions.MTU_LENGTH_PROPERTY + '=' + options.mtuLength();
        } else {
            return;
        }
        final String host = address.getAddress().getHostAddress();
        if (misfits.admit(reason.label() + host, nowNs) != LogLimit.LEAVE_OUT) {
            errors.warn("refused what " + host + ':' + address.getPort() + " sends: its " + what
                + " here; give both nodes the same");
        }
    }

    /** Whether another session from the same socket has been confirmed: of one sender all have one. */
    private boolean hasConfirmed(final InetSocketAddress address) {
        for (final RemoteSession session : sessions.values()) {
            if (session.isConfirmed && session.address.equals(address)) {
                return true;
            }
        }
        return false;
    }

    private void add(final RemoteSession session) {
        sessions.put(session.key(), session);
        session.source.sessions++;
        strangers += session.isStranger ? 1 : 0;
        if (!session.isConfirmed) {
            unconfirmed++;
            unconfirmedLength += session.logLength;
        }
    }

    /** Its image could not be made. */
    void remove(final RemoteSession session) {
        if (forget(session)) {
            release(session);
        }
    }

    /** Its sender has begun anew before anybody said that its image had gone: it keeps what it was. */
    void renew(final RemoteSession former) {
        onImageGone(former);
        final RemoteSession session = new RemoteSession(
            former.endpoint, former.streamId, former.sessionId, former.address, former.source, former.logLength,
            clock.nanoTime());
        session.isStranger = former.isStranger;
        session.isConfirmed = former.isConfirmed;
        add(session);
    }

    /** Its image has gone; the driver keeps the log and the counters for as long as a sender may be silent. */
    void onImageGone(final RemoteSession session) {
        if (forget(session)) {
            session.restUntilNs = clock.nanoTime() + restNs;
            resting.add(session);
        }
    }

    private boolean forget(final RemoteSession session) {
        if (sessions.get(session.key()) != session) {
            return false;
        }
        sessions.remove(session.key());
        last = null;
        unconfirmed -= session.isConfirmed ? 0 : 1;
        return true;
    }

    private void release(final RemoteSession session) {
        session.source.sessions--;
        releaseUnused(session.source);
        strangers -= session.isStranger ? 1 : 0;
        unconfirmedLength -= session.isConfirmed ? 0 : session.logLength;
    }

    private void releaseRested(final long nowNs) {
        RemoteSession first = resting.peek();
        while (first != null && nowNs - first.restUntilNs >= 0) {
            release(resting.poll());
            first = resting.peek();
        }
    }

    /** Who sends there is known, on whatever stream. */
    void confirm(final RemoteSession confirmed) {
        for (final RemoteSession session : sessions.values()) {
            if (!session.isConfirmed && session.address.equals(confirmed.address)) {
                session.isConfirmed = true;
                unconfirmed--;
                unconfirmedLength -= session.logLength;
                strangers -= session.isStranger ? 1 : 0;
                session.isStranger = false;
            }
        }
    }

    /** Whether the driver may ask who sends what it knows nothing of. */
    boolean mayAsk(final int streamId, final int sessionId, final InetSocketAddress address) {
        final RemoteSource source = sources.get(address.getAddress());
        final Asking asking = source != null && source.isKnown() ? askingPeers : askingStrangers;
        return asking.mayAsk(RemoteSession.key(streamId, sessionId), clock.nanoTime());
    }

    /** Gives up what nobody has confirmed for too long; to be called again and again. Tells how many that were. */
    int giveUpOverdue() {
        if (unconfirmed == 0) {
            return 0;
        }
        final long nowNs = clock.nanoTime();
        if (nowNs - lookNs < 0) {
            return 0;
        }
        lookNs = nowNs + LOOK_INTERVAL_NS;
        for (final RemoteSession session : sessions.values()) {
            final long ageNs = nowNs - session.beginNs;
            if (!session.isConfirmed && !session.isGivenUp && ageNs >= unconfirmedTimeoutNs) {
                session.isGivenUp = true;
                overdue.add(session);
            } else if (session.isGivenUp && ageNs >= unconfirmedTimeoutNs + LOST_FACTOR * restNs) {
                lost.add(session);
            }
        }
        for (int i = 0; i < lost.size(); i++) {
            onImageGone(lost.get(i));
        }
        lost.clear();
        final int count = overdue.size();
        if (count > 0) {
            counters.add(TransportCounter.SESSIONS_GIVEN_UP, count);
            giveUp();
        }
        return count;
    }

    /** Those of one stream at once. */
    private void giveUp() {
        for (int i = 0; i < overdue.size(); i++) {
            final RemoteSession session = overdue.get(i);
            boolean isFirst = true;
            for (int j = 0; j < i && isFirst; j++) {
                isFirst = overdue.get(j).streamId != session.streamId;
            }
            if (isFirst) {
                session.endpoint.forgetStrangers(session.streamId);
            }
        }
        overdue.clear();
    }

    Iterable<RemoteSession> sessions() {
        return sessions.values();
    }

    /** A link has an address that is sent to. */
    void onLinkOpened(final InetAddress address) {
        source(address, clock.nanoTime()).links++;
    }

    void onLinkClosed(final InetAddress address) {
        final RemoteSource source = sources.get(address);
        if (source != null) {
            source.links--;
            releaseUnused(source);
        }
    }

    private RemoteSource source(final InetAddress address, final long nowNs) {
        RemoteSource source = sources.get(address);
        if (source == null) {
            final int rate = Math.max(1, perSecond / SOURCE_RATE_PART);
            source = new RemoteSource(address, new TokenBucket(Math.min(maxPerSource, rate), rate, nowNs));
            sources.put(address, source);
        }
        return source;
    }

    private void releaseUnused(final RemoteSource source) {
        if (source.sessions == 0 && source.links == 0) {
            sources.remove(source.address);
        }
    }
}
