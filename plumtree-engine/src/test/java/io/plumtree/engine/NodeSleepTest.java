package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.MemoryTransport;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.options.PluginOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node with a thread of its own, whose transport sleeps for as long as nobody calls, whatever the time. */
class NodeSleepTest {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final Semaphore calls = new Semaphore(0);
    private final AtomicInteger sleeps = new AtomicInteger();
    private final AtomicInteger awake = new AtomicInteger();
    private MemoryTransport transport;
    private PlumtreeNode node;

    @BeforeEach
    void launch() {
        final MemoryHub hub = new MemoryHub(64 * 1024);
        transport = hub.listen(hub.nextEndpoint());
        transport.onWakeUp = calls::release;
        transport.onAwait = timeoutNs -> {
            sleeps.incrementAndGet();
            calls.acquireUninterruptibly();
            return true;
        };
        transport.onWork = awake::incrementAndGet;
        node = PlumtreeNode.launch(new NodeContext()
            .name("a")
            .transport(transport)
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(4 * 1024)
            .handler("log", new TestHandler()));
        awaitSleep();
    }

    @AfterEach
    void close() {
        // Whatever a test has found broken, nobody is left behind.
        calls.release(1 << 20);
        node.close();
    }

    private void awaitSleep() {
        assertTimeoutPreemptively(DEADLINE, () -> {
            while (sleeps.get() == 0 || !calls.hasQueuedThreads()) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void shouldRunNoCycleWhileItSleeps() {
        final int cycles = awake.get();
        assertTrue(calls.hasQueuedThreads());
        assertEquals(cycles, awake.get());
    }

    @Test
    void shouldTakeABroadcastThatComesWhileItSleeps() {
        final UnsafeBuffer data = new UnsafeBuffer(new byte[10]);
        assertTimeoutPreemptively(DEADLINE, () -> {
            for (int i = 0; i < 100; i++) {
                final long position = node.broadcast("log", data, 0, data.capacity());
                assertTrue(position > 0);
                while (node.consumedPosition() < position) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    @Test
    void shouldAnswerAQueryThatComesWhileItSleeps() {
        assertTimeoutPreemptively(DEADLINE, () -> {
            for (int i = 0; i < 100; i++) {
                assertEquals(List.of(NodeId.of("a")), node.broadcastMembers().stream().map(Member::id).toList());
            }
        });
    }

    @Test
    void shouldTakeAnUpdateThatComesWhileItSleeps() {
        assertTimeoutPreemptively(DEADLINE, () -> node.update(node.members()).get());
    }

    @Test
    void shouldCloseThoughItSleeps() {
        assertFalse(node.isClosed());
        assertTimeoutPreemptively(DEADLINE, node::close);
        assertTrue(transport.isClosed());
    }
}
