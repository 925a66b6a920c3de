package io.plumtree.engine.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.engine.agent.TestNode;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.settings.RoomLimits;
import io.plumtree.protocol.PlumtreeEffects;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** A window of 1,000 bytes, of which a queue of 100 is short; a budget of 200 ms. */
class PeerChannelTest {
    private static final long MS = TestNode.MS;
    private static final long BUDGET_NS = 200 * MS;

    private final Queue queue = new Queue();
    private final EngineCounters counters = new EngineCounters();
    private final PeerChannel way = PeerChannel.of(
        NodeId.of("a"), NodeId.of("b"), new Link[] {queue}, new RoomLimits(100, 20 * MS, BUDGET_NS),
        counters, 0)[0];

    /** What a broadcast finds that is tried, and pushed if it may be. */
    private boolean isAdmitted(final long timeMs) {
        final boolean isAdmissible = way.isAdmissible(true, timeMs * MS);
        if (isAdmissible) {
            way.onPush(true, timeMs * MS);
        } else {
            way.onBroadcastHeldBack(timeMs * MS);
        }
        return isAdmissible;
    }

    @Test
    void shouldAdmitWhatFindsAShortQueue() {
        queue.length = 100;
        assertTrue(isAdmitted(0));
        queue.length = 101;
        assertFalse(isAdmitted(1));
        queue.length = 100;
        assertTrue(isAdmitted(2));
    }

    @Test
    void shouldWaitForHalfTheWindowOnceAQueueDoesNotBecomeShort() {
        queue.length = 101;
        assertFalse(isAdmitted(0));
        assertFalse(isAdmitted(19));
        assertTrue(isAdmitted(20));
        queue.length = 501;
        assertFalse(isAdmitted(21));
        assertFalse(isAdmitted(220));
        assertTrue(isAdmitted(221), "the budget is over");
    }

    @Test
    void shouldWaitAnewForAQueueThatHasBeenShortMeanwhile() {
        queue.length = 101;
        assertFalse(isAdmitted(0));
        assertTrue(isAdmitted(20));
        queue.length = 0;
        way.update(true, 30 * MS);
        queue.length = 101;
        assertFalse(isAdmitted(1_000), "nobody asked while it was short");
        assertFalse(isAdmitted(1_019));
        assertTrue(isAdmitted(1_020));
    }

    @Test
    void shouldWaitForNobodyWhoIsDown() {
        queue.length = 1_000;
        assertTrue(way.isAdmissible(false, 0));
    }

    @Test
    void shouldTellHowFarALongQueueHasMoved() {
        queue.length = 101;
        queue.sent = 5;
        assertEquals(5, way.queuePosition());
        queue.sent = 6;
        assertEquals(6, way.queuePosition());
        queue.length = 100;
        queue.sent = 7;
        assertEquals(PlumtreeEffects.NO_QUEUE, way.queuePosition(), "what finds no queue says nothing");
    }

    @Test
    void shouldOnlyAnswerWhenAsked() {
        queue.length = 1_000;
        for (int timeMs = 0; timeMs < 1_000; timeMs++) {
            assertFalse(way.isWritable(true, timeMs * MS), "nothing waits yet, however often it is asked");
            assertFalse(way.isAdmissible(true, timeMs * MS));
        }
        assertFalse(way.isHeldUp());
        way.onBroadcastHeldBack(1_000 * MS);
        assertFalse(way.isAdmissible(true, 100_000 * MS), "the queue is not waited for any more, but room is");
        assertFalse(way.isAdmissible(true, 1_019 * MS));
        way.onRelayHeldBack(1_000 * MS);
        assertTrue(way.isWritable(true, 1_200 * MS));
        assertFalse(way.isWritable(true, 1_199 * MS));
        queue.length = 0;
        assertTrue(way.isWritable(true, 1_100 * MS));
        assertTrue(way.isAdmissible(true, 1_100 * MS));
        queue.length = 1_000;
        assertTrue(way.isWritable(true, 1_200 * MS), "that there was room has only been said");
        way.onRelayHeldBack(1_150 * MS);
        assertTrue(way.isWritable(true, 1_200 * MS), "it has waited from 1,000 ms on");
    }

    @Test
    void shouldCountABudgetThatIsSpentOnce() {
        queue.length = 1_000;
        way.onRelayHeldBack(0);
        way.onPush(true, 199 * MS);
        assertEquals(0, counters.get(EngineCounter.BUDGETS_SPENT).get());
        way.onPush(true, 200 * MS);
        way.update(true, 201 * MS);
        assertEquals(1, counters.get(EngineCounter.BUDGETS_SPENT).get());
        queue.length = 0;
        way.update(true, 202 * MS);
        assertFalse(way.isBlocked());
        queue.length = 1_000;
        way.onRelayHeldBack(203 * MS);
        way.update(true, 403 * MS);
        assertEquals(2, counters.get(EngineCounter.BUDGETS_SPENT).get());
    }

    @Test
    void shouldWaitForNobodyWithoutABudget() {
        final PeerChannel impatient = PeerChannel.of(
            NodeId.of("a"), NodeId.of("b"), new Link[] {queue}, new RoomLimits(100, 0, 0), counters, 0)[0];
        queue.length = 1_000;
        assertTrue(impatient.isAdmissible(true, 0));
        assertTrue(impatient.isWritable(true, 0));
        impatient.onPush(true, 0);
        assertEquals(1, counters.get(EngineCounter.BUDGETS_SPENT).get());
        assertTrue(impatient.isBlocked());
    }

    private static final class Queue implements Link {
        private long length;
        private long sent;

        @Override
        public int send(
            final DirectBuffer head,
            final int headOffset,
            final int headLength,
            final DirectBuffer body,
            final int bodyOffset,
            final int bodyLength) {
            length += headLength + bodyLength;
            return 1;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public long availableWindow() {
            return windowLength() - length;
        }

        @Override
        public long windowLength() {
            return 1_000;
        }

        @Override
        public long sentPosition() {
            return sent;
        }

        @Override
        public String endpoint() {
            return "b:1";
        }

        @Override
        public int channel() {
            return 0;
        }

        @Override
        public void close() {
        }
    }
}
