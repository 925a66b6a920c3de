package io.plumtree.benchmarks;

import java.util.concurrent.TimeUnit;
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
 * A hop: a message comes and goes on to four eager peers, through a whole node; only the network is missing.
 *
 * <p>One operation is a duty cycle with one Gossip frame: polled, checked and decoded, merged by the handler, written
 * to the logs of four links, recorded for a lazy peer. To it belongs the message's share of what happens every
 * millisecond of the node's time, which is every 500 messages: the flush of their announcements to the lazy peer, in
 * frames as long as they may be, and the taking in of its acknowledgements, as many to a frame. See
 * {@link MeasuredNode} for the rest.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.AGRONA_OPENS)
public class RelayBenchmark {
    /** Length of the payload in bytes. */
    @Param({"64", "256", "1024"})
    public int payloadLength;

    /** Who takes the messages in: next to nothing, or the handler that nodes usually have, with a subscriber. */
    @Param({"counting", "pubsub"})
    public String handler;

    private Relay relay;

    /** Nothing is set up yet. */
    public RelayBenchmark() {
    }

    /** Makes the node. */
    @Setup
    public void launch() {
        relay = new Relay(handler, MeasuredNode.options(), 4, payloadLength);
    }

    /**
     * A message in, four out, one announced.
     *
     * @return what the duty cycle says that it did.
     */
    @Benchmark
    public int relay() {
        return relay.receive();
    }

    /** Fails unless every message was delivered, pushed to four, and announced to one. */
    @TearDown
    public void check() {
        relay.check();
        relay.receivers.check(relay.sequence());
    }
}
