package io.plumtree.engine.exchange;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;

/** The exchanges of a node: those that it has initiated, and those of peers that it takes part in. */
public final class Exchanges {
    private final RunningExchanges running = new RunningExchanges();
    private final ExchangePort port;
    private final ExchangeSettings settings;
    private final Frames frames;
    private final PendingCloses closes;
    private final HandlerCalls calls;
    private final Scheduler scheduler;
    private final PeerFrames peerFrames;
    private long nextId = 1;
    private boolean isStopped;
    private long nowNs;

    /**
     * No exchanges yet.
     *
     * @param port     the node.
     * @param due      with whom exchanges are due; marked by those who find that a peer lacks something.
     * @param settings what to know.
     * @param random   chooses peers and spreads ticks.
     */
    public Exchanges(
        final ExchangePort port, final DuePeers due, final ExchangeSettings settings, final RandomGenerator random) {
        this.port = port;
        this.settings = settings;
        this.frames = new Frames(port, settings.cluster());
        this.closes = new PendingCloses(port, frames);
        this.calls = new HandlerCalls(port);
        this.scheduler = new Scheduler(port, due, settings, random);
        this.peerFrames = new PeerFrames(this, port, settings, frames, closes, calls);
    }

    /**
     * Where frames of peers go.
     *
     * @return for the engine's thread.
     */
    public PeerFrames peerFrames() {
        return peerFrames;
    }

    // ---- the duty cycle

    /**
     * Starts what is to be started, and lets go on what runs.
     *
     * @param timeNs the time.
     * @return how much was done.
     */
    public int doWork(final long timeNs) {
        nowNs = timeNs;
        int workCount = 0;
        for (int i = running.size() - 1; i >= 0; i--) {
            workCount += step(running.get(i));
        }
        running.rotate();
        workCount += running.reap();
        if (!closes.isEmpty()) {
            workCount += closes.send(timeNs);
        }
        return isStopped ? workCount : workCount + scheduler.doWork(this, timeNs);
    }

    /**
     * Whether there is nothing that each cycle has to look at: no exchange runs, and no end of one is to be sent.
     *
     * @return true if so.
     */
    public boolean isQuiet() {
        return running.isEmpty() && !running.hasLingering() && closes.isEmpty();
    }

    /**
     * How long until exchanges may be started, while none runs.
     *
     * @param timeNs the time.
     * @return nanoseconds; 0 or less if that is due, {@link Long#MAX_VALUE} if none will be.
     */
    public long waitNs(final long timeNs) {
        return isStopped ? Long.MAX_VALUE : scheduler.waitNs(timeNs);
    }

    private int step(final RunningExchange session) {
        if (nowNs - session.startNs >= settings.timeoutNs()) {
            end(session, ExchangeEnd.TIMED_OUT, ExchangeCloseCode.TIMED_OUT);
            return 1;
        }
        if (settle(session)) {
            return 1;
        }
        if (session.state == RunningExchange.State.OPENING) {
            return open(session) ? 1 : 0;
        }
        int workCount = session.channel == null ? stepListener(session) : stepTask(session);
        if (session.state == RunningExchange.State.OPEN && returnCredit(session)) {
            workCount++;
        }
        return workCount;
    }

    private int stepListener(final RunningExchange session) {
        final int workCount = calls.doWork(session, nowNs);
        return settle(session) ? workCount + 1 : workCount;
    }

    private int stepTask(final RunningExchange session) {
        final TaskChannel channel = session.channel;
        // Looked at first: what a task sends, it sends before it is done.
        final boolean isDone = channel.isDone();
        if (isDone && channel.failure() != null) {
            calls.onFailure(session, "an exchange's task", channel.failure());
            settle(session);
            return 1;
        }
        final int workCount = channel.drain(this);
        if (isDone && channel.isDrained()) {
            session.complete();
            settle(session);
            return workCount + 1;
        }
        return workCount;
    }

