package io.plumtree.engine.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.handlers.HandlerRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

class CommandRingTest {
    private static final int RING_LENGTH = 64 * 1024;

    private final EngineCounters counters = new EngineCounters();
    private final List<Throwable> errors = new ArrayList<>();
    private final ErrorReporter reporter =
        new ErrorReporter(NodeId.of("a"), errors::add, counters, SystemNanoClock.INSTANCE);
    private final HandlerRegistry registry =
        new HandlerRegistry(new TreeMap<>(Map.of("log", new TestHandler())), counters, reporter);
    private final CommandRing ring = new CommandRing(RING_LENGTH, 64, 4_096, new Waker(), counters);
    private final EngineClaim claim = ring.newClaim(registry.byName("log"));

    @Test
    void shouldReturnThePositionThatTheEngineReachesWithEachMessage() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            final int payloadLength = random.nextInt(4_000);
            final long position = claim.tryClaim(1 + random.nextInt(64), payloadLength);
            assertTrue(position > 0, () -> "seed " + seed);
            assertEquals(0, claim.idOffset() % 8, () -> "seed " + seed);
            claim.commit();
            while (ring.size() > 0) {
                ring.poll((typeId, buffer, offset, length) -> {
                    final int body = CommandRing.bodyOffset(offset);
                    final int idLength = GossipBody.idLength(buffer, body);
                    assertEquals(0, CommandRing.handlerOf(typeId));
                    assertEquals(payloadLength, GossipBody.payloadLength(buffer, body, idLength));
                    return Action.CONTINUE;
                }, 1);
            }
            assertEquals(position, ring.consumedPosition(), () -> "seed " + seed);
        }
        assertTrue(ring.consumedPosition() > 100 * RING_LENGTH, "the ring has wrapped");
    }

    @Test
    void shouldReturnExactPositionsToThreadsThatRace() throws InterruptedException {
        final int threads = 3;
        final int messages = 5_000;
        final AtomicInteger failures = new AtomicInteger();
        final List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            final EngineClaim own = ring.newClaim(registry.byName("log"));
            final Thread thread = new Thread(() -> {
                for (int i = 0; i < messages; i++) {
                    long position = own.tryClaim(8, i % 200);
                    while (position == BroadcastResult.BACK_PRESSURED) {
                        Thread.onSpinWait();
                        position = own.tryClaim(8, i % 200);
                    }
                    own.buffer().putLong(own.idOffset(), position);
                    own.commit();
                }
            });
            thread.start();
            producers.add(thread);
        }
        final long[] claimed = new long[1];
        final long deadlineNs = System.nanoTime() + 50_000_000_000L;
        for (int read = 0; read < threads * messages && System.nanoTime() < deadlineNs; ) {
            final int count = ring.poll((typeId, buffer, offset, length) -> {
                claimed[0] = buffer.getLong(GossipBody.idOffset(CommandRing.bodyOffset(offset)));
                return Action.CONTINUE;
            }, 1);
            if (count > 0 && claimed[0] != ring.consumedPosition()) {
                failures.incrementAndGet();
            }
            read += count;
            Thread.onSpinWait();
        }
        for (final Thread producer : producers) {
            producer.join(TimeUnit.MINUTES.toMillis(1));
            assertFalse(producer.isAlive());
        }
        assertEquals(0, failures.get());
        assertEquals(0, ring.size());
    }

    @Test
    void shouldSayWhyItRefuses() {
        assertEquals(BroadcastResult.ID_TOO_LONG, claim.tryClaim(65, 0));
        assertEquals(BroadcastResult.PAYLOAD_TOO_LONG, claim.tryClaim(8, 4_089));
        assertEquals(BroadcastResult.PAYLOAD_TOO_LONG, claim.tryClaim(8, Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> claim.tryClaim(0, 1));
        assertThrows(IllegalArgumentException.class, () -> claim.tryClaim(1, -1));
        assertThrows(IllegalStateException.class, claim::commit);
        assertThrows(IllegalStateException.class, claim::abort);

        while (claim.tryClaim(8, 4_088) > 0) {
            assertThrows(IllegalStateException.class, () -> claim.tryClaim(8, 0));
            claim.commit();
        }
        assertEquals(BroadcastResult.BACK_PRESSURED, claim.result());
        assertEquals(1, counters.get(EngineCounter.BROADCASTS_BACK_PRESSURED).get());

        ring.close();
        assertEquals(BroadcastResult.CLOSED, claim.tryClaim(8, 0));
    }

    @Test
    void shouldLetOneThreadHaveTheLastWord() throws InterruptedException {
        ring.close();
        ring.lastWriter(Thread.currentThread());
        assertTrue(claim.tryClaim(8, 0) > 0);
        claim.commit();
        final AtomicLong elsewhere = new AtomicLong();
        final Thread other = new Thread(() -> elsewhere.set(claim.tryClaim(8, 0)));
        other.start();
        other.join();
        assertEquals(BroadcastResult.CLOSED, elsewhere.get());
        ring.lastWriter(null);
        assertEquals(BroadcastResult.CLOSED, claim.tryClaim(8, 0));
    }

    @Test
    void shouldLetAClaimThatIsOpenAtTheCloseBeCommitted() {
        final long position = claim.tryClaim(8, 8);
        ring.close();
        claim.commit();
        final int[] count = new int[1];
        ring.poll((typeId, buffer, offset, length) -> {
            count[0]++;
            return Action.CONTINUE;
        }, 10);
        assertEquals(1, count[0]);
        assertEquals(position, ring.consumedPosition());
    }

    @Test
    void shouldGiveTheSpaceOfAnAbortedClaimBack() {
        claim.tryClaim(8, 100);
        claim.abort();
        assertEquals(BroadcastResult.REJECTED, claim.result());
        assertEquals(0, ring.poll((typeId, buffer, offset, length) -> Action.CONTINUE, 10));
        assertEquals(0, ring.size());
    }

    @Test
    void shouldPassTheOpenClaimOfADeadThreadAfterTheTimeout() throws InterruptedException {
        final ClaimWatch watch = new ClaimWatch(ring, 1_000, counters, reporter);
        final Thread thread = new Thread(() -> claim.tryClaim(8, 8));
        thread.start();
        thread.join();
        final EngineClaim other = ring.newClaim(registry.byName("log"));
        other.tryClaim(8, 8);
        other.commit();

        assertEquals(0, watch.check(0));
        assertEquals(0, watch.check(999));
        assertEquals(1, watch.check(1_000));
        assertEquals(1, counters.get(EngineCounter.CLAIMS_ABANDONED).get());
        final int[] count = new int[1];
        ring.poll((typeId, buffer, offset, length) -> {
            count[0]++;
            return Action.CONTINUE;
        }, 10);
        assertEquals(1, count[0]);
        assertEquals(0, ring.size());
    }

    @Test
    void shouldReportTheOpenClaimOfALivingThreadOnceAndWaitForIt() {
        final ClaimWatch watch = new ClaimWatch(ring, 1_000, counters, reporter);
        claim.tryClaim(8, 8);
        assertEquals(0, watch.check(0));
        assertEquals(0, watch.check(2_000));
        assertEquals(0, watch.check(3_000));
        assertTrue(ring.isAtOpenClaim());
        assertSame(Thread.currentThread(), ring.ownerOfOpenClaim());
        assertEquals(1, counters.get(EngineCounter.CLAIMS_OVERDUE).get());
        assertEquals(0, counters.get(EngineCounter.CLAIMS_ABANDONED).get());
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).getMessage().contains(Thread.currentThread().getName()));
        claim.commit();
        assertFalse(ring.isAtOpenClaim());
        assertNull(ring.ownerOfOpenClaim());
    }
}
