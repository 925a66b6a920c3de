package io.plumtree.benchmarks;

import io.plumtree.engine.codec.BatchKind;
import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.codec.FrameDecoder;
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

/** Writing and reading a batch of 64 announcements with ids of 24 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class BatchCodecBenchmark {
    private static final int ENTRIES = 64;
    private static final int ID_LENGTH = 24;

    private final FrameBatch batch = new FrameBatch(BatchKind.I_HAVE, 11, 22, 8 * 1024);
    private final UnsafeBuffer received = new UnsafeBuffer(new byte[8 * 1024]);
    private final UnsafeBuffer id = new UnsafeBuffer(new byte[ID_LENGTH]);
    private final FrameDecoder decoder = new FrameDecoder();
    private final SummingListener listener = new SummingListener();
    private int frameLength;

    /** Nothing is set up yet. */
    public BatchCodecBenchmark() {
    }

    /** Makes a frame to decode. */
    @Setup
    public void makeFrame() {
        frameLength = encode();
        received.putBytes(0, batch.buffer(), 0, frameLength);
    }

    /**
     * Gathers 64 announcements.
     *
     * @return the frame's length.
     */
    @Benchmark
    public int encode() {
        batch.clear();
        for (int i = 0; i < ENTRIES; i++) {
            batch.append(33, 1, 44, id, 0, ID_LENGTH);
        }
        return batch.length();
    }

    /**
     * Checks and reads 64 announcements.
     *
     * @return what became of the frame.
     */
    @Benchmark
    public DecodeResult decode() {
        return decoder.decode(received, 0, frameLength, listener);
    }
}
