package io.plumtree.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The protocol core alone: nothing is decoded, encoded, sent or stored. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class PlumtreeBenchmark {
    /** How many roots have trees of their own, and messages in turn. */
    @Param({"1", "1000", "10000"})
    public int roots;

    private CoreNode node;

    /** Nothing is set up yet. */
    public PlumtreeBenchmark() {
    }

    /** Makes a node with a tree for each root. */
    @Setup
    public void plant() {
        node = new CoreNode(roots);
    }

    /**
     * A message of one root after the other is merged, pushed to four eager peers, recorded for a lazy one, and
     * acknowledged by that one.
     *
     * @return how many were outstanding before the acknowledgement.
     */
    @Benchmark
    public int relay() {
        node.receiveMessage();
        final int outstanding = node.outstanding();
        node.acknowledge();
        return outstanding;
    }

    /** Fails unless each message was pushed to four. */
    @TearDown
    public void check() {
        node.check();
    }
}
