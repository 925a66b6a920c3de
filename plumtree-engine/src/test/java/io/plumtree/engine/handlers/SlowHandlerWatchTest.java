package io.plumtree.engine.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowHandlerWatchTest {
    private static final long MS = 1_000_000;
    private static final long THRESHOLD_NS = 100 * MS;

    private final Logger logger = Logger.getLogger("io.plumtree.engine");
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(final LogRecord entry) {
            logged.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    };
    private long nowNs;
    private final EngineCounters counters = new EngineCounters();
    private final HandlerRegistry registry = new HandlerRegistry(
        new TreeMap<>(Map.of("fast", new TestHandler(), "lame", new TestHandler())), counters,
        new ErrorReporter(NodeId.of("a"), error -> logged.add(error.getMessage()), counters, () -> nowNs));
    private final HandlerSlot fast = registry.byName("fast");
    private final HandlerSlot lame = registry.byName("lame");
    private long stalledNs;
    /** Stalls are asked for as of now, and of no other time. */
    private final SlowHandlerWatch watch = new SlowHandlerWatch(
        () -> nowNs, timeNs -> timeNs == nowNs ? stalledNs : 0, THRESHOLD_NS, nowNs);

    @BeforeEach
    void listen() {
        logger.addHandler(log);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(log);
        logger.setUseParentHandlers(true);
    }

    private void cycle() {
        watch.onCycle(nowNs);
        nowNs += MS;
    }

    private void merge(final HandlerSlot slot, final long elapsedNs) {
        merge(slot, elapsedNs, 0);
    }

    private void merge(final HandlerSlot slot, final long elapsedNs, final long stoodStillNs) {
        watch.begin();
        nowNs += elapsedNs;
        stalledNs += stoodStillNs;
        watch.end(slot, "merge");
    }

    private long slow(final String handler) {
        return counters.snapshot().get("handler." + handler + ".slow");
    }

    @Test
    void shouldBlameNobodyForTheTimeThatTheProcessStoodStill() {
        cycle();
        nowNs += 5_000 * MS;
        cycle();
        merge(lame, 5_000 * MS, 4_990 * MS);
        watch.beginRare();
        nowNs += 5_000 * MS;
        stalledNs += 5_000 * MS;
        watch.end(fast, "doWork");
        assertEquals(0, slow("lame"));
        assertEquals(0, slow("fast"));
        assertEquals(List.of(), logged);
        assertFalse(watch.isResting(lame));
        merge(lame, 5_000 * MS, 4_700 * MS);
        assertEquals(1, slow("lame"));
        assertTrue(logged.get(0).contains("'lame' held the engine up for 300ms in merge"), logged.get(0));
    }

    /** A stall that ends just as a callback begins may be told as a longer one then than afterwards. */
    @Test
    void shouldSayThatNoCallbackTookLongerThanFromItsStart() {
        stalledNs = 5_000 * MS;
        watch.beginRare();
        nowNs += 300 * MS;
        stalledNs -= 1_000 * MS;
        watch.end(lame, "doWork");
        assertEquals(1, slow("lame"));
        assertTrue(logged.get(0).contains("'lame' held the engine up for 300ms in doWork"), logged.get(0));
    }

    @Test
    void shouldSuspectNobodyForTheTimeThatTheLaunchTook() {
        nowNs += 5_000 * MS;
        watch.onStart(nowNs);
        cycle();
        merge(lame, 300 * MS);
        assertEquals(0, slow("lame"));
    }

    @Test
    void shouldNameAHandlerThatIsSlowForTheSecondTime() {
        cycle();
        merge(lame, 300 * MS);
        assertEquals(0, slow("lame"));
        cycle();
        merge(fast, MS);
        merge(lame, 300 * MS);
        merge(fast, MS);
        assertEquals(1, slow("lame"));
        assertEquals(0, slow("fast"));
        assertEquals(List.of("node 'a': handler 'lame' held the engine up for 300ms in merge; allowed is 100ms" +
            " (plumtree.handler.slow.threshold)"), logged);
    }

    @Test
    void shouldNameAHandlerThatIsSlowInARareCallbackAtOnce() {
        cycle();
        watch.beginRare();
        nowNs += THRESHOLD_NS;
        watch.end(lame, "doWork");
        assertEquals(0, slow("lame"), "it may take as long");
        watch.beginRare();
        nowNs += 101 * MS;
        watch.end(lame, "doWork");
        assertEquals(1, slow("lame"));
        assertTrue(logged.get(0).contains("'lame'") && logged.get(0).contains("doWork"), logged.toString());
    }

    @Test
    void shouldSayItOnceASecondButCountEveryTime() {
        for (int i = 0; i < 5; i++) {
            watch.beginRare();
            nowNs += 101 * MS;
            watch.end(lame, "doWork");
        }
        assertEquals(5, slow("lame"));
        assertEquals(1, logged.size());
    }

    @Test
    void shouldNotTimeEachMessageForEver() {
        cycle();
        merge(lame, 300 * MS);
        cycle();
        for (int i = 0; i < 201; i++) {
            nowNs += SlowHandlerWatch.SUSPICION_NS / 200;
            watch.onCycle(nowNs);
        }
        merge(lame, 300 * MS);
        assertEquals(0, slow("lame"));
    }

    @Test
    void shouldTimeEachMessageForAWhileAfterTheLatestCycleThatTookTooLong() {
        cycle();
        nowNs += 300 * MS;
        cycle();
        for (int i = 0; i < 199; i++) {
            nowNs += SlowHandlerWatch.SUSPICION_NS / 200;
            watch.onCycle(nowNs);
        }
        nowNs += 300 * MS;
        watch.onCycle(nowNs);
        nowNs += 50 * MS;
        watch.onCycle(nowNs);
        merge(lame, 300 * MS);
        assertEquals(1, slow("lame"));
    }

    @Test
    void shouldLetASlowHandlerRestForFourTimesAsLong() {
        cycle();
        merge(lame, 300 * MS);
        assertFalse(watch.isResting(lame));
        cycle();
        merge(lame, 300 * MS);
        assertTrue(watch.isResting(lame));
        assertFalse(watch.isResting(fast));
        nowNs += 1_200 * MS - 1;
        watch.onCycle(nowNs);
        assertTrue(watch.isResting(lame));
        nowNs++;
        watch.onCycle(nowNs);
        assertFalse(watch.isResting(lame));
    }

    @Test
    void shouldBlameNobodyForAPauseBetweenCycles() {
        cycle();
        merge(fast, MS);
        nowNs += 1_000 * MS;
        cycle();
        merge(fast, MS);
        assertEquals(List.of(), logged);
        assertEquals(0, slow("fast"));
    }

    @Test
    void shouldWatchNobodyWhereTheThresholdIsZero() {
        final SlowHandlerWatch off = new SlowHandlerWatch(() -> nowNs, timeNs -> 0, 0, nowNs);
        for (int i = 0; i < 2; i++) {
            off.onCycle(nowNs);
            off.begin();
            nowNs += 1_000 * MS;
            off.end(lame, "merge");
            off.beginRare();
            nowNs += 1_000 * MS;
            off.end(lame, "doWork");
        }
        assertEquals(0, slow("lame"));
    }
}
