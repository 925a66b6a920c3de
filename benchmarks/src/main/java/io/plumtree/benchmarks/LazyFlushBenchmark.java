package io.plumtree.benchmarks;

import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The lazy tick.
 *
 * <p>One operation is one announcement: its share of a duty cycle in which the tick is due, and all that is outstanding
 * is announced to one peer, which never acknowledges. The node is told to announce again at each tick, and writes
 * frames of up to 33 announcements to the link's log. Every tenth cycle has a look at the links.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class LazyFlushBenchmark {
    static final int ANNOUNCEMENTS = 1024;

    /** How many announcements a tick makes; a divisor of 1,024. */
    @Param({"1", "64", "1024"})
    public int outstanding;

    private Relay relay;
    private long before;
    private long operations;

    /** Nothing is set up yet. */
    public LazyFlushBenchmark() {
    }

    /** Makes the node, and what it has to announce. */
    @Setup
    public void launch() {
        relay = new Relay(CountingHandler.NAME, new PlumtreeOptions().reannounceIntervalNs(0), 0, 64);
        relay.receivers.lazy.isAcknowledging = false;
        for (int i = 0; i < outstanding; i++) {
            relay.receive();
        }
        before = relay.receivers.lazy.announcements;
    }

    /**
     * Ticks.
     *
     * @return what the duty cycles say that they did.
     */
    @Benchmark
    @OperationsPerInvocation(ANNOUNCEMENTS)
    public int flush() {
        int workCount = 0;
        for (int announced = 0; announced < ANNOUNCEMENTS; announced += outstanding) {
            workCount += relay.node.tick();
        }
        operations += ANNOUNCEMENTS;
        return workCount;
    }

    /** Fails unless each tick announced everything. */
    @TearDown
    public void check() {
        Receivers.check("announced", operations, relay.receivers.lazy.announcements - before);
        relay.check();
    }
}
