package io.plumtree.benchmarks;

import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.GossipFrameEncoder;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
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
import org.openjdk.jmh.annotations.Warmup;

/** Writing and reading one Gossip frame with an id of 24 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class GossipCodecBenchmark {
    /** Length of the payload in bytes. */
    @Param({"64", "256", "1024"})
    public int payloadLength;

    private final GossipFrameEncoder encoder = new GossipFrameEncoder(11, 22);
    private final FrameDecoder decoder = new SummingListener().decoder();
    private UnsafeBuffer received;
    private UnsafeBuffer claimed;
    private int bodyLength;

    /** Nothing is set up yet. */
    public GossipCodecBenchmark() {
    }

    /** Makes a frame, and room for one. */
    @Setup
    public void makeFrame() {
        bodyLength = GossipBody.length(MessageFrame.ID_LENGTH, payloadLength);
        received = new MessageFrame(new MemoryPeer("peer"), CountingHandler.NAME, payloadLength).buffer();
        claimed = new UnsafeBuffer(BufferUtil.allocateDirectAligned(received.capacity(), 64));
        SummingListener.check(decode());
    }

    /**
     * A new head, and the body from where it lies: what a relay does for each eager peer.
     *
     * @return the length written.
     */
    @Benchmark
    public int encode() {
        final int headLength = encoder.gossipHead(claimed, 0, 33, 2, 44);
        claimed.putBytes(headLength, received, GossipFrameEncoder.GOSSIP_HEAD_LENGTH, bodyLength);
        return headLength + bodyLength;
    }

    /**
     * Checks and reads a frame.
     *
     * @return what became of it.
     */
    @Benchmark
    public DecodeResult decode() {
        return decoder.decode(received, 0, received.capacity());
    }
}
