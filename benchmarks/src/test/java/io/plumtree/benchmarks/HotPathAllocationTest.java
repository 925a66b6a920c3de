package io.plumtree.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.plumtree.handlers.pubsub.PubSub;
import java.lang.management.ManagementFactory;
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
    private static final int WARM_UP = 100_000;
    private static final int MESSAGES = 100_000;
    /**
     * Bytes that are let pass for so many messages. An object has 16 at least, so that one for each message would
     * be a thousand times as many, and one for every hundredth message ten times. What may come once in a while is of
     * the JVM's making: it may have to load a class, or to run a method that it compiles anew.
     */
    private static final int LET_PASS = MESSAGES / 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A way through a node: what to do, how many messages that is, and what finds out whether it was done. */
    private record Way(int messages, Runnable operation, Runnable check) {
    }

    @ParameterizedTest
    @MethodSource
    void shouldAllocateNothingForAMessage(final Supplier<Way> newWay) {
        final Way way = newWay.get();
        run(way, WARM_UP);
        final long before = threads.getCurrentThreadAllocatedBytes();
        run(way, MESSAGES);
        final long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        way.check.run();
        assertTrue(bytes <= LET_PASS, () -> bytes + " bytes for " + MESSAGES + " messages");
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
