package io.plumtree.benchmarks;

import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.ExchangeCloseCode;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing and reading the frames of exchanges, but for their messages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class ExchangeCodecBenchmark {
    private final ExchangeFrameEncoder encoder = new ExchangeFrameEncoder(11, 22);
    private final UnsafeBuffer written = new UnsafeBuffer(new byte[256]);
    private final FrameDecoder decoder = new SummingListener().decoder();
    private UnsafeBuffer open;
    private UnsafeBuffer credit;
    private UnsafeBuffer close;

    /** Nothing is set up yet. */
    public ExchangeCodecBenchmark() {
    }

    /** Makes frames to decode. */
    @Setup
    public void makeFrames() {
        open = received(encodeOpen());
        credit = received(encodeCredit());
        close = received(encodeClose());
    }

    /**
     * Writes the beginning of an exchange.
     *
     * @return its length.
     */
    @Benchmark
    public int encodeOpen() {
        return encoder.open(written, 0, 1, 65536, 44);
    }

    /**
     * Checks and reads the beginning of an exchange.
     *
     * @return what became of it.
     */
    @Benchmark
    public DecodeResult decodeOpen() {
        return decode(open);
    }

    /**
     * Writes a credit.
     *
     * @return its length.
     */
    @Benchmark
    public int encodeCredit() {
        return encoder.credit(written, 0, 1, true, 65536);
    }

    /**
     * Checks and reads a credit.
     *
     * @return what became of it.
     */
    @Benchmark
    public DecodeResult decodeCredit() {
        return decode(credit);
    }

    /**
     * Writes the end of an exchange.
     *
     * @return its length.
     */
    @Benchmark
    public int encodeClose() {
        return encoder.close(written, 0, 1, true, ExchangeCloseCode.COMPLETED);
    }

    /**
     * Checks and reads the end of an exchange.
     *
     * @return what became of it.
     */
    @Benchmark
    public DecodeResult decodeClose() {
        return decode(close);
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
