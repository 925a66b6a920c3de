package io.plumtree.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.handlers.spi.ExchangeEnd;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Four exchanges of node a: 1 is kv with b, 2 is kv with c, 3 is log with b, 4 is log with c; 5 is b's own, with a. */
class CancelExchangesTest {
    private final ExchangeNet net = new ExchangeNet(3, new ExchangeOptions().tickPeriodNs(0), "kv", "log");
    private final ExchangeNode a = net.node(0);

    @BeforeEach
    void start() {
        net.up(0, 1);
        net.up(0, 2);
        for (int handler = 0; handler < 2; handler++) {
            a.exchanges.start(handler, 1, Occasion.TICK, net.nowNs);
            a.exchanges.start(handler, 2, Occasion.TICK, net.nowNs);
        }
        net.node(1).exchanges.start(0, 0, Occasion.TICK, net.nowNs);
        net.run(5);
    }

    static Stream<Arguments> selectors() {
        return Stream.of(
            arguments(ExchangeSelector.all(), List.of(1L, 2L, 3L, 4L)),
            arguments(ExchangeSelector.peer(ExchangeNet.id(1)), List.of(1L, 3L)),
            arguments(ExchangeSelector.peer(ExchangeNet.id(0)), List.of()),
            arguments(ExchangeSelector.handler("log"), List.of(3L, 4L)),
            arguments(ExchangeSelector.handler("unknown"), List.of()),
            arguments(ExchangeSelector.id(2), List.of(2L)),
            arguments(ExchangeSelector.id(5), List.of()),
            arguments(ExchangeSelector.handle(new ExchangeHandle(ExchangeNet.id(0), 1_000, 4)), List.of(4L)),
            arguments(ExchangeSelector.handle(new ExchangeHandle(ExchangeNet.id(0), 999, 4)), List.of()),
            arguments(ExchangeSelector.handle(new ExchangeHandle(ExchangeNet.id(1), 1_000, 4)), List.of()));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void shouldCancelOnBothSidesWhatTheSelectorNamesAndNothingElse(
        final ExchangeSelector selector, final List<Long> expected) {
        final List<Exchange> cancelled = a.exchanges.cancel(selector, net.nowNs);
        assertEquals(expected, cancelled.stream().map(Exchange::id).sorted().toList());
        net.run(2);
        for (final ExchangeNode node : net.nodes) {
            for (final ScriptedHandler handler : node.handlers) {
                for (final Side side : handler.sides) {
                    final boolean isOfA = side.session.isInitiator() == (node == a);
                    final boolean isMeant = isOfA && expected.contains(side.session.id());
                    assertEquals(isMeant ? List.of(ExchangeEnd.CANCELLED) : List.of(), side.ends);
                    assertEquals(!isMeant, side.session.isOpen());
                    // The others go on.
                    assertTrue(isMeant || side.send("still here"));
                }
            }
        }
        assertEquals(expected.size(), a.count(ExchangeCounter.CANCELLED));
        assertEquals(4 - expected.size(), a.exchanges.initiated(net.nowNs).size());
        net.run(2);
        assertEquals(0, a.count(ExchangeCounter.VIOLATIONS) + a.count(ExchangeCounter.FAILED));
    }

    @Test
    void shouldShowItsOwnExchangesOnly() {
        assertEquals(
            List.of(
                new Exchange(handle(1), "kv", ExchangeNet.id(1), Duration.ofMillis(5)),
                new Exchange(handle(2), "kv", ExchangeNet.id(2), Duration.ofMillis(5)),
                new Exchange(handle(3), "log", ExchangeNet.id(1), Duration.ofMillis(5)),
                new Exchange(handle(4), "log", ExchangeNet.id(2), Duration.ofMillis(5))),
            a.exchanges.initiated(net.nowNs));
        assertEquals(1, net.node(1).exchanges.initiated(net.nowNs).size());
        assertEquals(List.of(), net.node(2).exchanges.initiated(net.nowNs));
    }

    private static ExchangeHandle handle(final long id) {
        return new ExchangeHandle(ExchangeNet.id(0), 1_000, id);
    }
}
