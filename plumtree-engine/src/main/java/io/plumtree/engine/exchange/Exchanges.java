package io.plumtree.engine.exchange;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;

/** The exchanges of a node: those that it has initiated, and those of peers that it takes part in. */
public final class Exchanges {
    /** How often a peer is told that what it goes on with is not known here. */
    static final long UNKNOWN_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final List<Session> running = new ArrayList<>();
    /** Those that have ended, but for the thread. */
    private final List<Session> lingering = new ArrayList<>();
    private final ExchangePort port;
    private final ExchangeSettings settings;
    private final Frames frames;
    private final Closes closes;
    private final Scheduler scheduler;
    private int initiatedCount;
    private int inboundCount;
    private long nextId = 1;
    private boolean isStopped;
    private boolean hasToldUnknown;
    private long toldUnknownNs;
    private long nowNs;

    /**
     * No exchanges yet.
     *
     * @param port     the node.
     * @param settings what to know.
     * @param random   chooses peers and spreads ticks.
     */
    public Exchanges(final ExchangePort port, final ExchangeSettings settings, final RandomGenerator random) {
        this.port = port;
        this.settings = settings;
        this.frames = new Frames(port, settings.cluster());
        this.closes = new Closes(port, frames);
        this.scheduler = new Scheduler(port, settings, random);
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
        if (running.size() > 1) {
            // Who comes first finds room on the link: each in turn.
            running.add(running.remove(0));
        }
        if (!lingering.isEmpty()) {
            workCount += reap();
        }
        if (!closes.isEmpty()) {
            workCount += closes.send(timeNs);
        }
        return isStopped ? workCount : workCount + scheduler.doWork(this, timeNs);
    }

    private int step(final Session session) {
        if (nowNs - session.startNs >= settings.timeoutNs()) {
            end(session, ExchangeEnd.TIMED_OUT, ExchangeCloseCode.TIMED_OUT);
            return 1;
        }
        if (settle(session)) {
            return 1;
        }
        if (session.state == Session.State.OPENING) {
            return open(session) ? 1 : 0;
        }
        int workCount = session.channel == null ? stepListener(session) : stepTask(session);
        if (session.state == Session.State.OPEN && returnCredit(session)) {
            workCount++;
        }
        return workCount;
    }

    private int stepListener(final Session session) {
        int workCount = 0;
        port.beginCallback(false);
        try {
            workCount = session.listener.doWork(nowNs);
        } catch (final Throwable ex) {
            onFailure(session, "an exchange's doWork", ex);
        } finally {
            port.endCallback(session.handler, "an exchange's doWork");
        }
        return settle(session) ? workCount + 1 : workCount;
    }

    private int stepTask(final Session session) {
        final TaskChannel channel = session.channel;
        // Looked at first: what a task sends, it sends before it is done.
        final boolean isDone = channel.isDone();
        if (isDone && channel.failure() != null) {
            onFailure(session, "an exchange's task", channel.failure());
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
    private boolean open(final Session session) {
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

    private void onOpen(final Session session) {
        session.state = Session.State.OPEN;
        if (session.channel != null) {
            session.channel.startThread("plumtree-" + port.self() + "-exchange-" + port.handlerName(session.handler) +
                "-" + session.id + (session.isInitiator ? "" : "-of-" + session.peerId));
        }
    }

    /** Lets the peer send more, when it is worth a frame. */
    private boolean returnCredit(final Session session) {
        final long taken = session.channel == null ? session.takenPosition : session.channel.takenPosition();
        final long limit = taken + settings.windowLength();
        if (limit - session.receiveLimit < settings.windowLength() / 4 || !frames.credit(session, limit)) {
            return false;
        }
        session.receiveLimit = limit;
        return true;
    }

    private int reap() {
        int count = 0;
        for (int i = lingering.size() - 1; i >= 0; i--) {
            if (!lingering.get(i).channel.isAlive()) {
                release(lingering.remove(i));
                count++;
            }
        }
        return count;
    }

    // ---- starting

    boolean isBelowLimit() {
        return initiatedCount < settings.limit();
    }

    /** Whether an exchange of this handler's that this node has initiated runs, or at least its thread does. */
    boolean isHandlerBusy(final int handler) {
        return isHandlerAmong(running, handler) || isHandlerAmong(lingering, handler);
    }

    private static boolean isHandlerAmong(final List<Session> sessions, final int handler) {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).isInitiator && sessions.get(i).handler == handler) {
                return true;
            }
        }
        return false;
    }

