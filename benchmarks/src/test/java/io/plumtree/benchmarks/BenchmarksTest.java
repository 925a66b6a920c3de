package io.plumtree.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.engine.options.PlumtreeOptions;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Benchmarks don't rot: each runs once, and does what it says. */
class BenchmarksTest {
    @Test
    void shouldRunEveryBenchmarkOnce(@TempDir final Path directory) throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        final Options options = new OptionsBuilder()
            .include("io\\.plumtree\\.benchmarks\\.")
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .timeout(TimeValue.seconds(30))
            .timeUnit(TimeUnit.MICROSECONDS)
            .shouldFailOnError(true)
            .output(directory.resolve("jmh.txt").toString())
            .build();

        final Collection<RunResult> results = new Runner(options).run();

        // Two of Gossip and two of Relay with two payloads each, two of batches, two of the core.
        assertEquals(12, results.size());
    }

    @Test
    void shouldRelayToFourPeersAndRecordForOne() {
        final Node node = new Node(Node.encodingEffects(), new PlumtreeOptions(), 64);

        for (int i = 0; i < 10; i++) {
            node.receiveFrame();
            assertEquals(1, node.outstanding());
            node.acknowledge();
            assertEquals(0, node.outstanding());
        }

        assertEquals(10, node.effects.merged);
        assertEquals(40, node.effects.pushed);
        assertEquals(0, node.effects.announced);
        assertEquals(0, node.effects.others);
    }

    @Test
    void shouldAnnounceEverythingAtEveryTick() {
        final Node node = new Node(
            new CountingEffects(),
            new PlumtreeOptions().reannounceIntervalNs(0).acknowledgementDelayNs(0), 64);
        for (int i = 0; i < 64; i++) {
            node.receiveMessage();
        }

        assertEquals(64, node.flush());
        assertEquals(64, node.flush());

        assertEquals(128, node.effects.announced);
        assertEquals(0, node.effects.others);
    }
}
