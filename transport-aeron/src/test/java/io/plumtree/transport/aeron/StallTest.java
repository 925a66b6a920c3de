package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes that send to each other all the time, and stand still, one or both: what one has accepted arrives, or it
 * sees the link go down after that.
 */
@Tag("slow")
class StallTest {
    private static final AeronTransportOptions OPTIONS = new AeronTransportOptions().closeTimeoutNs(0);
    private static final int MESSAGES_AFTERWARDS = 200;

    private final TestNode one = TestNode.launch("localhost:0", OPTIONS);
    private final TestNode two = TestNode.launch("localhost:0", OPTIONS);
    private final Sender there = new Sender(one.connect(two), two);
    private final Sender back = new Sender(two.connect(one), one);

    @AfterEach
    void close() {
        one.close();
        two.close();
        Directories.assertNoneLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {520, 1_100})
    void shouldDeliverOrBeSeenToGoDownWhenOneStandsStill(final int stallMs) {
        standStill(stallMs);
    }

    @Tag("deep")
    @ParameterizedTest
    @ValueSource(ints = {100, 400, 450, 480, 500, 550, 600, 700, 900, 1_000, 1_050, 1_300, 2_500, 6_000})
    void shouldDeliverOrBeSeenToGoDownHoweverLongOneStandsStill(final int stallMs) {
        standStill(stallMs);
    }

    private void standStill(final int stallMs) {
        begin();
        for (int i = 0; i < 3; i++) {
            final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stallMs);
            while (System.nanoTime() - endNs < 0) {
                two.cycle();
                back.send();
            }
            runAfterwards();
        }
        check();
    }

    @ParameterizedTest
    @CsvSource({"500, 1", "1000, 2"})
    void shouldDeliverOrBeSeenToGoDownWhenBothStandStill(final int stallMs, final int times) {
        bothStandStill(stallMs, times);
    }

    @Tag("deep")
    @ParameterizedTest
    @CsvSource({"6000, 1", "6000, 3"})
    void shouldDeliverOrBeSeenToGoDownHoweverLongBothStandStill(final int stallMs, final int times) {
        bothStandStill(stallMs, times);
    }

    private void bothStandStill(final int stallMs, final int times) {
        begin();
        for (int i = 0; i < times; i++) {
            TestNode.runFor(stallMs);
            runAfterwards();
        }
        check();
    }

    /** With pauses that are too short for a stall each, but leave hardly any cycle in between. */
    @ParameterizedTest
    @ValueSource(ints = 120)
    void shouldDeliverOrBeSeenToGoDownWhenOneHardlyRuns(final int pauseMs) {
        hardlyRun(pauseMs);
    }

    @Tag("deep")
    @ParameterizedTest
    @ValueSource(ints = {300, 490})
    void shouldDeliverOrBeSeenToGoDownHoweverSeldomOneRuns(final int pauseMs) {
        hardlyRun(pauseMs);
    }

    private void hardlyRun(final int pauseMs) {
        begin();
        for (int i = 0; i < 10; i++) {
            final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
            while (System.nanoTime() - endNs < 0) {
                two.cycle();
                back.send();
            }
            one.cycle();
            there.send();
        }
        runAfterwards();
        check();
    }

    /**
     * Both links carry something. Before that a sender that has said nothing for a while, and then stands still, may
     * take old news for a sign that it is heard; engines send nothing before they have been answered.
     */
    private void begin() {
        run(() -> !one.received.isEmpty() && !two.received.isEmpty(), 60_000);
    }

    private void runAfterwards() {
        final int thereNow = there.accepted.size();
        final int backNow = back.accepted.size();
        run(() -> there.accepted.size() > thereNow + MESSAGES_AFTERWARDS
            && back.accepted.size() > backNow + MESSAGES_AFTERWARDS, 60_000);
    }

    private void run(final java.util.function.BooleanSupplier until, final long timeoutMs) {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!until.getAsBoolean() && System.nanoTime() - endNs < 0) {
            one.cycle();
            two.cycle();
            there.send();
            back.send();
        }
    }

    private void check() {
        TestNode.await("what was accepted last", () -> there.hasLast() && back.hasLast(), one, two);
        there.check();
        back.check();
        for (final TestNode node : List.of(one, two)) {
            assertEquals(0, node.counter(TransportCounter.REBUILDS));
            assertEquals(List.of(), List.copyOf(node.errors));
        }
    }

    /** Sends numbers one after the other, and looks at its link as an engine does. */
    private static final class Sender {
        private static final long LOOK_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);
        private static final long SEND_PERIOD_NS = TimeUnit.MICROSECONDS.toNanos(200);
        private final Link link;
        private final TestNode receiver;
        /** For each number in how many times the link had been down by then. */
        private final List<Integer> accepted = new ArrayList<>();
        private long nextLookNs = System.nanoTime();
        private long nextSendNs = nextLookNs;
        private boolean wasConnected;
        private boolean isUp;
        private int downs;

        Sender(final Link link, final TestNode receiver) {
            this.link = link;
            this.receiver = receiver;
        }

        void send() {
            final long nowNs = System.nanoTime();
            if (nowNs - nextLookNs >= 0) {
                nextLookNs = nowNs + LOOK_PERIOD_NS;
                look();
            }
            if (isUp && nowNs - nextSendNs >= 0 && TestNode.send(link,
                ByteBuffer.allocate(Integer.BYTES).putInt(0, accepted.size()).array()) == SendResult.ACCEPTED) {
                accepted.add(downs);
                nextSendNs = nowNs + SEND_PERIOD_NS;
            }
        }

        private void look() {
            final boolean isConnected = link.isConnected();
            if (isUp && !isConnected && !wasConnected) {
                isUp = false;
                downs++;
            }
            isUp |= isConnected;
            wasConnected = isConnected;
        }

        boolean hasLast() {
            return !receiver.received.isEmpty()
                && number(receiver.received.get(receiver.received.size() - 1)) == accepted.size() - 1;
        }

        /** What was accepted while the link was up has arrived in order up to some number, and nothing after it. */
        void check() {
            int expected = 0;
            for (final byte[] frame : receiver.received) {
                final int number = number(frame);
                assertTrue(number >= expected, "number " + number + " after " + (expected - 1));
                if (number > expected) {
                    assertTrue(accepted.get(number) > accepted.get(expected), "numbers " + expected + " to "
                        + (number - 1) + " of " + accepted.size() + " are lost, and the link was not seen to go down");
                }
                expected = number + 1;
            }
            assertEquals(accepted.size(), expected);
        }

        private static int number(final byte[] frame) {
            return ByteBuffer.wrap(frame).getInt();
        }
    }
}
