package io.plumtree.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.plumtree.handlers.pubsub.PubSub;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hot path allocates nothing for a message, on any way that one can take through a whole node: the benchmarks,
 * without a look at the time.
 */
@Tag("slow")
class HotPathAllocationTest {
    /** Messages of a round. */
    private static final int MESSAGES = 100_000;
    /**
     * When the JVM asks its compiler for a class's first method, it makes the strings among the class's constants, in
     * this thread. The compiler runs beside the test, so that the machine decides after how many messages the last
     * class has its turn. What the JVM allocates so is missing in some round; what the node allocates is in all.
     */
    private static final int ROUNDS = 20;
    /**
     * Bytes that are let pass in a round. An object has 16 at least, so that one for each message would be sixteen
     * thousand times as many, and one for every thousandth message sixteen times.
     */
    private static final int LET_PASS = MESSAGES / 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A way through a node: what to do, how many messages that is, and what finds out whether it was done. */
    private record Way(int messages, Runnable operation, Runnable check) {
    }

    @ParameterizedTest
    @MethodSource
    void shouldAllocateNothingForAMessage(final Supplier<Way> newWay) {
        final Way way = newWay.get();
        final long[] bytes = new long[ROUNDS];
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS && least > LET_PASS; i++) {
            bytes[i] = allocated(way);
            least = Math.min(least, bytes[i]);
        }

        way.check.run();
        assertTrue(least <= LET_PASS, () -> Arrays.toString(bytes) + " bytes, each for " + MESSAGES + " messages");
    }

    private long allocated(final Way way) {
        final long before = threads.getCurrentThreadAllocatedBytes();
        run(way, MESSAGES);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    static Stream<Named<Supplier<Way>>> shouldAllocateNothingForAMessage() {
        return Stream.of(
            Named.of("relay, next to no handler", () -> relay(CountingHandler.NAME)),
            Named.of("relay, pubsub", () -> relay(PubSub.NAME)),
            Named.of("broadcast, next to no handler", () -> broadcast(CountingHandler.NAME)),
            Named.of("broadcast, pubsub", () -> broadcast(PubSub.NAME)),
            Named.of("published by topic", HotPathAllocationTest::publish),
            Named.of("lazy flush", HotPathAllocationTest::lazyFlush),
            Named.of("stale announcements", HotPathAllocationTest::staleAnnouncements),
            Named.of("new announcements, and what they announce", HotPathAllocationTest::newAnnouncements),
            Named.of("grafts", HotPathAllocationTest::grafts),
            Named.of("announcements, and their acknowledgements", HotPathAllocationTest::acknowledgements),
            Named.of("dispatch to 16 handlers", HotPathAllocationTest::dispatch));
    }

    private static void run(final Way way, final int messages) {
        for (int i = 0; i < messages; i += way.messages) {
            way.operation.run();
        }
    }

    private static Way relay(final String handler) {
        final RelayBenchmark benchmark = new RelayBenchmark();
        benchmark.handler = handler;
        benchmark.payloadLength = 256;
        benchmark.launch();
        return new Way(1, benchmark::relay, benchmark::check);
    }

    private static Way broadcast(final String handler) {
        final BroadcastBenchmark benchmark = new BroadcastBenchmark();
        benchmark.handler = handler;
        benchmark.payloadLength = 256;
        benchmark.launch();
        return new Way(1, benchmark::broadcast, benchmark::check);
    }

    private static Way publish() {
        final PublishBenchmark benchmark = new PublishBenchmark();
        benchmark.launch();
        return new Way(1, benchmark::byTopic, benchmark::check);
    }

    private static Way lazyFlush() {
        final LazyFlushBenchmark benchmark = new LazyFlushBenchmark();
        benchmark.outstanding = 64;
        benchmark.launch();
        return new Way(LazyFlushBenchmark.ANNOUNCEMENTS, benchmark::flush, benchmark::check);
    }

    private static Way staleAnnouncements() {
        final StaleAnnouncementBenchmark benchmark = new StaleAnnouncementBenchmark();
        benchmark.launch();
        return new Way(ControlFrames.ENTRIES, benchmark::receive, benchmark::check);
    }

    private static Way newAnnouncements() {
        final NewAnnouncementBenchmark benchmark = new NewAnnouncementBenchmark();
        benchmark.launch();
        return new Way(ControlFrames.ENTRIES, () -> {
            benchmark.arrive();
            benchmark.receive();
        }, benchmark::check);
    }

    private static Way grafts() {
        final GraftBenchmark benchmark = new GraftBenchmark();
        benchmark.payloadLength = 256;
        benchmark.launch();
        return new Way(ControlFrames.ENTRIES, benchmark::receive, benchmark::check);
    }

    private static Way acknowledgements() {
        final AcknowledgementBenchmark benchmark = new AcknowledgementBenchmark();
        benchmark.launch();
        return new Way(ControlFrames.ENTRIES, () -> {
            benchmark.announce();
            benchmark.receive();
        }, benchmark::check);
    }

    private static Way dispatch() {
        final DispatchBenchmark benchmark = new DispatchBenchmark();
        benchmark.handlers = 16;
        benchmark.launch();
        return new Way(DispatchBenchmark.FRAMES, benchmark::dispatch, benchmark::check);
    }
}
