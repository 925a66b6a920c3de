package io.plumtree.benchmarks;

import io.plumtree.engine.options.PlumtreeOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The protocol core alone: nothing is encoded, sent or stored. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class PlumtreeBenchmark {
    private static final int OUTSTANDING = 64;
    private static final int PAYLOAD_LENGTH = 64;

    private Node relay;
    private Node announcer;

    /** Nothing is set up yet. */
    public PlumtreeBenchmark() {
    }

    /** Makes a node that relays, and one that has messages to announce which nobody acknowledges. */
    @Setup
    public void makeNodes() {
        relay = new Node(new CountingEffects(), new PlumtreeOptions(), PAYLOAD_LENGTH);
        announcer = new Node(
            new CountingEffects(),
            new PlumtreeOptions().reannounceIntervalNs(0).acknowledgementDelayNs(0), PAYLOAD_LENGTH);
        for (int i = 0; i < OUTSTANDING; i++) {
            announcer.receiveMessage();
        }
        if (announcer.outstanding() != OUTSTANDING) {
            throw new IllegalStateException("outstanding: " + announcer.outstanding());
        }
    }

    /**
     * A message is merged, pushed to four eager peers, recorded for a lazy one, and acknowledged by that one.
     *
     * @return how many were outstanding before the acknowledgement.
     */
    @Benchmark
    public int relay() {
        relay.receiveMessage();
        final int outstanding = relay.outstanding();
        relay.acknowledge();
        return outstanding;
    }

    /**
     * The lazy tick, per announcement made.
     *
     * @return how many were made.
     */
    @Benchmark
    @OperationsPerInvocation(OUTSTANDING)
    public int lazyFlush() {
        return announcer.flush();
    }
}
