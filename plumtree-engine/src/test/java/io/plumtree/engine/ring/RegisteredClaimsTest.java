package io.plumtree.engine.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.HandlerSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.junit.jupiter.api.Test;

class RegisteredClaimsTest {
    private static final int HELD = 10;
    private static final int DROPPED = 1_000;

    private final EngineCounters counters = new EngineCounters();
    private final CommandRing ring = new CommandRing(64 * 1024, 64, 4_096, new Waker(), counters);
    private final HandlerSlot log = registry(counters).byName("log");
    private final RegisteredClaims claims = new RegisteredClaims();

    private static HandlerRegistry registry(final EngineCounters counters) {
        return new HandlerRegistry(new TreeMap<>(Map.of("log", new TestHandler())), counters,
            new ErrorReporter(NodeId.of("a"), error -> { }, counters, SystemNanoClock.INSTANCE));
    }

    private EngineClaim register() {
        final EngineClaim claim = new EngineClaim(ring, log);
        claims.add(claim);
        return claim;
    }

    @Test
    void shouldForgetClaimsThatNobodyCanReach() {
        final List<EngineClaim> held = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            held.add(register());
        }
        for (int i = 0; i < DROPPED; i++) {
            register();
        }
        final long beganNs = System.nanoTime();
        while (claims.size() > DROPPED / 2 && System.nanoTime() - beganNs < TimeUnit.MINUTES.toNanos(1)) {
            System.gc();
            register();
        }
        assertTrue(claims.size() <= DROPPED / 2, claims.size() + " claims are registered");
        assertTrue(claims.size() >= held.size());
    }

    @Test
    void shouldFindTheOwnerAmongMany() {
        final List<EngineClaim> held = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            held.add(register());
        }
        assertNull(claims.ownerAt(RecordDescriptor.HEADER_LENGTH));
        final EngineClaim open = held.get(HELD / 2);
        assertTrue(open.tryClaim(8, 8) > 0);
        assertSame(Thread.currentThread(), claims.ownerAt(RecordDescriptor.HEADER_LENGTH));
        assertNull(claims.ownerAt(RecordDescriptor.HEADER_LENGTH + RecordDescriptor.ALIGNMENT));
        open.commit();
        assertNull(claims.ownerAt(RecordDescriptor.HEADER_LENGTH));
        assertEquals(HELD, claims.size());
    }

    @Test
    void shouldNotNameAThreadThatHasEnded() throws InterruptedException {
        final EngineClaim open = register();
        final Thread thread = new Thread(() -> open.tryClaim(8, 8));
        thread.start();
        thread.join();
        assertSame(thread, open.ownerAt(RecordDescriptor.HEADER_LENGTH));
        assertNull(claims.ownerAt(RecordDescriptor.HEADER_LENGTH));
    }
}
