package io.plumtree.benchmarks;

import io.plumtree.protocol.ControlMessage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An acknowledgement of an announcement.
 *
 * <p>One operation is one acknowledgement: 4,096 come in 128 frames, and each takes an entry off what is outstanding.
 * Between the measured calls other messages come, and are announced.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class AcknowledgementBenchmark {
    private Relay relay;
    private ControlFrames acknowledgements;

    /** Nothing is set up yet. */
    public AcknowledgementBenchmark() {
    }

    /** Makes the node. */
    @Setup
    public void launch() {
        relay = new Relay(CountingHandler.NAME, MeasuredNode.options(), 0, 64);
        relay.receivers.lazy.isAcknowledging = false;
        acknowledgements = relay.controlFrames(ControlMessage.IGNORED_I_HAVE);
    }

    /** Messages come, and are announced. */
    @Setup(Level.Invocation)
    public void announce() {
        acknowledgements.name(relay.sequence() + 1);
        for (int i = 0; i < ControlFrames.ENTRIES; i++) {
            relay.receive();
        }
        relay.node.tick();
    }

    /**
     * Acknowledgements in.
     *
     * @return what the duty cycles say that they did.
     */
    @Benchmark
    @OperationsPerInvocation(ControlFrames.ENTRIES)
    public int receive() {
        return acknowledgements.receive(relay.node);
    }

    /** Fails if anything is announced again, as it was not acknowledged. */
    @TearDown
    public void check() {
        relay.node.reannounce();
        relay.check();
        relay.receivers.check(relay.sequence());
    }
}
