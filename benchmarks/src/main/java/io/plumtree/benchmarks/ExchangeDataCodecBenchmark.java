package io.plumtree.benchmarks;

import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.engine.codec.FrameDecoder;
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
import org.openjdk.jmh.annotations.Warmup;

/** Writing and reading one message of an exchange. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class ExchangeDataCodecBenchmark {
    /** Length of the payload in bytes. */
    @Param({"64", "256", "1024"})
    public int payloadLength;

    private final ExchangeFrameEncoder encoder = new ExchangeFrameEncoder(11, 22);
    private final FrameDecoder decoder = new SummingListener().decoder();
    private UnsafeBuffer message;
    private UnsafeBuffer frame;

    /** Nothing is set up yet. */
    public ExchangeDataCodecBenchmark() {
    }

    /** Makes a message, and a frame of it. */
    @Setup
    public void makeFrame() {
        message = new UnsafeBuffer(new byte[payloadLength]);
        frame = new UnsafeBuffer(new byte[ExchangeFrameEncoder.dataLength(payloadLength)]);
        Receivers.check("length", frame.capacity(), encode());
        SummingListener.check(decode());
    }

    /**
     * Writes a head, and the message behind it.
     *
     * @return the length written.
     */
    @Benchmark
    public int encode() {
        final int headLength = encoder.dataHead(frame, 0, 1, true, 7, payloadLength);
        frame.putBytes(headLength, message, 0, payloadLength);
        return headLength + payloadLength;
    }

    /**
     * Checks and reads a frame.
     *
     * @return what became of it.
     */
    @Benchmark
    public DecodeResult decode() {
        return decoder.decode(frame, 0, frame.capacity());
    }
}