    /** Lets a handler start an exchange. */
    void start(final int handler, final int peer, final Occasion occasion, final long timeNs) {
        nowNs = timeNs;
        final Session session = new Session(
            this, settings, nextId++, peer, port.peerId(peer), handler, true, occasion, timeNs);
        final ExchangeResult result = ask(session);
        if (result == ExchangeResult.RUNNING) {
            session.state = Session.State.OPENING;
            running.add(session);
            initiatedCount++;
            port.count(ExchangeCounter.STARTED, 1);
            if (!settle(session)) {
                open(session);
            }
        } else {
            session.state = Session.State.ENDED;
            if (result == ExchangeResult.FAILED) {
                port.count(ExchangeCounter.FAILED, 1);
            }
            scheduler.onEnd(session, endOf(result), result == ExchangeResult.BUSY, timeNs);
            tellEnd(session, endOf(result));
        }
    }

    private ExchangeResult ask(final Session session) {
        final BroadcastHandler handler = port.handler(session.handler);
        final String doing = session.isInitiator ? "exchange" : "acceptExchange";
        port.beginCallback(true);
        try {
            final ExchangeResult result = session.isInitiator ?
                handler.exchange(session.peerId, session) : handler.acceptExchange(session.peerId, session);
            if (result == null || result == ExchangeResult.RUNNING && !session.isStarted()) {
                throw new IllegalStateException("returned " + result + " without starting " + session);
            }
            return result;
        } catch (final Throwable ex) {
            port.onHandlerFailure(session.handler, doing, ex);
            return ExchangeResult.FAILED;
        } finally {
            port.endCallback(session.handler, doing);
        }
    }

    private static ExchangeEnd endOf(final ExchangeResult result) {
        return switch (result) {
            case DONE -> ExchangeEnd.COMPLETED;
            case FAILED -> ExchangeEnd.FAILED;
            default -> ExchangeEnd.REFUSED;
        };
    }

    // ---- messages

    /** Sends a message; false if there is no room for it. */
    boolean sendMessage(final Session session, final DirectBuffer buffer, final int offset, final int length) {
        final long cost = Session.cost(length);
        if (session.state != Session.State.OPEN || session.sendLimit - session.sendPosition < cost ||
            !frames.data(session, buffer, offset, length)) {
            return false;
        }
        session.sendPosition += cost;
        session.sendSequence = session.sendSequence + 1 & Integer.MAX_VALUE;
        port.count(ExchangeCounter.MESSAGES_OUT, 1);
        port.count(ExchangeCounter.BYTES_OUT, length);
        return true;
    }

    // ---- frames

    /**
     * A peer asks for an exchange.
     *
     * @param peer        the peer.
     * @param id          what it calls the exchange.
     * @param creditLimit how far this side may send.
     * @param handlerHash the handler.
     * @param timeNs      the time.
     */
    public void onOpen(
        final int peer, final long id, final long creditLimit, final int handlerHash, final long timeNs) {
        nowNs = timeNs;
        if (find(peer, id, false) != null) {
            port.count(ExchangeCounter.VIOLATIONS, 1);
            return;
        }
        final int handler = port.handlerOf(handlerHash);
        if (isStopped) {
            refuse(peer, handler, id, ExchangeCloseCode.CLOSED, ExchangeCounter.CLOSED);
        } else if (handler == ExchangePort.NO_HANDLER) {
            refuse(peer, handler, id, ExchangeCloseCode.REFUSED, ExchangeCounter.REFUSED);
        } else if (inboundCount >= settings.inboundLimit() || !port.isUp(peer)) {
            refuseBusy(peer, handler, id);
        } else {
            accept(peer, id, creditLimit, handler);
        }
    }

    private void accept(final int peer, final long id, final long creditLimit, final int handler) {
        final Session session = new Session(
            this, settings, id, peer, port.peerId(peer), handler, false, Occasion.TICK, nowNs);
        session.peerWindow(creditLimit);
        final ExchangeResult result = ask(session);
        if (result == ExchangeResult.RUNNING) {
            session.state = Session.State.OPENING;
            running.add(session);
            inboundCount++;
            port.count(ExchangeCounter.ACCEPTED, 1);
            if (!settle(session)) {
                open(session);
            }
            return;
        }
        session.state = Session.State.ENDED;
        switch (result) {
            case DONE -> refuse(peer, handler, id, ExchangeCloseCode.COMPLETED, ExchangeCounter.COMPLETED);
            case FAILED -> refuse(peer, handler, id, ExchangeCloseCode.FAILED, ExchangeCounter.FAILED);
            case BUSY -> refuseBusy(peer, handler, id);
            default -> refuse(peer, handler, id, ExchangeCloseCode.REFUSED, ExchangeCounter.REFUSED);
        }
        tellEnd(session, endOf(result));
    }

