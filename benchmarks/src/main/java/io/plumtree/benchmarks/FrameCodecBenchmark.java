package io.plumtree.benchmarks;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.protocol.MessageKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing and reading what is neither payload nor batch nor exchange: prunes, heartbeats, and greetings, which are
 * rare, and the one message that is an object here, so that these allocate.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class FrameCodecBenchmark {
    private static final NodeId SENDER = NodeId.of("node-1");

    private final Greeting greetingOfNode = new Greeting(SENDER, 1, true, "host:4001", List.of("heartbeat", "pubsub"));
    private final GossipFrameEncoder encoder = new GossipFrameEncoder(11, SENDER.value());
    private final LinkFrameEncoder linkEncoder = new LinkFrameEncoder(11, SENDER.value());
    private final UnsafeBuffer id = new UnsafeBuffer(new byte[MessageFrame.ID_LENGTH]);
    private final MessageKey key = new MessageKey();
    private final UnsafeBuffer written = new UnsafeBuffer(new byte[256]);
    private final FrameDecoder decoder = new SummingListener().decoder();
    private UnsafeBuffer prune;
    private UnsafeBuffer heartbeat;
    private UnsafeBuffer greeting;

    /** Nothing is set up yet. */
    public FrameCodecBenchmark() {
    }

    /** Makes frames to decode. */
    @Setup
    public void makeFrames() {
        prune = received(encodePrune());
        heartbeat = received(encodeHeartbeat());
        greeting = received(encodeGreeting());
    }

    /**
     * Writes a prune.
     *
     * @return its length.
     */
    @Benchmark
    public int encodePrune() {
        key.set(33, 1, 44).id().wrap(id, 0, MessageFrame.ID_LENGTH);
        return encoder.prune(written, 0, key, key.handler());
    }

    /**
     * Checks and reads a prune.
     *
     * @return what became of it.
     */
    @Benchmark
    public DecodeResult decodePrune() {
        return decode(prune);
    }

    /**
     * Writes a heartbeat.
     *
     * @return its length.
     */
    @Benchmark
    public int encodeHeartbeat() {
        return linkEncoder.heartbeat(written, 0, 1);
    }

    /**
     * Checks and reads a heartbeat.
     *
     * @return what became of it.
     */
    @Benchmark
    public DecodeResult decodeHeartbeat() {
        return decode(heartbeat);
    }

    /**
     * Writes a greeting of a node with two handlers.
     *
     * @return its length.
     */
    @Benchmark
    public int encodeGreeting() {
        return linkEncoder.greeting(written, 0, greetingOfNode);
    }

    /**
     * Checks and reads a greeting of a node with two handlers.
     *
     * @return what became of it.
     */
    @Benchmark
    public DecodeResult decodeGreeting() {
        return decode(greeting);
    }

    private DecodeResult decode(final UnsafeBuffer frame) {
        return decoder.decode(frame, 0, frame.capacity());
    }

    private UnsafeBuffer received(final int length) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[length]);
        frame.putBytes(0, written, 0, length);
        SummingListener.check(decode(frame));
        return frame;
    }
}
