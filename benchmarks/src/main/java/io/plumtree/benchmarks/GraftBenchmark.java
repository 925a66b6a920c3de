package io.plumtree.benchmarks;

import io.plumtree.protocol.ControlMessage;
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
 * A graft that can be served.
 *
 * <p>One operation is one graft: 4,096 come in 128 frames, are looked up with the handler, which has one payload for
 * all, and are each answered with a Gossip frame.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class GraftBenchmark {
    /** Length of the payload in bytes. */
    @Param({"64", "256", "1024"})
    public int payloadLength;

    private Relay relay;
    private ControlFrames grafts;
    private long operations;
    private long before;

    /** Nothing is set up yet. */
    public GraftBenchmark() {
    }

    /** Makes the node, and the messages. */
    @Setup
    public void launch() {
        relay = new Relay(CountingHandler.NAME, MeasuredNode.options(), 0, payloadLength);
        grafts = relay.controlFrames(ControlMessage.GRAFT);
        grafts.name(relay.sequence() + 1);
        for (int i = 0; i < ControlFrames.ENTRIES; i++) {
            relay.receive();
        }
        relay.node.settle();
        before = relay.receivers.lazy.payloads;
    }

    /**
     * Grafts in, payloads out.
     *
     * @return what the duty cycles say that they did.
     */
    @Benchmark
    @OperationsPerInvocation(ControlFrames.ENTRIES)
    public int receive() {
        operations += ControlFrames.ENTRIES;
        return grafts.receive(relay.node) + relay.node.cycle();
    }

    /** Fails unless each graft was answered with a payload. */
    @TearDown
    public void check() {
        relay.check();
        Receivers.check("grafted", operations, relay.receivers.lazy.payloads - before);
    }
}
