package io.plumtree.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
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

/**
 * A broadcast of the node's own, through its command ring, to four eager peers and a lazy one.
 *
 * <p>One operation is a call of {@code broadcast}, which has the handler write id and payload to the ring, and a duty
 * cycle that reads them, has the handler number and, if it does, keep the message, writes it to the logs of four links
 * and records it for the lazy peer; and its share of announcements and acknowledgements, as in {@link RelayBenchmark}.
 * Both run on one thread: the figure has no hand-over between threads.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class BroadcastBenchmark {
    /** Length of the payload in bytes. */
    @Param({"64", "256", "1024"})
    public int payloadLength;

    /** Who takes the messages in: next to nothing, or the handler that nodes usually have, with a subscriber. */
    @Param({"counting", "pubsub"})
    public String handler;

    private final Receivers receivers = new Receivers(4);
    private MeasuredNode node;
    private UnsafeBuffer data;
    private long messages;

    /** Nothing is set up yet. */
    public BroadcastBenchmark() {
    }

    /** Makes the node. */
    @Setup
    public void launch() {
        final MeasuredHandler measured = new MeasuredHandler(handler, payloadLength);
        node = new MeasuredNode(
            Map.of(handler, measured.handler()), MeasuredNode.options(), receivers.eagers, List.of(receivers.lazy));
        data = new UnsafeBuffer(new byte[payloadLength]);
        MessageFrame.putTopic(data, 0);
        // As for any root, see Relay.
        broadcast();
        broadcast();
        receivers.lazy.prune(new MessageFrame(receivers.lazy, MeasuredNode.self(), handler, payloadLength));
        node.settle();
    }

    /**
     * A message through the ring, to four, announced to one.
     *
     * @return what the duty cycle says that it did.
     */
    @Benchmark
    public int broadcast() {
        final long position = node.broadcast(handler, data);
        if (position < 0) {
            throw new IllegalStateException("refused: " + position);
        }
        messages++;
        return node.cycle();
    }

    /** Fails unless every message was pushed to four and announced to one. */
    @TearDown
    public void check() {
        node.settle();
        receivers.check(messages);
    }
}
