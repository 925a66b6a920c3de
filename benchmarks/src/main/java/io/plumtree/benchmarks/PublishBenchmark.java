package io.plumtree.benchmarks;

import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.handlers.pubsub.Publisher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message of 64 bytes published by its topic, beside one through a publisher that is kept.
 *
 * <p>One operation is a call and a duty cycle that takes the message from the command ring and has the handler number
 * and keep it. The node has no peers, and the cycle is the same for both: what differs is the call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class PublishBenchmark {
    private static final int LENGTH = 64;

    private final byte[] data = new byte[LENGTH];
    private MeasuredHandler measured;
    private MeasuredNode node;
    private PubSub pubSub;
    private Publisher publisher;
    private long messages;

    /** Nothing is set up yet. */
    public PublishBenchmark() {
    }

    /** Makes the node. */
    @Setup
    public void launch() {
        measured = new MeasuredHandler(PubSub.NAME, LENGTH);
        pubSub = (PubSub) measured.handler();
        node = new MeasuredNode(Map.of(PubSub.NAME, pubSub), MeasuredNode.options(), List.of(), List.of());
        publisher = pubSub.publisher(MessageFrame.TOPIC);
    }

    /**
     * By its topic.
     *
     * @return what the duty cycle says that it did.
     */
    @Benchmark
    public int byTopic() {
        return taken(pubSub.publish(MessageFrame.TOPIC, data));
    }

    /**
     * Through a publisher that is kept.
     *
     * @return what the duty cycle says that it did.
     */
    @Benchmark
    public int byPublisher() {
        return taken(publisher.publish(data));
    }

    /** Fails unless every message was delivered. */
    @TearDown
    public void check() {
        node.settle();
        Receivers.check("delivered:", messages, measured.delivered());
    }

    private int taken(final long position) {
        if (position < 0) {
            throw new IllegalStateException("refused: " + position);
        }
        messages++;
        return node.cycle();
    }
}