    /** Does what opens the exchange from this side, until the link takes it. */
    private boolean open(final RunningExchange session) {
        if (session.isInitiator) {
            if (!session.isRequested && frames.open(session, settings.windowLength())) {
                session.isRequested = true;
                session.receiveLimit = settings.windowLength();
                return true;
            }
            return false;
        }
        if (!frames.credit(session, settings.windowLength())) {
            return false;
        }
        session.receiveLimit = settings.windowLength();
        onOpen(session);
        return true;
    }

    void onOpen(final RunningExchange session) {
        session.state = RunningExchange.State.OPEN;
        if (session.channel != null) {
            session.channel.startThread("plumtree-" + port.self() + "-exchange-" + port.handlerName(session.handler) +
                "-" + session.id + (session.isInitiator ? "" : "-of-" + session.peerId));
        }
    }

    /** The handler has taken a message in. */
    void onTaken(final RunningExchange session) {
        if (!settle(session)) {
            returnCredit(session);
        }
    }

    /** Lets the peer send more, when it is worth a frame. */
    private boolean returnCredit(final RunningExchange session) {
        final long taken = session.channel == null ? session.takenPosition : session.channel.takenPosition();
        final long limit = taken + settings.windowLength();
        if (limit - session.receiveLimit < settings.windowLength() / 4 || !frames.credit(session, limit)) {
            return false;
        }
        session.receiveLimit = limit;
        return true;
    }

    // ---- starting

    boolean isStopped() {
        return isStopped;
    }

    void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    boolean isBelowInboundLimit() {
        return running.inboundCount() < settings.inboundLimit();
    }

    boolean isBelowLimit() {
        return running.initiatedCount() < settings.limit();
    }

    /** Those that run, or whose threads do. */
    RunningExchanges running() {
        return running;
    }

    /** Lets a handler start an exchange. */
    void start(final int handler, final int peer, final Occasion occasion, final long timeNs) {
        nowNs = timeNs;
        final RunningExchange session = new RunningExchange(
            this, settings, nextId++, peer, port.peerId(peer), handler, true, occasion, timeNs);
        final ExchangeResult result = calls.ask(session);
        if (result == ExchangeResult.RUNNING) {
            port.count(ExchangeCounter.STARTED, 1);
            run(session);
        } else {
            session.state = RunningExchange.State.ENDED;
            if (result == ExchangeResult.FAILED) {
                port.count(ExchangeCounter.FAILED, 1);
            }
            scheduler.onEnd(session, endOf(result), result == ExchangeResult.BUSY, timeNs);
            calls.onEnd(session, endOf(result));
        }
    }

    /** An exchange begins that its handler wants to take part in. */
    void run(final RunningExchange session) {
        session.state = RunningExchange.State.OPENING;
        running.add(session);
        port.onBegun(session.peer, session.handler, session.id, session.isInitiator);
        if (!settle(session)) {
            open(session);
        }
    }

    static ExchangeEnd endOf(final ExchangeResult result) {
        return switch (result) {
            case DONE -> ExchangeEnd.COMPLETED;
            case FAILED -> ExchangeEnd.FAILED;
            default -> ExchangeEnd.REFUSED;
        };
    }

    // ---- messages

    /** Sends a message; false if there is no room for it. */
    boolean sendMessage(final RunningExchange session, final DirectBuffer buffer, final int offset, final int length) {
        final long cost = RunningExchange.cost(length);
        if (session.state != RunningExchange.State.OPEN || session.sendLimit - session.sendPosition < cost ||
            !frames.data(session, buffer, offset, length)) {
            return false;
        }
        session.sendPosition += cost;
        session.sendSequence = session.sendSequence + 1 & Integer.MAX_VALUE;
        port.count(ExchangeCounter.MESSAGES_OUT, 1);
        port.count(ExchangeCounter.BYTES_OUT, length);
        return true;
    }

    // ---- ends

    /** A handler fails: counted and reported in its name. */
    void onFailure(final RunningExchange session, final String doing, final Throwable error) {
        calls.onFailure(session, doing, error);
    }