    private void refuseBusy(final int peer, final int handler, final long id) {
        port.count(ExchangeCounter.BUSY_SENT, 1);
        refuse(peer, handler, id, ExchangeCloseCode.BUSY, ExchangeCounter.REFUSED);
    }

    private void refuse(
        final int peer,
        final int handler,
        final long id,
        final ExchangeCloseCode code,
        final ExchangeCounter counter) {
        port.count(counter, 1);
        closes.add(peer, handler, id, false, code, nowNs);
    }

    /**
     * A message from the other side of an exchange.
     *
     * @param peer          the peer.
     * @param id            the exchange.
     * @param fromInitiator whether the peer has initiated it.
     * @param sequence      the message's number.
     * @param buffer        holds the message.
     * @param offset        where it starts.
     * @param length        its length in bytes.
     * @param timeNs        the time.
     */
    public void onData(
        final int peer,
        final long id,
        final boolean fromInitiator,
        final int sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeNs) {
        nowNs = timeNs;
        final Session session = find(peer, id, !fromInitiator);
        if (session == null) {
            onUnknown(peer, id, fromInitiator);
        } else if (session.requestedEnd == null) {
            final long position = session.receivePosition + Session.cost(length);
            if (session.state != Session.State.OPEN || sequence != session.receiveSequence ||
                length > settings.maxMessageLength() || position > session.receiveLimit) {
                onViolation(session);
            } else {
                session.receivePosition = position;
                session.receiveSequence = sequence + 1 & Integer.MAX_VALUE;
                port.count(ExchangeCounter.MESSAGES_IN, 1);
                port.count(ExchangeCounter.BYTES_IN, length);
                onMessage(session, buffer, offset, length);
            }
        }
    }

    private void onMessage(final Session session, final DirectBuffer buffer, final int offset, final int length) {
        if (session.channel != null) {
            session.channel.onMessage(buffer, offset, length);
            return;
        }
        port.beginCallback(false);
        try {
            session.listener.onMessage(buffer, offset, length);
        } catch (final Throwable ex) {
            onFailure(session, "an exchange's onMessage", ex);
        } finally {
            port.endCallback(session.handler, "an exchange's onMessage");
        }
        session.takenPosition = session.receivePosition;
        if (!settle(session)) {
            returnCredit(session);
        }
    }

    /**
     * The other side of an exchange can take more; the first time, it accepts the exchange.
     *
     * @param peer          the peer.
     * @param id            the exchange.
     * @param fromInitiator whether the peer has initiated it.
     * @param creditLimit   how far this side may send.
     * @param timeNs        the time.
     */
    public void onCredit(
        final int peer, final long id, final boolean fromInitiator, final long creditLimit, final long timeNs) {
        nowNs = timeNs;
        final Session session = find(peer, id, !fromInitiator);
        if (session == null) {
            onUnknown(peer, id, fromInitiator);
        } else if (session.isInitiator && session.isRequested && session.state == Session.State.OPENING) {
            session.peerWindow(creditLimit);
            onOpen(session);
        } else if (session.state != Session.State.OPEN || creditLimit < session.sendLimit) {
            onViolation(session);
        } else {
            session.sendLimit = creditLimit;
        }
    }

    /**
     * An exchange has ended at the other side.
     *
     * @param peer          the peer.
     * @param id            the exchange.
     * @param fromInitiator whether the peer has initiated it.
     * @param code          why.
     * @param timeNs        the time.
     */
    public void onClose(
        final int peer, final long id, final boolean fromInitiator, final ExchangeCloseCode code, final long timeNs) {
        nowNs = timeNs;
        final Session session = find(peer, id, !fromInitiator);
        if (session == null) {
            // Both sides may end it at a time.
            return;
        }
        final boolean isBusy = code == ExchangeCloseCode.BUSY;
        if (isBusy) {
            port.count(ExchangeCounter.BUSY_RECEIVED, 1);
        }
        end(session, switch (code) {
            case COMPLETED -> ExchangeEnd.COMPLETED;
            case FAILED -> ExchangeEnd.FAILED;
            case REFUSED, BUSY -> ExchangeEnd.REFUSED;
            case TIMED_OUT -> ExchangeEnd.TIMED_OUT;
            case CANCELLED -> ExchangeEnd.CANCELLED;
            case CLOSED -> ExchangeEnd.CLOSED;
            case UNKNOWN -> ExchangeEnd.LINK_LOST;
        }, null, isBusy);
    }

