package io.plumtree.engine.exchange;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import org.agrona.DirectBuffer;

/** Calls the handlers. What one throws fails its exchange, and is counted and reported in its name. */
final class HandlerCalls {
    private final ExchangePort port;

    HandlerCalls(final ExchangePort port) {
        this.port = port;
    }

    /** Asks a handler to start an exchange, or to take part in one. */
    ExchangeResult ask(final RunningExchange session) {
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

    int doWork(final RunningExchange session, final long nowNs) {
        port.beginCallback(false);
        try {
            return session.listener.doWork(nowNs);
        } catch (final Throwable ex) {
            onFailure(session, "an exchange's doWork", ex);
            return 0;
        } finally {
            port.endCallback(session.handler, "an exchange's doWork");
        }
    }

    void onMessage(final RunningExchange session, final DirectBuffer buffer, final int offset, final int length) {
        port.beginCallback(false);
        try {
            session.listener.onMessage(buffer, offset, length);
        } catch (final Throwable ex) {
            onFailure(session, "an exchange's onMessage", ex);
        } finally {
            port.endCallback(session.handler, "an exchange's onMessage");
        }
    }

    void onEnd(final RunningExchange session, final ExchangeEnd end) {
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

    /** A handler fails: counted and reported in its name. */
    void onFailure(final RunningExchange session, final String doing, final Throwable error) {
        session.request(ExchangeEnd.FAILED);
        port.onHandlerFailure(session.handler, doing, error);
    }
}
