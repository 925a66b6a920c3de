package io.plumtree.engine.exchange;

import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** Takes in what peers have to say of exchanges, and holds them to the rules. */
public final class PeerFrames {
    /** How often a peer is told that what it goes on with is not known here. */
    static final long UNKNOWN_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Exchanges exchanges;
    private final ExchangePort port;
    private final ExchangeSettings settings;
    private final Frames frames;
    private final PendingCloses closes;
    private final HandlerCalls calls;
    private boolean hasToldUnknown;
    private long toldUnknownNs;
    private long nowNs;

    PeerFrames(
        final Exchanges exchanges,
        final ExchangePort port,
        final ExchangeSettings settings,
        final Frames frames,
        final PendingCloses closes,
        final HandlerCalls calls) {
        this.exchanges = exchanges;
        this.port = port;
        this.settings = settings;
        this.frames = frames;
        this.closes = closes;
        this.calls = calls;
    }

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
        exchanges.nowNs(timeNs);
        if (exchanges.running().find(peer, id, false) != null) {
            port.count(ExchangeCounter.VIOLATIONS, 1);
            return;
        }
        final int handler = port.handlerOf(handlerHash);
        if (exchanges.isStopped()) {
            refuse(peer, handler, id, ExchangeCloseCode.CLOSED, ExchangeCounter.CLOSED);
        } else if (handler == ExchangePort.NO_HANDLER) {
            refuse(peer, handler, id, ExchangeCloseCode.REFUSED, ExchangeCounter.REFUSED);
        } else if (!exchanges.isBelowInboundLimit() || !port.isUp(peer)) {
            refuseBusy(peer, handler, id);
        } else {
            accept(peer, id, creditLimit, handler);
        }
    }

    private void accept(final int peer, final long id, final long creditLimit, final int handler) {
        final RunningExchange session = new RunningExchange(
            exchanges, settings, id, peer, port.peerId(peer), handler, false, Occasion.TICK, nowNs);
        session.peerWindow(creditLimit);
        final ExchangeResult result = calls.ask(session);
        if (result == ExchangeResult.RUNNING) {
            port.count(ExchangeCounter.ACCEPTED, 1);
            exchanges.run(session);
            return;
        }
        session.state = RunningExchange.State.ENDED;
        switch (result) {
            case DONE -> refuse(peer, handler, id, ExchangeCloseCode.COMPLETED, ExchangeCounter.COMPLETED);
            case FAILED -> refuse(peer, handler, id, ExchangeCloseCode.FAILED, ExchangeCounter.FAILED);
            case BUSY -> refuseBusy(peer, handler, id);
            default -> refuse(peer, handler, id, ExchangeCloseCode.REFUSED, ExchangeCounter.REFUSED);
        }
        calls.onEnd(session, Exchanges.endOf(result));
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
        exchanges.nowNs(timeNs);
        final RunningExchange session = exchanges.running().find(peer, id, !fromInitiator);
        if (session == null) {
            onUnknown(peer, id, fromInitiator);
        } else if (session.requestedEnd == null) {
            final long position = session.receivePosition + RunningExchange.cost(length);
            if (session.state != RunningExchange.State.OPEN || sequence != session.receiveSequence ||
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

    private void onMessage(
        final RunningExchange session, final DirectBuffer buffer, final int offset, final int length) {
        if (session.channel != null) {
            session.channel.onMessage(buffer, offset, length);
            return;
        }
        calls.onMessage(session, buffer, offset, length);
        session.takenPosition = session.receivePosition;
        exchanges.onTaken(session);
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
        exchanges.nowNs(timeNs);
        final RunningExchange session = exchanges.running().find(peer, id, !fromInitiator);
        if (session == null) {
            onUnknown(peer, id, fromInitiator);
        } else if (session.isInitiator && session.isRequested && session.state == RunningExchange.State.OPENING) {
            session.peerWindow(creditLimit);
            exchanges.onOpen(session);
        } else if (session.state != RunningExchange.State.OPEN || creditLimit < session.sendLimit) {
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
        exchanges.nowNs(timeNs);
        final RunningExchange session = exchanges.running().find(peer, id, !fromInitiator);
        if (session == null) {
            // Both sides may end it at a time.
            return;
        }
        final boolean isBusy = code == ExchangeCloseCode.BUSY;
        if (isBusy) {
            port.count(ExchangeCounter.BUSY_RECEIVED, 1);
        }
        exchanges.end(session, switch (code) {
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

    private void onViolation(final RunningExchange session) {
        port.count(ExchangeCounter.VIOLATIONS, 1);
        exchanges.end(session, ExchangeEnd.FAILED, ExchangeCloseCode.FAILED);
    }
}
