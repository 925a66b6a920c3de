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
 * An announcement of what is not here yet.
 *
 * <p>One operation is one announcement: 4,096 come in 128 frames, are looked up with the handler, and each gets an
 * entry among the missing messages, with a graft timer. Between the measured calls the messages themselves come from
 * another peer, so that nothing is ever grafted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class NewAnnouncementBenchmark {
    private Relay relay;
    private ControlFrames announcements;
    private boolean isAnnounced;
    private long operations;

    /** Nothing is set up yet. */
    public NewAnnouncementBenchmark() {
    }

    /** Makes the node. */
    @Setup
    public void launch() {
        relay = new Relay(CountingHandler.NAME, MeasuredNode.options(), 0, 64);
        announcements = relay.controlFrames(ControlMessage.I_HAVE);
    }

    /** What was announced comes, and other announcements are made. */
    @Setup(Level.Invocation)
    public void arrive() {
        if (isAnnounced) {
            for (int i = 0; i < ControlFrames.ENTRIES; i++) {
                relay.receive();
            }
            relay.node.settle();
        }
        announcements.name(relay.sequence() + 1);
    }

    /**
     * Announcements in.
     *
     * @return what the duty cycles say that they did.
     */
    @Benchmark
    @OperationsPerInvocation(ControlFrames.ENTRIES)
    public int receive() {
        isAnnounced = true;
        operations += ControlFrames.ENTRIES;
        return announcements.receive(relay.node);
    }

    /** Fails unless each announcement was taken in, and acknowledged once its message had come. */
    @TearDown
    public void check() {
        arrive();
        relay.check();
        Receivers.check("acknowledged", operations, relay.receivers.lazy.acknowledgements);
    }
}
