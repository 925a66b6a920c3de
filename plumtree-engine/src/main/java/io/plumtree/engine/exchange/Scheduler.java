package io.plumtree.engine.exchange;

import io.plumtree.handlers.spi.ExchangeEnd;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Says when exchanges are started, and with whom (the reference's {@code maybe_exchange}): at every tick one peer is
 * chosen, and each handler in turn starts an exchange with it. Those that are due are started in between.
 *
 * <p>The first tick comes at once after the first link, so that who joins late learns what was before while its
 * handlers still wait for it, and one comes soon after links have come back; a burst of them brings one tick.
 *
 * <p>A handler that lacks something may ask for exchanges: then they follow, four a second at most, with each peer that
 * was not asked since.
 */
final class Scheduler {
    /** An early tick comes within this time, at a random point, since all nodes see a partition heal at once. */
    static final long EARLY_TICK_NS = TimeUnit.SECONDS.toNanos(1);

    /** The first tick comes within this time: less than a handler would wait before it gives up a gap. */
    static final long FIRST_TICK_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How often it is looked whether those that are due can be served, if nothing else happens. */
    private static final long DUE_CHECK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Exchanges that handlers ask for come no more often than that, and at random points, as ticks do. */
    static final long REQUEST_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** They are had one at a time; but one that takes longer holds up no other. */
    static final long REQUEST_PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final ExchangePort port;
    private final int limit;
    private final RandomGenerator random;
    private final PeerChoice choice;
    private final DuePeers due;
    private final AskedPeers askedPeers;
    /** A bit for each handler that has asked for an exchange. */
    private long requested;
    /** By handler: since when it lacks something; the latest that it has named. */
    private final long[] lackingSinceNs = new long[Long.SIZE];
    private boolean isRequestPausing;
    private long nextRequestNs;
    private volatile long tickPeriodNs;
    /** The period as it was when last looked at. */
    private long periodNs;
    private boolean isArmed;
    private boolean hasTicked;
    private long lastTickNs;
    private long nextTickNs;
    private int firstHandler;

    Scheduler(
        final ExchangePort port, final DuePeers due, final ExchangeSettings settings, final RandomGenerator random) {
        this.port = port;
        this.random = random;
        this.choice = new PeerChoice(port, settings.selection(), random);
        this.due = due;
        this.askedPeers = new AskedPeers(port);
        this.limit = settings.limit();
        this.tickPeriodNs = settings.tickPeriodNs();
        this.periodNs = tickPeriodNs;
    }

    /** Any thread. */
    long tickPeriodNs() {
        return tickPeriodNs;
    }

    /** Any thread. */
    void tickPeriodNs(final long newPeriodNs) {
        tickPeriodNs = newPeriodNs;
    }

    boolean isMarked(final int peer) {
        return due.contains(peer);
    }

    /**
     * Whether an exchange of a handler's is due, or there is a peer that was not asked since then. Not where this node
     * starts none, or only those that peers are marked for.
     */
    boolean isPending(final int handler, final long sinceNs, final long nowNs) {
        return limit > 0 && (due.isDue(handler) || periodNs > 0 && askedPeers.isPending(handler, sinceNs, nowNs));
    }

    /** A handler lacks something since then: peers are asked before the next ticks. */
    void request(final int handler, final long sinceNs) {
        final long bit = 1L << handler;
        if ((requested & bit) == 0 || sinceNs - lackingSinceNs[handler] > 0) {
            lackingSinceNs[handler] = sinceNs;
        }
        requested |= bit;
    }

    void onLinkUp(final int peer, final long nowNs) {
        choice.onLinkUp(peer);
        askedPeers.onLinkUp(peer);
        bringForward(nowNs);
    }

    void onLinkDown(final int peer, final boolean mayReturn, final long nowNs) {
        askedPeers.onLinkDown(peer, mayReturn, nowNs);
    }

    void onPeerRemoved(final int peer) {
        choice.onPeerRemoved(peer);
        due.onPeerRemoved(peer);
    }

    void onEnd(final RunningExchange session, final ExchangeEnd end, final boolean isBusy, final long nowNs) {
        askedPeers.onEnd(session, end, isBusy, nowNs);
        final boolean wasDue = session.occasion != Occasion.TICK;
        // The peer lacks still what it was marked for.
        final boolean hasFailed =
            session.isNeeded() && (end == ExchangeEnd.FAILED || end == ExchangeEnd.TIMED_OUT);
        final boolean isDueAgain = wasDue && (isBusy || end == ExchangeEnd.LINK_LOST) || hasFailed ||
            session.isInitiator && session.wantsAgain() && end == ExchangeEnd.COMPLETED;
        if (isDueAgain) {
            due.again(session.peer, session.handler, session.isNeeded());
        }
        if (isDueAgain || wasDue) {
            due.pause(session.peer, hasFailed ? DuePeers.FAILED_PAUSE_NS : DuePeers.PAUSE_NS, nowNs);
        }
        // What was marked since it began is left to the next one, and not far behind.
        final boolean isDone = !due.contains(session.peer) || end == ExchangeEnd.COMPLETED && !session.wantsAgain();
        if (session.isInitiator && (isDone || end == ExchangeEnd.COMPLETED)) {
            port.onExchanged(session.peer, isDone);
        }
    }

    int doWork(final Exchanges exchanges, final long nowNs) {
        int workCount = 0;
        if (periodNs != tickPeriodNs) {
            onPeriodChanged(nowNs);
        }
        if (!due.isEmpty()) {
            workCount += due.serve(exchanges, nowNs);
        }
        if (requested != 0) {
            workCount += serveRequests(exchanges, nowNs);
        }
        if (isArmed && nowNs - nextTickNs >= 0) {
            hasTicked = true;
            lastTickNs = nowNs;
            nextTickNs = nowNs + periodNs;
            workCount += tick(exchanges, nowNs);
        }
        return workCount;
    }

    /** How long until there may be something to start. */
    long waitNs(final long nowNs) {
        if (periodNs != tickPeriodNs) {
            return 0;
        }
        // Those that are due may wait for a link, a pause or a handler.
        final long dueNs = !due.isAnyUp() && requested == 0 ? Long.MAX_VALUE : DUE_CHECK_NS;
        return isArmed ? Math.min(dueNs, nextTickNs - nowNs) : dueNs;
    }

    /** Handlers ask again as long as they lack something. */
    private int serveRequests(final Exchanges exchanges, final long nowNs) {
        final long bits = requested;
        requested = 0;
        isRequestPausing = isRequestPausing && nowNs - nextRequestNs < 0;
        if (isRequestPausing || periodNs == 0) {
            return 0;
        }
        int count = 0;
        for (long left = bits; left != 0 && exchanges.isBelowLimit(); left &= left - 1) {
            final int handler = Long.numberOfTrailingZeros(left);
            final int peer = exchanges.running().isHandlerBusySince(handler, nowNs - REQUEST_PATIENCE_NS) ?
                AskedPeers.NONE : askedPeers.next(exchanges, handler, lackingSinceNs[handler], nowNs);
            if (peer != AskedPeers.NONE) {
                port.count(ExchangeCounter.REQUESTED, 1);
                exchanges.start(handler, peer, Occasion.TICK, nowNs);
                count++;
            }
        }
        if (count > 0) {
            isRequestPausing = true;
            nextRequestNs = nowNs + REQUEST_PERIOD_NS / 2 + random.nextLong(REQUEST_PERIOD_NS / 2);
        }
        return count;
    }

    private int tick(final Exchanges exchanges, final long nowNs) {
        final int peer = choice.next();
        final int handlers = port.handlerCount();
        int count = 0;
        if (peer != PeerChoice.NONE) {
            int i = 0;
            for (; i < handlers && exchanges.isBelowLimit(); i++) {
                final int handler = firstHandler;
                firstHandler = (firstHandler + 1) % handlers;
                if (!exchanges.running().isHandlerBusy(handler)) {
                    exchanges.start(handler, peer, Occasion.TICK, nowNs);
                    count++;
                }
            }
            if (i < handlers && exchanges.initiatedCount() > 0) {
                port.count(ExchangeCounter.LIMITED, 1);
            }
        }
        return count;
    }

    private void onPeriodChanged(final long nowNs) {
        periodNs = tickPeriodNs;
        isArmed = periodNs > 0;
        nextTickNs = nowNs + random.nextLong(Math.max(1, periodNs));
    }

    private void bringForward(final long nowNs) {
        if (periodNs == 0) {
            return;
        }
        final long earlyNs = Math.min(periodNs, hasTicked ? EARLY_TICK_NS : FIRST_TICK_NS);
        final long sinceTickNs = hasTicked ? nowNs - lastTickNs : earlyNs;
        final long earlyTickNs = nowNs + Math.max(0, earlyNs - sinceTickNs) + random.nextLong(earlyNs);
        if (!isArmed || nextTickNs - earlyTickNs > 0) {
            isArmed = true;
            nextTickNs = earlyTickNs;
        }
    }
}
