package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.harness.Patience;
import io.plumtree.node.demo.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A run of the command line in a JVM of its own, with files for what it says. */
final class ChildNode implements AutoCloseable {
    static final long TIMEOUT_S = 180;

    final Process process;
    final Path out;
    final Path err;

    ChildNode(final Path directory, final String label, final ProcessBuilder.Redirect in, final List<String> args)
        throws IOException {
        out = directory.resolve(label + ".out");
        err = directory.resolve(label + ".err");
        process = new ProcessBuilder(JavaCommand.of(args))
            .redirectInput(in)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    }

    /** The exit status, once it has ended. */
    int status() throws InterruptedException, IOException {
        assertTrue(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS), () -> "still runs: " + read(err));
        return process.exitValue();
    }

    void awaitError(final String text) {
        await("'" + text + "' in " + err, () -> read(err).contains(text) || !process.isAlive());
        assertTrue(read(err).contains(text), () -> read(err));
    }

    static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static void await(final String what, final BooleanSupplier condition) {
        final Patience patience = new Patience(TIMEOUT_S);
        while (!condition.getAsBoolean()) {
            assertFalse(patience.isOver(), () -> "waited in vain for " + what);
            // Looks again after a while rather than at once: the children need the cores.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
