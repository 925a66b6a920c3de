package io.plumtree.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, exchanges that run on the engine's thread. */
class ExchangesTest {
    private static final int WINDOW = 8 * 1024;

    private final ExchangeNet net = new ExchangeNet(
        2, new ExchangeOptions().tickPeriodNs(0).windowLength(WINDOW).timeoutNs(60_000 * ExchangeNet.MS), "kv");
    private final ExchangeNode a = net.node(0);
    private final ExchangeNode b = net.node(1);

    @BeforeEach
    void connect() {
        net.up(0, 1);
    }

    private void open() {
        a.exchanges.start(0, 1, Occasion.TICK, net.nowNs);
        net.run(3);
    }

    @Test
    void shouldCarryMessagesBothWaysInOrderAndEndForBothOnce() {
        open();
        final List<String> forth = new ArrayList<>();
        final List<String> back = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            forth.add("forth " + i + "x".repeat(i));
            back.add("back " + i);
        }
        a.handler().last().toSend.addAll(forth);
        b.handler().last().toSend.addAll(back);
        assertTrue(net.runUntil(() -> b.handler().last().received.size() == 500));
        assertTrue(net.runUntil(() -> a.handler().last().received.size() == 500));
        a.handler().last().session.complete();
        net.run(2);
        assertEquals(forth, b.handler().last().received);
        assertEquals(back, a.handler().last().received);
        assertEnds(ExchangeEnd.COMPLETED, ExchangeEnd.COMPLETED);
        assertEquals(500, a.count(ExchangeCounter.MESSAGES_OUT));
        assertEquals(500, a.count(ExchangeCounter.MESSAGES_IN));
        assertEquals(a.count(ExchangeCounter.BYTES_OUT), b.count(ExchangeCounter.BYTES_IN));
        assertEquals(0, a.count(ExchangeCounter.VIOLATIONS) + b.count(ExchangeCounter.VIOLATIONS));
    }

    @Test
    void shouldDeliverAllThatWasSentBeforeTheExchangeIsCompleted() {
        open();
        net.link(0, 1).isFrozen = true;
        assertTrue(a.handler().last().send("one") && a.handler().last().send("two"));
        a.handler().last().session.complete();
        assertFalse(a.handler().last().send("three"));
        net.run(5);
        net.link(0, 1).isFrozen = false;
        net.run(5);
        assertEquals(List.of("one", "two"), b.handler().last().received);
        assertEnds(ExchangeEnd.COMPLETED, ExchangeEnd.COMPLETED);
    }

    @Test
    void shouldSendNoMoreThanTheWindowUntilItIsTakenIn() {
        open();
        net.link(0, 1).isFrozen = true;
        for (int i = 0; i < 1_000; i++) {
            a.handler().last().toSend.add("x".repeat(i % 3 * 100));
        }
        net.run(100);
        long cost = 0;
        for (final byte[] frame : net.link(0, 1).frames) {
            cost += frame.length - ExchangeFrameEncoder.DATA_HEAD_LENGTH + ExchangeFrameEncoder.CREDIT_OVERHEAD;
        }
        assertTrue(cost <= WINDOW && cost > WINDOW - 300 - ExchangeFrameEncoder.CREDIT_OVERHEAD, "cost " + cost);
        net.link(0, 1).isFrozen = false;
        assertTrue(net.runUntil(() -> b.handler().last().received.size() == 1_000));
    }

    @Test
    void shouldBoundEmptyMessagesToo() {
        open();
        net.link(0, 1).isFrozen = true;
        int count = 0;
        while (count < 1_000 && a.handler().last().send("")) {
            count++;
        }
        assertEquals(WINDOW / ExchangeFrameEncoder.CREDIT_OVERHEAD, count);
    }

    @Test
    void shouldAlwaysFindRoomForTheLongestMessageAndRefuseALongerOne() {
        open();
        final Side side = a.handler().last();
        final int longest = side.session.maxMessageLength();
        assertEquals(ExchangeNet.MAX_MESSAGE_LENGTH + ExchangeSettings.MESSAGE_HEADROOM, longest);
        for (int i = 0; i < 300; i++) {
            side.toSend.add("x".repeat(i % 2 == 0 ? longest : i));
        }
        assertTrue(net.runUntil(() -> b.handler().last().received.size() == 300));
        final UnsafeBuffer data = new UnsafeBuffer(new byte[longest + 1]);
        final IllegalArgumentException tooLong =
            assertThrows(IllegalArgumentException.class, () -> side.session.send(data, 0, longest + 1));
        assertTrue(tooLong.getMessage().contains(String.valueOf(longest + 1)));
        assertThrows(IndexOutOfBoundsException.class, () -> side.session.send(data, 2, longest));
    }

    @Test
    void shouldMakeRoomForTheLongestMessageWhateverTheWindow() {
        final ExchangeNet narrow = new ExchangeNet(2, new ExchangeOptions().tickPeriodNs(0).windowLength(1_024), "kv");
        narrow.up(0, 1);
        narrow.node(0).exchanges.start(0, 1, Occasion.TICK, narrow.nowNs);
        narrow.run(3);
        final Side side = narrow.node(0).handler().last();
        final int longest = ExchangeNet.MAX_MESSAGE_LENGTH + ExchangeSettings.MESSAGE_HEADROOM;
        assertEquals(longest, side.session.maxMessageLength());
        for (int i = 0; i < 300; i++) {
            side.toSend.add("x".repeat(i % 2 == 0 ? longest : 4 * i));
        }
        assertTrue(narrow.runUntil(() -> narrow.node(1).handler().last().received.size() == 300));
    }

    @Test
    void shouldAdaptToAPeerWithLessRoom() {
        a.exchanges.start(0, 1, Occasion.TICK, net.nowNs);
        final ExchangeFrameEncoder encoder = new ExchangeFrameEncoder(ExchangeNet.CLUSTER, b.self().value());
        net.link(0, 1).frames.clear();
        inject(encoder.credit(frame, 0, 1, false, 1_000));
        net.run(1);
        assertEquals(750 - ExchangeFrameEncoder.CREDIT_OVERHEAD, a.handler().last().session.maxMessageLength());
    }

    @Test
    void shouldSendNothingBeforeTheOtherSideHasAccepted() {
        net.link(1, 0).isFrozen = true;
        a.handler().asked = (peer, session) -> {
            final ExchangeResult result = a.handler().run(peer, session);
            assertFalse(a.handler().last().send("too early"));
            return result;
        };
        open();
        assertFalse(a.handler().last().send("too early"));
        net.link(1, 0).isFrozen = false;
        net.run(1);
        assertTrue(a.handler().last().send("now"));
    }

    @Test
    void shouldGiveWayToWhatIsBroadcast() {
        open();
        net.link(0, 1).isNarrow = true;
        assertFalse(a.handler().last().send("later"));
        net.link(0, 1).isNarrow = false;
        assertTrue(a.handler().last().send("now"));
    }

    @Test
    void shouldGoOnAfterALinkThatTookNothingForAWhile() {
        net.link(0, 1).isRefusing = true;
        open();
        assertEquals(List.of(), b.handler().calls);
        net.link(0, 1).isRefusing = false;
        net.link(1, 0).isRefusing = true;
        net.run(5);
        assertEquals(List.of("accept a"), b.handler().calls);
        assertFalse(b.handler().last().send("not accepted yet"));
        net.link(1, 0).isRefusing = false;
        net.run(5);
        for (int i = 0; i < 300; i++) {
            a.handler().last().toSend.add("x".repeat(200));
        }
        for (int i = 0; i < 1_000; i++) {
            net.link(i % 2, 1 - i % 2).isRefusing = i % 3 == 0;
            net.run(1);
        }
        assertEquals(300, b.handler().last().received.size());
        net.link(0, 1).isRefusing = true;
        a.handler().last().session.complete();
        net.run(100);
        assertEquals(List.of(ExchangeEnd.COMPLETED), a.handler().last().ends);
        assertEquals(List.of(), b.handler().last().ends);
        net.link(0, 1).isRefusing = false;
        net.run(2);
        assertEnds(ExchangeEnd.COMPLETED, ExchangeEnd.COMPLETED);
        assertEquals(0, a.count(ExchangeCounter.CLOSES_LOST));
    }

    @Test
    void shouldGiveUpTellingTheEndWhenTheLinkTakesNothingForLong() {
        open();
        net.link(0, 1).isRefusing = true;
        a.handler().last().session.complete();
        net.run(5_100);
        assertEquals(1, a.count(ExchangeCounter.CLOSES_LOST));
        net.link(0, 1).isRefusing = false;
        // The peer learns of it from the answer to what it sends.
        assertTrue(b.handler().last().send("still there?"));
        net.run(3);
        assertEnds(ExchangeEnd.COMPLETED, ExchangeEnd.LINK_LOST);
        assertEquals(1, a.count(ExchangeCounter.UNKNOWN));
    }

    // ---- ends

    @ParameterizedTest
    @CsvSource({"IGNORED, REFUSED", "DONE, COMPLETED", "FAILED, FAILED"})
    void shouldEndForBothWhenTheOtherSideDoesNotTakePart(final ExchangeResult answer, final ExchangeEnd end) {
        b.handler().accepting = (peer, session) -> answer;
        open();
        assertEquals(List.of(end), a.handler().last().ends);
        assertEquals(1, a.count(ExchangeCounter.valueOf(end.name())));
        assertEquals(1, b.count(ExchangeCounter.valueOf(end.name())));
        assertEquals(0, b.count(ExchangeCounter.ACCEPTED));
        assertTrue(a.exchanges.initiated(net.nowNs).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"IGNORED", "DONE", "FAILED"})
    void shouldStartNothingWhenTheHandlerDoesNotWantIt(final ExchangeResult answer) {
        a.handler().asked = (peer, session) -> answer;
        open();
        assertEquals(List.of(), b.handler().calls);
        assertEquals(0, a.count(ExchangeCounter.STARTED));
        assertEquals(answer == ExchangeResult.FAILED ? 1 : 0, a.count(ExchangeCounter.FAILED));
    }

    @ParameterizedTest
    @CsvSource({"IGNORED, REFUSED", "DONE, COMPLETED", "FAILED, FAILED"})
    void shouldTellAListenerThatWasStartedInVain(final ExchangeResult answer, final ExchangeEnd end) {
        a.handler().asked = (peer, session) -> {
            a.handler().run(peer, session);
            return answer;
        };
        b.handler().accepting = (peer, session) -> {
            b.handler().run(peer, session);
            return answer;
        };
        open();
        assertEquals(List.of(end), a.handler().last().ends);
        assertEquals(List.of(), b.handler().calls);
        a.handler().asked = a.handler()::run;
        open();
        assertEquals(List.of(end), b.handler().last().ends);
        assertEquals(List.of(end), a.handler().last().ends);
    }

    @Test
    void shouldRefuseWhereThereIsNoSuchHandler() {
        final ExchangeFrameEncoder encoder = new ExchangeFrameEncoder(ExchangeNet.CLUSTER, b.self().value());
        inject(encoder.open(frame, 0, 9, 1_000, NameHash.ofHandler("other")));
        a.receive();
        assertEquals(1, a.count(ExchangeCounter.REFUSED));
        assertEquals(1, net.link(0, 1).frames.size());
        assertEquals(List.of(), a.handler().calls);
    }

    @Test
    void shouldEndForBothWhenItTakesTooLong() {
        open();
        net.link(1, 0).isFrozen = true;
        a.handler().last().toSend.add("x");
        net.run(60_010);
        assertEnds(ExchangeEnd.TIMED_OUT, ExchangeEnd.TIMED_OUT);
        assertEquals(1, a.count(ExchangeCounter.TIMED_OUT));
    }

    @Test
    void shouldEndWhenThePeerNeverAnswers() {
        net.link(1, 0).isFrozen = true;
        open();
        net.run(60_010);
        assertEquals(List.of(ExchangeEnd.TIMED_OUT), a.handler().last().ends);
        assertTrue(a.exchanges.initiated(net.nowNs).isEmpty());
    }

    @Test
    void shouldEndWithTheLink() {
        open();
        net.down(0, 1);
        assertEnds(ExchangeEnd.LINK_LOST, ExchangeEnd.LINK_LOST);
        net.run(5);
        assertEquals(0, net.link(0, 1).frames.size() + net.link(1, 0).frames.size());
    }

    @Test
    void shouldEndAtTheOtherSideWhenTheLinkIsLostAtOneSideOnly() {
        open();
        a.down(1, true);
        a.up(1);
        assertTrue(b.handler().last().send("hello?"));
        net.run(3);
        assertEnds(ExchangeEnd.LINK_LOST, ExchangeEnd.LINK_LOST);
        assertEquals(1, a.count(ExchangeCounter.UNKNOWN));
    }

    @Test
    void shouldEndWithTheNode() {
        open();
        b.exchanges.stop(net.nowNs);
        net.run(2);
        assertEnds(ExchangeEnd.CLOSED, ExchangeEnd.CLOSED);
        open();
        assertEquals(List.of(ExchangeEnd.CLOSED), a.handler().last().ends);
        assertFalse(b.exchanges.hasTasks());
    }

    @Test
    void shouldFailForBothWhenAHandlerSaysSo() {
        open();
        b.handler().last().session.fail(new IllegalStateException("no disk"));
        b.handler().last().session.fail(new IllegalStateException("again"));
        assertFalse(b.handler().last().session.isOpen());
        net.run(2);
        assertEnds(ExchangeEnd.FAILED, ExchangeEnd.FAILED);
        assertEquals(List.of("kv in an exchange with 'a': no disk"), b.failures);
        assertEquals(List.of(), a.failures);
    }

    @Test
    void shouldFailWhenAMessageIsMissing() {
        open();
        net.link(0, 1).losses = 1;
        assertTrue(a.handler().last().send("lost") && a.handler().last().send("alone"));
        net.run(3);
        assertEnds(ExchangeEnd.FAILED, ExchangeEnd.FAILED);
        assertEquals(List.of(), b.handler().last().received);
        assertEquals(1, b.count(ExchangeCounter.VIOLATIONS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"too long", "beyond the credit", "credit that falls", "second credit before the first"})
    void shouldFailWhenThePeerBreaksTheRules(final String how) {
        final ExchangeFrameEncoder encoder = new ExchangeFrameEncoder(ExchangeNet.CLUSTER, b.self().value());
        final boolean isEarly = how.startsWith("second");
        if (isEarly) {
            a.exchanges.peerFrames().onOpen(1, 1, 1_000, NameHash.ofHandler("kv"), net.nowNs);
            net.link(0, 1).isRefusing = true;
            a.exchanges.peerFrames().onOpen(1, 2, 1_000, NameHash.ofHandler("kv"), net.nowNs);
            inject(encoder.credit(frame, 0, 2, true, 2_000));
        } else {
            open();
            switch (how) {
                case "too long" -> inject(encoder.dataHead(frame, 0, 1, false, 0, 4_225) + 4_225);
                case "beyond the credit" -> {
                    for (int i = 0; i < 3; i++) {
                        inject(encoder.dataHead(frame, 0, 1, false, i, 4_000) + 4_000);
                    }
                    // Nothing is given back while the link takes nothing.
                    net.link(0, 1).isRefusing = true;
                }
                default -> inject(encoder.credit(frame, 0, 1, false, 10));
            }
        }
        a.receive();
        assertEquals(1, a.count(ExchangeCounter.VIOLATIONS));
        assertEquals(List.of(ExchangeEnd.FAILED), a.handler().last().ends);
    }

    @Test
    void shouldNotAnswerEveryFrameOfAnUnknownExchange() {
        final ExchangeFrameEncoder encoder = new ExchangeFrameEncoder(ExchangeNet.CLUSTER, b.self().value());
        for (int i = 0; i < 1_000; i++) {
            inject(encoder.dataHead(frame, 0, 5, i % 2 == 0, i, 10) + 10);
            inject(encoder.credit(frame, 0, 5, i % 2 == 0, 10));
            inject(encoder.close(frame, 0, 5, i % 2 == 0, ExchangeCloseCode.FAILED));
        }
        a.receive();
        assertEquals(2_000, a.count(ExchangeCounter.UNKNOWN));
        assertEquals(1, net.link(0, 1).frames.size());
        net.run(11);
        inject(encoder.credit(frame, 0, 5, false, 10));
        net.link(0, 1).frames.clear();
        a.receive();
        assertEquals(1, net.link(0, 1).frames.size());
    }

    // ---- failures of handlers

    @ParameterizedTest
    @ValueSource(strings = {"onMessage", "doWork"})
    void shouldFailForBothAndGoOnWhenAListenerThrows(final String method) {
        open();
        b.handler().last().failing = method;
        a.handler().last().toSend.add("x");
        net.run(5);
        assertEnds(ExchangeEnd.FAILED, ExchangeEnd.FAILED);
        assertEquals(List.of("kv in an exchange's " + method + ": on purpose"), b.failures);
        open();
        assertTrue(a.handler().last().send("works again"));
    }

    @Test
    void shouldGoOnWhenAListenerThrowsAtItsEnd() {
        open();
        a.handler().last().failing = "onEnd";
        b.handler().last().failing = "onEnd";
        a.handler().last().session.complete();
        net.run(2);
        assertEnds(ExchangeEnd.COMPLETED, ExchangeEnd.COMPLETED);
        assertEquals(List.of("kv in an exchange's onEnd: on purpose"), a.failures);
        assertEquals(a.failures, b.failures);
    }

    @Test
    void shouldFailWhenAHandlerThrowsAsItIsAsked() {
        a.handler().asked = (peer, session) -> {
            a.handler().run(peer, session);
            throw new IllegalStateException("on purpose");
        };
        open();
        assertEquals(List.of("kv in exchange: on purpose"), a.failures);
        assertEquals(List.of(ExchangeEnd.FAILED), a.handler().last().ends);
        a.handler().asked = a.handler()::run;
        b.handler().accepting = (peer, session) -> {
            throw new IllegalStateException("on purpose");
        };
        open();
        assertEquals(List.of("kv in acceptExchange: on purpose"), b.failures);
        assertEquals(List.of(ExchangeEnd.FAILED), a.handler().last().ends);
    }

    @Test
    void shouldFailWhenAHandlerForgetsToStart() {
        a.handler().asked = (peer, session) -> ExchangeResult.RUNNING;
        open();
        a.handler().asked = (peer, session) -> null;
        open();
        assertEquals(2, a.failures.size());
        assertEquals("kv in exchange: returned RUNNING without starting exchange 1 with 'b'", a.failures.get(0));
        assertEquals(2, a.count(ExchangeCounter.FAILED));
    }

    @Test
    void shouldStartOnceAndOnlyWhenAsked() {
        a.handler().asked = (peer, session) -> {
            final ExchangeResult result = a.handler().run(peer, session);
            assertThrows(IllegalStateException.class, () -> session.start(a.handler().last()));
            return result;
        };
        open();
        final Side side = a.handler().last();
        assertThrows(IllegalStateException.class, () -> side.session.start(side));
        assertThrows(IllegalStateException.class, () -> side.session.start(channel -> { }));
    }

    @Test
    void shouldTakeAnEndAskedForAsItIsAskedToStart() {
        a.handler().asked = (peer, session) -> {
            final ExchangeResult result = a.handler().run(peer, session);
            session.complete();
            return result;
        };
        open();
        assertEquals(List.of(ExchangeEnd.COMPLETED), a.handler().last().ends);
        assertEquals(List.of(), b.handler().calls);
        a.handler().asked = a.handler()::run;
        b.handler().accepting = (peer, session) -> {
            final ExchangeResult result = b.handler().run(peer, session);
            session.complete();
            return result;
        };
        open();
        assertEnds(ExchangeEnd.COMPLETED, ExchangeEnd.COMPLETED);
    }

    @Test
    void shouldCallNothingOnceAHandlerHasCompletedInACallback() {
        open();
        final Side side = b.handler().last();
        side.onReceived = text -> side.session.complete();
        for (int i = 0; i < 10; i++) {
            a.handler().last().toSend.add("x");
        }
        net.run(5);
        assertEquals(1, side.received.size());
        assertEnds(ExchangeEnd.COMPLETED, ExchangeEnd.COMPLETED);
    }

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[8 * 1024]);

    /** A frame from b to a. */
    private void inject(final int length) {
        final byte[] bytes = new byte[length];
        frame.getBytes(0, bytes);
        net.link(1, 0).frames.add(bytes);
    }

    private void assertEnds(final ExchangeEnd atA, final ExchangeEnd atB) {
        assertEquals(List.of(atA), a.handler().last().ends);
        assertEquals(List.of(atB), b.handler().last().ends);
        assertTrue(a.exchanges.initiated(net.nowNs).isEmpty());
    }
}