    /** Ends an exchange if that was asked for. */
    private boolean settle(final RunningExchange session) {
        if (session.state == RunningExchange.State.ENDED) {
            return true;
        }
        if (session.requestedEnd == null) {
            return false;
        }
        end(session, session.requestedEnd, session.requestedEnd == ExchangeEnd.COMPLETED ?
            ExchangeCloseCode.COMPLETED : ExchangeCloseCode.FAILED);
        return true;
    }

    void end(final RunningExchange session, final ExchangeEnd end, final ExchangeCloseCode code) {
        end(session, end, code, false);
    }

    void end(
        final RunningExchange session, final ExchangeEnd end, final ExchangeCloseCode code, final boolean isBusy) {
        session.state = RunningExchange.State.ENDED;
        running.remove(session);
        port.count(counterOf(end), 1);
        port.onEnded(
            session.peerId, session.handler, session.id, session.isInitiator, end, nowNs - session.startNs);
        if (code != null && (session.isRequested || !session.isInitiator)) {
            closes.add(session.peer, session.handler, session.id, session.isInitiator, code, nowNs);
        }
        scheduler.onEnd(session, end, isBusy, nowNs);
        if (session.channel != null) {
            session.channel.onEnd(end);
        }
        running.linger(session);
        calls.onEnd(session, end);
    }

    private static ExchangeCounter counterOf(final ExchangeEnd end) {
        return switch (end) {
            case COMPLETED -> ExchangeCounter.COMPLETED;
            case FAILED -> ExchangeCounter.FAILED;
            case REFUSED -> ExchangeCounter.REFUSED;
            case TIMED_OUT -> ExchangeCounter.TIMED_OUT;
            case LINK_LOST -> ExchangeCounter.LINK_LOST;
            case CANCELLED -> ExchangeCounter.CANCELLED;
            case CLOSED -> ExchangeCounter.CLOSED;
        };
    }

    // ---- links and members

    /**
     * A link has come up.
     *
     * @param peer   the peer.
     * @param timeNs the time.
     */
    public void onLinkUp(final int peer, final long timeNs) {
        scheduler.onLinkUp(peer, timeNs);
    }

