package io.plumtree.benchmarks;

import io.plumtree.handlers.spi.BroadcastHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * From a frame to its handler, one of several, and no further: nobody is there to pass messages on to.
 *
 * <p>One operation is one Gossip frame of 64 bytes: polled, decoded, its handler found by the name's hash, merged, and
 * remembered as recent. 16 come in each duty cycle, to all handlers in turn. Up to four handlers are of different
 * classes, so that the JVM can't tell beforehand which one is called.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class DispatchBenchmark {
    static final int FRAMES = 16;
    private static final int PAYLOAD_LENGTH = 64;

    /** How many handlers the node has. */
    @Param({"1", "16"})
    public int handlers;

    private final MemoryPeer upstream = new MemoryPeer("upstream");
    private final List<CountingHandler> counting = new ArrayList<>();
    private final MessageFrame[] frames = new MessageFrame[FRAMES];
    private MeasuredNode node;
    private long sequence;

    /** Nothing is set up yet. */
    public DispatchBenchmark() {
    }

    /** Makes the node, and a frame for each time that one comes in a cycle. */
    @Setup
    public void launch() {
        final Map<String, BroadcastHandler> byName = new HashMap<>();
        for (int i = 0; i < handlers; i++) {
            final CountingHandler handler = newHandler(i);
            counting.add(handler);
            byName.put(CountingHandler.NAME + i, handler);
        }
        node = new MeasuredNode(byName, MeasuredNode.options(), List.of(upstream), List.of());
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = new MessageFrame(upstream, CountingHandler.NAME + i % handlers, PAYLOAD_LENGTH);
        }
    }

    private static CountingHandler newHandler(final int index) {
        return switch (index & 3) {
            case 0 -> new CountingHandler(PAYLOAD_LENGTH);
            case 1 -> new CountingHandler(PAYLOAD_LENGTH) {
            };
            case 2 -> new CountingHandler(PAYLOAD_LENGTH) {
            };
            default -> new CountingHandler(PAYLOAD_LENGTH) {
            };
        };
    }

    /**
     * Messages in, for all handlers in turn.
     *
     * @return what the duty cycle says that it did.
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int dispatch() {
        for (final MessageFrame frame : frames) {
            frame.sequence(++sequence);
            node.deliver(frame);
        }
        return node.cycle();
    }

    /** Fails unless each handler got its share. */
    @TearDown
    public void check() {
        node.settle();
        for (final CountingHandler handler : counting) {
            Receivers.check("merged", sequence / handlers, handler.merged);
        }
    }
}
