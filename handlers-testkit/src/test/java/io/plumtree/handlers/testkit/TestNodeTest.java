package io.plumtree.handlers.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.HandlerContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestNodeTest {
    /** Broadcasts in its housekeeping, and counts. */
    private static final class Busy extends SetHandler {
        private long sequenceDuringWork;

        @Override
        public void onStart(final HandlerContext handlerContext) {
            super.onStart(handlerContext);
            handlerContext.counter("beats").setRelease(Long.parseLong(handlerContext.option("beats", "7")));
        }

        @Override
        public int doWork(final long nowNs) {
            claimed(context.newClaim()).commit();
            claimed(context.newClaim()).abort();
            sequenceDuringWork = lastSequence;
            return 1;
        }

        private BroadcastClaim claimed(final BroadcastClaim claim) {
            assertTrue(claim.tryClaim(ID_LENGTH, 2) > 0);
            claim.buffer().putLong(claim.idOffset(), 77);
            claim.buffer().putShort(claim.payloadOffset(), (short) 5);
            return claim;
        }
    }

    private final Busy handler = new Busy();
    private final TestNode node = new TestNode(NodeId.of("self"), 5, handler, Map.of("beats", "9"));

    @Test
    void shouldBroadcastWhatIsCommittedAfterTheCallThatCommits() {
        final long beforeNs = node.nowNs();
        assertEquals(1, node.advance(10));
        assertEquals(beforeNs + 10, node.nowNs());
        assertEquals(0, handler.sequenceDuringWork);
        assertEquals(1, handler.lastSequence);
        assertEquals(1, node.broadcasts().size(), "what was aborted is not broadcast");
        assertEquals(1, node.broadcasts().get(0).id()[8], "as onBroadcast has left it");
        assertArrayEquals(new byte[] {5, 0}, node.broadcasts().get(0).payload());
    }

    @Test
    void shouldGiveOptionsAndCounters() {
        assertEquals(9, node.counter("beats"));
        assertThrows(IllegalArgumentException.class, () -> node.counter("bytes"));
        assertThrows(IllegalStateException.class, () -> node.context().counter("late"));
        assertEquals(5, node.context().incarnation());
    }

    @Test
    void shouldRefuseClaimsAsAnEngineDoes() {
        final BroadcastClaim claim = node.context().newClaim();
        assertEquals(BroadcastResult.ID_TOO_LONG, claim.tryClaim(TestNode.MAX_ID_LENGTH + 1, 0));
        assertEquals(BroadcastResult.PAYLOAD_TOO_LONG, claim.tryClaim(1, TestNode.MAX_MESSAGE_LENGTH));
        assertThrows(IllegalArgumentException.class, () -> claim.tryClaim(0, 1));
        assertThrows(IllegalStateException.class, claim::commit);
        assertTrue(claim.tryClaim(16, 1) > 0);
        assertThrows(IllegalStateException.class, () -> claim.tryClaim(16, 1));
        claim.abort();
        node.claimResult(BroadcastResult.BACK_PRESSURED);
        assertEquals(BroadcastResult.BACK_PRESSURED, claim.tryClaim(16, 1));
        assertNull(node.broadcast(new byte[] {1}));
    }
}
