package io.plumtree.engine.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.engine.agent.TestNode;
import io.plumtree.engine.counting.EngineCounters;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** A window of 1,000 bytes, of which a queue of 100 is short; a budget of 200 ms. */
class PeerLaneTest {
    private static final long MS = TestNode.MS;
    private static final long BUDGET_NS = 200 * MS;

    private final Queue queue = new Queue();
    private final PeerLane lane = PeerLane.of(
        NodeId.of("a"), NodeId.of("b"), new Link[] {queue}, 100,
        new EngineCounters(), 0)[0];

    private boolean isAdmissible(final long timeMs) {
        return lane.isAdmissible(true, timeMs * MS, BUDGET_NS);
    }

    @Test
    void shouldAdmitWhatFindsAShortQueue() {
        queue.length = 100;
        assertTrue(isAdmissible(0));
        queue.length = 101;
        assertFalse(isAdmissible(1));
        queue.length = 100;
        assertTrue(isAdmissible(2));
    }

    @Test
    void shouldWaitForHalfTheWindowOnceAQueueDoesNotBecomeShort() {
        queue.length = 101;
        assertFalse(isAdmissible(0));
        assertFalse(isAdmissible(19));
        assertTrue(isAdmissible(20));
        queue.length = 501;
        assertFalse(isAdmissible(21));
        assertFalse(isAdmissible(220));
        assertTrue(isAdmissible(221), "the budget is over");
    }

    @Test
    void shouldWaitAnewForAQueueThatHasBeenShortMeanwhile() {
        queue.length = 101;
        assertFalse(isAdmissible(0));
        assertTrue(isAdmissible(20));
        queue.length = 0;
        lane.refreshBudgets(true);
        queue.length = 101;
        assertFalse(isAdmissible(1_000), "nobody asked while it was short");
        assertFalse(isAdmissible(1_019));
        assertTrue(isAdmissible(1_020));
    }

    @Test
    void shouldWaitForNobodyWhoIsDown() {
        queue.length = 1_000;
        assertTrue(lane.isAdmissible(false, 0, BUDGET_NS));
    }

    @Test
    void shouldTellHowFarALongQueueHasMoved() {
        queue.length = 101;
        queue.sent = 5;
        assertEquals(5, lane.queuePosition());
        queue.sent = 6;
        assertEquals(6, lane.queuePosition());
        queue.length = 100;
        queue.sent = 7;
        assertEquals(6, lane.queuePosition(), "what finds no queue says nothing");
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