    private void onUnknown(final int peer, final long id, final boolean fromInitiator) {
        if (closes.contains(peer, id, !fromInitiator)) {
            return;
        }
        port.count(ExchangeCounter.UNKNOWN, 1);
        if ((!hasToldUnknown || nowNs - toldUnknownNs >= UNKNOWN_PERIOD_NS) &&
            frames.close(peer, ExchangePort.NO_HANDLER, id, !fromInitiator, ExchangeCloseCode.UNKNOWN)) {
            hasToldUnknown = true;
            toldUnknownNs = nowNs;
        }
    }

    private void onViolation(final Session session) {
        port.count(ExchangeCounter.VIOLATIONS, 1);
        end(session, ExchangeEnd.FAILED, ExchangeCloseCode.FAILED);
    }

    private Session find(final int peer, final long id, final boolean isInitiator) {
        for (int i = 0; i < running.size(); i++) {
            final Session session = running.get(i);
            if (session.id == id && session.peer == peer && session.isInitiator == isInitiator) {
                return session;
            }
        }
        return null;
    }

    // ---- ends

    /** A handler fails: counted and reported in its name. */
    void onFailure(final Session session, final String doing, final Throwable error) {
        session.request(ExchangeEnd.FAILED);
        port.onHandlerFailure(session.handler, doing, error);
    }

    /** Ends an exchange if that was asked for. */
    private boolean settle(final Session session) {
        if (session.state == Session.State.ENDED) {
            return true;
        }
        if (session.requestedEnd == null) {
            return false;
        }
        end(session, session.requestedEnd, session.requestedEnd == ExchangeEnd.COMPLETED ?
            ExchangeCloseCode.COMPLETED : ExchangeCloseCode.FAILED);
        return true;
    }

    private void end(final Session session, final ExchangeEnd end, final ExchangeCloseCode code) {
        end(session, end, code, false);
    }

    private void end(
        final Session session, final ExchangeEnd end, final ExchangeCloseCode code, final boolean isBusy) {
        session.state = Session.State.ENDED;
        running.remove(session);
        port.count(counterOf(end), 1);
        if (code != null && (session.isRequested || !session.isInitiator)) {
            closes.add(session.peer, session.handler, session.id, session.isInitiator, code, nowNs);
        }
        scheduler.onEnd(session, end, isBusy, nowNs);
        if (session.channel != null) {
            session.channel.onEnd(end);
        }
        if (session.channel != null && session.channel.isAlive()) {
            lingering.add(session);
        } else {
            release(session);
        }
        tellEnd(session, end);
    }

    private void release(final Session session) {
        if (session.isInitiator) {
            initiatedCount--;
        } else {
            inboundCount--;
        }
    }

    private void tellEnd(final Session session, final ExchangeEnd end) {
        if (session.listener != null) {
            port.beginCallback(true);
            try {
                session.listener.onEnd(end);
            } catch (final Throwable ex) {
                port.onHandlerFailure(session.handler, "an exchange's onEnd", ex);
            } finally {
                port.endCallback(session.handler, "an exchange's onEnd");
            }
        }
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
     * @param peer   the peer.
     * @param timeNs the time.
     */
    public void onLinkDown(final int peer, final long timeNs) {
        nowNs = timeNs;
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
            final Session session = running.get(i);
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
        onLinkDown(peer, timeNs);
        scheduler.onPeerRemoved(peer);
    }

    /**
     * A peer lacks messages which nothing but an exchange will bring.
     *
     * @param peer the peer.
     */
    public void onExchangeNeeded(final int peer) {
        scheduler.mark(peer);
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
        for (final Session session : running) {
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
        for (final Session session : List.copyOf(running)) {
            if (session.isInitiator && session.state != Session.State.ENDED) {
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

    private Exchange exchange(final Session session, final long timeNs) {
        return new Exchange(
            new ExchangeHandle(port.self(), settings.incarnation(), session.id),
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
        reap();
        return !lingering.isEmpty();
    }

    /** Counts and reports, in their handlers' names, the tasks that run still: the node closes without them. */
    public void abandonTasks() {
        for (final Session session : lingering) {
            port.count(ExchangeCounter.TASKS_LEFT, 1);
            port.onHandlerFailure(session.handler, "an exchange's task", new IllegalStateException(
                session + " has ended, but its thread goes on"));
        }
    }
}
