package io.plumtree.handlers.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The contract finds what is wrong with a handler's exchanges, and says it. */
class BrokenExchangeTest {
    /** A handler whose sides of exchanges are broken. */
    private static final class Handler extends SetHandler {
        private final BiFunction<Handler, ExchangeSession, SetExchange> sides;
        private SetExchange running;

        Handler(final BiFunction<Handler, ExchangeSession, SetExchange> sides) {
            this.sides = sides;
        }

        @Override
        public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
            final SetExchange side = sides.apply(this, session);
            if (side == null) {
                return ExchangeResult.IGNORED;
            }
            running = side;
            session.start(running);
            return ExchangeResult.RUNNING;
        }
    }

    private static void assertFound(
        final BiFunction<Handler, ExchangeSession, SetExchange> sides,
        final Consumer<BroadcastHandlerContract> test,
        final String words) {
        final BroadcastHandlerContract contract = new SetHandlerContractTest() {
            @Override
            protected BroadcastHandler createHandler() {
                return new Handler(sides);
            }

            @Override
            protected int maxExchanges() {
                return 3;
            }
        };
        final AssertionError error = assertThrows(AssertionError.class, () -> test.accept(contract));
        assertTrue(error.getMessage().contains(words), error.getMessage());
    }

    @Test
    void shouldFindASideThatSendsNothing() {
        assertFound(
            (handler, session) -> {
                final SetExchange side = new SetExchange(handler, session);
                if (!session.isInitiator()) {
                    side.toSend.clear();
                    side.toSend.add(new byte[0]);
                }
                return side;
            },
            BroadcastHandlerContract::shouldConvergeByExchanges,
            "3 exchanges have left first-a without 8 of 20 messages");
    }

    @Test
    void shouldFindExchangesThatAreAlwaysIgnored() {
        assertFound((handler, session) -> null, BroadcastHandlerContract::shouldConvergeByExchanges, "answer=IGNORED");
    }

    @Test
    void shouldFindAnExchangeThatNobodyCompletes() {
        assertFound(
            (handler, session) -> new SetExchange(handler, session) {
                @Override
                public int doWork(final long nowNs) {
                    return 0;
                }
            },
            BroadcastHandlerContract::shouldConvergeByExchanges,
            "has not completed: ExchangeOutcome[answer=RUNNING, initiatorEnd=TIMED_OUT");
    }

    @Test
    void shouldFindASideThatDoesNotSeeThatThereIsNoRoom() {
        assertFound(
            (handler, session) -> new SetExchange(handler, session) {
                @Override
                public int doWork(final long nowNs) {
                    // The first one waits until the other side is there, so that only a small window shows the error.
                    while (toSend.size() > 1 && session.send(new UnsafeBuffer(new byte[0]), 0, 0)) {
                        final byte[] message = toSend.remove();
                        session.send(new UnsafeBuffer(message), 0, message.length);
                    }
                    return super.doWork(nowNs);
                }

                @Override
                public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
                    if (length > 0 || toSend.isEmpty()) {
                        super.onMessage(buffer, offset, length);
                    }
                }
            },
            BroadcastHandlerContract::shouldConvergeThroughASmallWindow,
            "so that send often says false");
    }

    @Test
    void shouldFindAHandlerThatWaitsForTheEndOfACutExchange() {
        assertFound(
            (handler, session) -> handler.running != null && !handler.running.ends.contains(ExchangeEnd.COMPLETED)
                ? null : new SetExchange(handler, session),
            BroadcastHandlerContract::shouldConvergeAfterAnExchangeThatWasCut,
            "after an exchange whose link was lost at message 0");
    }

    @Test
    void shouldFindAHandlerThatWaitsForTheEndOfACancelledExchange() {
        assertFound(
            (handler, session) -> handler.running != null && handler.running.ends.contains(ExchangeEnd.CANCELLED)
                ? null : new SetExchange(handler, session),
            BroadcastHandlerContract::shouldConvergeAfterAnExchangeThatWasCancelled,
            "after an exchange that was cancelled at step 0");
    }

    @Test
    void shouldFindAnExchangeThatTakesAnEndForAnError() {
        assertFound(
            (handler, session) -> new SetExchange(handler, session) {
                @Override
                public void onEnd(final ExchangeEnd end) {
                    if (end == ExchangeEnd.LINK_LOST) {
                        throw new IllegalStateException("link lost");
                    }
                }
            },
            BroadcastHandlerContract::shouldConvergeAfterAnExchangeThatWasCut,
            "which is no error: java.lang.IllegalStateException: link lost");
    }

    @Test
    void shouldFindSidesThatShareTheirState() {
        assertFound(
            (owner, session) -> new SetExchange(owner, session) {
                @Override
                public int doWork(final long nowNs) {
                    return owner.running == this ? super.doWork(nowNs) : 0;
                }
            },
            BroadcastHandlerContract::shouldConvergeByExchangesInBothDirectionsAtOnce,
            "while one the other way round ran, has not completed");
    }

    @Test
    void shouldFindAnExchangeThatTrustsItsPeer() {
        assertFound(
            (handler, session) -> new SetExchange(handler, session) {
                @Override
                public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
                    if (length > 0) {
                        handler.merge(message(buffer, offset, length));
                    } else {
                        super.onMessage(buffer, offset, length);
                    }
                }
            },
            BroadcastHandlerContract::shouldSurviveMalformedExchangeMessages,
            "instead of a MalformedMessageException");
    }

    @Test
    void shouldFindAHandlerThatHasExchangesAfterAll() {
        final AssertionError error = assertThrows(AssertionError.class, () -> new SetHandlerContractTest() {
            @Override
            protected boolean hasExchanges() {
                return false;
            }
        }.shouldTakePartInNoExchangeIfItHasNone());
        assertTrue(error.getMessage().contains("override hasExchanges"), error.getMessage());
    }
}
