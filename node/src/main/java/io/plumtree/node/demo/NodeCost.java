package io.plumtree.node.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.SystemUtil;

/** What a node takes of the machine: assumed before there is one, and measured at the first. */
final class NodeCost {
    /** What no node does without: less than this is not worth trying. */
    private static final long LEAST_MEMORY = 48L << 20;
    private static final long LEAST_FILES = 11L << 20;
    private static final int LEAST_THREADS = 12;
    private static final int DESCRIPTORS = 32;
    private static final int DESCRIPTORS_PER_LINK = 4;
    private static final int LINKS_LIMIT = 5;
    private static final int TERMS_PER_LINK = 6;
    private static final String TERM_LENGTH = "aeron.termLength";
    private static final int TERM_LENGTH_DEFAULT = 1 << 20;
    private static final int KILO = 1024;

    private NodeCost() {
    }

    /** Of a node that runs; what can't be seen is 0. */
    record Measured(long memory, long files, int threads, double cores) {
    }

    /** Before there is a node. */
    static Machine.Cost assumed(final DemoOptions options) {
        return of(options, new Measured(LEAST_MEMORY, LEAST_FILES, LEAST_THREADS, 0));
    }

    /** With what the first node has shown: never less than assumed, as it has no links yet. */
    static Machine.Cost of(final DemoOptions options, final Measured measured) {
        final int links = options.topology().contactOnly() ? LINKS_LIMIT : options.topology().nodes() - 1;
        return new Machine.Cost(
            Math.max(LEAST_MEMORY, measured.memory()),
            Math.max(LEAST_FILES, measured.files()) + (long) links * TERMS_PER_LINK * termLength(options) / 2,
            DESCRIPTORS + DESCRIPTORS_PER_LINK * links,
            Math.max(LEAST_THREADS, measured.threads()),
            measured.cores());
    }

    /**
     * Bytes of a term; of the logs, which are sparse, a half at least is touched sooner or later. A length that is none
     * is left to the node to refuse.
     */
    private static long termLength(final DemoOptions options) {
        final String given = options.options().get(TERM_LENGTH);
        if (given == null) {
            return TERM_LENGTH_DEFAULT;
        }
        try {
            final long length = SystemUtil.parseSize(TERM_LENGTH, given.replace(" ", ""));
            return length > 0 && length <= Integer.MAX_VALUE ? length : TERM_LENGTH_DEFAULT;
        } catch (final RuntimeException ex) {
            return TERM_LENGTH_DEFAULT;
        }
    }

    /**
     * Looks at a node that has nothing to do.
     *
     * @param worker its process.
     * @param lookNs for how long.
     */
    static Measured measure(final WorkerProcess worker, final long lookNs) throws InterruptedException {
        final long beginNs = System.nanoTime();
        final long processorNs = worker.processorNs();
        TimeUnit.NANOSECONDS.sleep(lookNs);
        final double cores = (double) (worker.processorNs() - processorNs) / (System.nanoTime() - beginNs);
        final Path status = Path.of("/proc", Long.toString(worker.pid()), "status");
        return new Measured(
            Math.max(0, Machine.number(status, "^VmRSS:\\s+(\\d+) kB", KILO)),
            Math.max(0, filesLength(worker.pid())),
            (int) Math.max(0, Machine.number(status, "^Threads:\\s+(\\d+)", 1)),
            Math.max(0, cores));
    }

    /** Of what the node's media driver has made, in either place. */
    private static long filesLength(final long pid) {
        long length = 0;
        for (final Path place : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(place, "plumtree-" + pid + "-*")) {
                for (final Path directory : directories) {
                    try (Stream<Path> files = Files.walk(directory)) {
                        length += files.mapToLong(file -> file.toFile().length()).sum();
                    }
                }
            } catch (final IOException | UncheckedIOException ex) {
                // Nothing can be seen here: what is assumed counts.
                length += 0;
            }
        }
        return length;
    }
}
