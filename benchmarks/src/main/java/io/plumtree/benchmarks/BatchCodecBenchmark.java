package io.plumtree.benchmarks;

import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing and reading a batch of 32 announcements, acknowledgements, grafts, adoptions or refusals of grafts with ids
 * of 24 bytes. One operation is one entry.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class BatchCodecBenchmark {
    private static final int ENTRIES = 32;
    private static final int MAX_LENGTH = MemoryTransport.MAX_UNFRAGMENTED_LENGTH;

    /** What it is a batch of. */
    @Param({"I_HAVE", "IGNORED_I_HAVE", "GRAFT", "ADOPT", "GRAFT_FAILED"})
    public ControlMessage kind;

    private final UnsafeBuffer received = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private final UnsafeBuffer id = new UnsafeBuffer(new byte[MessageFrame.ID_LENGTH]);
    private final MessageKey key = new MessageKey();
    private final FrameDecoder decoder = new SummingListener().decoder();
    private FrameBatch batch;
    private int frameLength;

    /** Nothing is set up yet. */
    public BatchCodecBenchmark() {
    }

    /** Makes a frame to decode. */
    @Setup
    public void makeFrame() {
        batch = new FrameBatch(kind, 11, 22, MAX_LENGTH);
        frameLength = encode();
        received.putBytes(0, batch.buffer(), 0, frameLength);
        SummingListener.check(decode());
    }

    /**
     * Gathers entries.
     *
     * @return the frame's length.
     */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public int encode() {
        batch.clear();
        for (int i = 0; i < ENTRIES; i++) {
            key.set(33, 1, 44).id().wrap(id, 0, MessageFrame.ID_LENGTH);
            if (!batch.append(key, key.handler())) {
                throw new IllegalStateException("no room for entry " + i);
            }
        }
        return batch.length();
    }

    /**
     * Checks and reads entries.
     *
     * @return what became of the frame.
     */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public DecodeResult decode() {
        return decoder.decode(received, 0, frameLength);
    }
}
