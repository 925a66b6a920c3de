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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An announcement of what is here already, which is what most announcements are.
 *
 * <p>One operation is one announcement: 4,096 come in 128 frames, are looked up with the handler, and are acknowledged
 * at the next lazy tick, in frames of up to 33, to the peer that made them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class StaleAnnouncementBenchmark {
    private Relay relay;
    private ControlFrames announcements;
    private long operations;
    private long before;

    /** Nothing is set up yet. */
    public StaleAnnouncementBenchmark() {
    }

    /** Makes the node, and the messages. */
    @Setup
    public void launch() {
        relay = new Relay(CountingHandler.NAME, MeasuredNode.options(), 0, 64);
        announcements = relay.controlFrames(ControlMessage.I_HAVE);
        announcements.name(relay.sequence() + 1);
        for (int i = 0; i < ControlFrames.ENTRIES; i++) {
            relay.receive();
        }
        relay.node.settle();
        before = relay.receivers.lazy.acknowledgements;
    }

    /**
     * Announcements in, acknowledgements out.
     *
     * @return what the duty cycles say that they did.
     */
    @Benchmark
    @OperationsPerInvocation(ControlFrames.ENTRIES)
    public int receive() {
        operations += ControlFrames.ENTRIES;
        return announcements.receive(relay.node) + relay.node.tick();
    }

    /** Fails unless each announcement was acknowledged. */
    @TearDown
    public void check() {
        relay.check();
        Receivers.check("acknowledged", operations, relay.receivers.lazy.acknowledgements - before);
    }
}
