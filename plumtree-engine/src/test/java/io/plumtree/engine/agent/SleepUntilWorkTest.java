package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.ring.SleepUntilWork;
import io.plumtree.engine.view.NeighboursAlone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

/** When an engine's thread spins, sleeps and backs off. */
class SleepUntilWorkTest {
    private static final long DEADLINE_NS = TimeUnit.MINUTES.toNanos(1);

    private final List<Long> sleeps = new ArrayList<>();
    private final SleepUntilWork strategy = new SleepUntilWork(1_000);
    private final MemoryHub hub = new MemoryHub(64 * 1024);
    private final TestNode node = new TestNode(
        hub, new Member(NodeId.of("a"), hub.nextEndpoint()), 1, List.of(), new TestHandler(), Map.of(),
        new ExchangeOptions(), new QueryOptions(), null, new NeighboursAlone(),
        TestNode.engineOptions(), SystemNanoClock.INSTANCE, System.nanoTime());
    /** The rounds without work since there was some, as of the last sleep. */
    private int rounds;

    SleepUntilWorkTest() {
        strategy.sleep(node.agent::sleep);
        node.transport.onAwait = sleeps::add;
    }

    /** Runs cycles without work until the engine has slept; the machine may take away the time for that. */
    private int roundsUntilSlept() {
        final int before = sleeps.size();
        final long startNs = System.nanoTime();
        strategy.idle(1);
        rounds = 0;
        while (sleeps.size() == before) {
            assertTrue(System.nanoTime() - startNs < DEADLINE_NS, "did not sleep");
            strategy.idle(node.agent.doWork());
            rounds++;
        }
        return rounds;
    }

    @Test
    void shouldSleepForNoLongerThanTheNextTick() {
        roundsUntilSlept();
        final long sleptNs = sleeps.get(0);
        assertTrue(sleptNs >= EngineAgent.MIN_SLEEP_NS && sleptNs <= 100 * TestNode.MS, sleptNs + " ns");
    }

    @Test
    void shouldRunSomeCyclesBeforeItSleeps() {
        assertTrue(roundsUntilSlept() > 1);
        assertTrue(roundsUntilSlept() > 1, "after work that ended a sleep, too");
    }

    /** A sleep of the test's transport is over at once, as if something had come. */
    @Test
    void shouldSpinForLongerWhereWorkComesOften() {
        int most = 0;
        for (int i = 0; i < 20; i++) {
            most = Math.max(most, roundsUntilSlept());
        }
        assertTrue(most > 20, most + " rounds");
    }

    @Test
    void shouldBackOffWhereTheTransportCannotWait() {
        node.transport.onAwait = timeoutNs -> {
            sleeps.add(timeoutNs);
            return false;
        };
        final int first = roundsUntilSlept();
        assertTrue(first > 1);
        final int asked = sleeps.size();
        // It goes on asking, since that may be over at any time.
        final long startNs = System.nanoTime();
        while (sleeps.size() < asked + 3) {
            assertTrue(System.nanoTime() - startNs < DEADLINE_NS, "asks no more");
            strategy.idle(node.agent.doWork());
        }
    }

    @Test
    void shouldBackOffWithoutAnEngine() {
        final SleepUntilWork alone = new SleepUntilWork(1_000);
        for (int i = 0; i < 100; i++) {
            alone.idle(0);
        }
        assertEquals("sleep", alone.alias());
    }
}