    /**
     * A link has gone down: no exchange outlives it.
     *
     * @param peer      the peer.
     * @param mayReturn whether the peer may come back with all that it has: it was lost, and has not gone.
     * @param timeNs    the time.
     */
    public void onLinkDown(final int peer, final boolean mayReturn, final long timeNs) {
        nowNs = timeNs;
        scheduler.onLinkDown(peer, mayReturn, timeNs);
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i).peer == peer) {
                end(running.get(i), ExchangeEnd.LINK_LOST, null);
            }
        }
        closes.removePeer(peer);
    }

    /**
     * One channel to a peer whose link is up has lost its connection, and what was under way on it: no exchange on it
     * can go on.
     *
     * @param peer    the peer.
     * @param channel the channel.
     * @param timeNs  the time.
     */
    public void onChannelDown(final int peer, final int channel, final long timeNs) {
        nowNs = timeNs;
        for (int i = running.size() - 1; i >= 0; i--) {
            final RunningExchange session = running.get(i);
            if (session.peer == peer && port.channelOf(session.handler) == channel) {
                end(session, ExchangeEnd.LINK_LOST, null);
            }
        }
    }

    /**
     * A peer is no member any more; its number may be given to another.
     *
     * @param peer   the peer.
     * @param timeNs the time.
     */
    public void onPeerRemoved(final int peer, final long timeNs) {
        onLinkDown(peer, false, timeNs);
        scheduler.onPeerRemoved(peer);
    }

    // ---- handlers that lack something

    /**
     * Whether an exchange may yet bring what a handler lacks: one is due with a peer, or there is a peer that was not
     * asked since then.
     *
     * @param handler the handler's number.
     * @param sinceNs since when it is lacking.
     * @return true if so, as of the last duty cycle.
     */
    public boolean isPending(final int handler, final long sinceNs) {
        return !isStopped && (scheduler.isPending(handler, sinceNs, nowNs) || running.isRunningOnPurpose(handler));
    }

    /**
     * A handler lacks something: exchanges with peers that were not asked since then follow each other, four a second
     * at most.
     *
     * @param handler the handler's number.
     * @param sinceNs since when it is lacking.
     */
    public void request(final int handler, final long sinceNs) {
        scheduler.request(handler, sinceNs);
    }

    // ---- inspection and control

    /**
     * The exchanges that run and that this node has initiated.
     *
     * @param timeNs the time.
     * @return the exchanges, the oldest first; at most as many as may run.
     */
    public List<Exchange> initiated(final long timeNs) {
        final List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            final RunningExchange session = running.get(i);
            if (session.isInitiator) {
                exchanges.add(exchange(session, timeNs));
            }
        }
        exchanges.sort(Comparator.comparingLong(Exchange::id));
        return List.copyOf(exchanges);
    }

    /**
     * Cancels, on both sides, exchanges that this node has initiated.
     *
     * @param selector which.
     * @param timeNs   the time.
     * @return what was cancelled, the oldest first.
     */
    public List<Exchange> cancel(final ExchangeSelector selector, final long timeNs) {
        nowNs = timeNs;
        final List<Exchange> cancelled = new ArrayList<>();
        for (final RunningExchange session : running.copy()) {
            if (session.isInitiator && session.state != RunningExchange.State.ENDED) {
                final Exchange exchange = exchange(session, timeNs);
                if (selector.matches(exchange)) {
                    cancelled.add(exchange);
                    end(session, ExchangeEnd.CANCELLED, ExchangeCloseCode.CANCELLED);
                }
            }
        }
        cancelled.sort(Comparator.comparingLong(Exchange::id));
        return List.copyOf(cancelled);
    }

    /**
     * How many of this node's own run, or at least their threads do.
     *
     * @return exchanges.
     */
    public int initiatedCount() {
        return running.initiatedCount();
    }

    /**
     * How many of peers run, or at least their threads do.
     *
     * @return exchanges.
     */
    public int inboundCount() {
        return running.inboundCount();
    }

    private Exchange exchange(final RunningExchange session, final long timeNs) {
        return new Exchange(
            new ExchangeHandle(port.self(), settings.incarnation().getAsLong(), session.id),
            port.handlerName(session.handler),
            session.peerId,
            Duration.ofNanos(timeNs - session.startNs));
    }

    /**
     * How often exchanges are started. Any thread.
     *
     * @return nanoseconds; 0 for never.
     */
    public long tickPeriodNs() {
        return scheduler.tickPeriodNs();
    }

    /**
     * Changes how often exchanges are started; the next tick comes within the new period. Any thread.
     *
     * @param periodNs nanoseconds, checked; 0 for never.
     */
    public void tickPeriodNs(final long periodNs) {
        scheduler.tickPeriodNs(periodNs);
    }

    /**
     * Ends all exchanges since the node closes, and tells the peers where there is room; no more are started.
     *
     * @param timeNs the time.
     */
    public void stop(final long timeNs) {
        nowNs = timeNs;
        isStopped = true;
        for (int i = running.size() - 1; i >= 0; i--) {
            end(running.get(i), ExchangeEnd.CLOSED, ExchangeCloseCode.CLOSED);
        }
    }

    /**
     * Whether tasks that have been interrupted still run.
     *
     * @return true if so.
     */
    public boolean hasTasks() {
        running.reap();
        return running.hasLingering();
    }

    /** Counts and reports, in their handlers' names, the tasks that run still: the node closes without them. */
    public void abandonTasks() {
        for (final RunningExchange session : running.lingering()) {
            port.count(ExchangeCounter.TASKS_LEFT, 1);
            port.onHandlerFailure(session.handler, "an exchange's task", new IllegalStateException(
                session + " has ended, but its thread goes on"));
        }
    }
}
