package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.node.options.ConfigProperties;
import io.plumtree.node.options.Defaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stops a command, and what is logged while it runs. */
class CommandFailuresTest {
    private static final String TRACE = "\tat ";

    @AfterEach
    void tearDown() {
        Logs.verbose(false);
    }

    private static String said(final int status, final Throwable thrown) {
        final StringWriter err = new StringWriter();
        assertEquals(status, CommandFailures.report(
            thrown, new Defaults(Map.of(), ConfigProperties.NONE), new PrintWriter(err, true)));
        return err.toString();
    }

    private static String logged(final String message, final Throwable thrown) {
        final LogRecord record = new LogRecord(Level.WARNING, message);
        record.setThrown(thrown);
        return new Logs.LineFormatter().format(record);
    }

    @Test
    void shouldSayInOneLineWhatIsNoFaultOfOurs() {
        final String end = System.lineSeparator();
        assertEquals("plumtree: /x: permission denied" + end, said(1, new AccessDeniedException("/x")));
        assertEquals("plumtree: full" + end, said(1, new UncheckedIOException(new IOException("full"))));
        assertEquals("plumtree: wrong" + end,
            said(2, new PlumtreeException(Category.CONFIGURATION, "wrong", new IllegalStateException("cause"))));
        assertEquals("plumtree: taken" + end, said(1, new PlumtreeException(Category.TRANSPORT, "taken")));
        assertEquals("plumtree: out of memory (Java heap space); PLUMTREE_JAVA_OPTS=-Xmx... gives the JVM more" + end,
            said(1, new OutOfMemoryError("Java heap space")));
        final String threads = "unable to create native thread: possibly out of memory or process/resource limits"
            + " reached";
        assertEquals("plumtree: can't start another thread (" + threads + "); the system allows no more: processes of"
            + " the user (ulimit -u), or of the container (pids limit)" + end,
            said(1, new OutOfMemoryError(threads)));
    }

    @Test
    void shouldSayInOneLineThatDescriptorsAreMissing() {
        final String line = "plumtree: too many files are open; a node needs about 34 and 5 for each peer (ulimit -n)"
            + System.lineSeparator();
        assertEquals(line, said(1, new ExceptionInInitializerError(new IOException("Too many open files"))));
        assertEquals(line, said(1, new IOException("/x: Too many open files")));
        assertEquals(line, said(1, new VerifyError("Could not link verifier")));
        assertTrue(said(1, new VerifyError("Bad type on operand stack")).contains(TRACE));
    }

    @Test
    void shouldShowWhereAFaultOfOursIs() {
        assertTrue(said(1, new IllegalStateException("ours")).contains(TRACE));
        assertTrue(logged("failed", new IllegalStateException("ours")).contains(TRACE));
    }

    @Test
    void shouldLogOneLineAndTheReasonOnce() {
        final String end = System.lineSeparator();
        assertEquals("plumtree: WARNING: node 'a': no host h" + end,
            logged("node 'a': no host h", new PlumtreeException(Category.ENVIRONMENT, "no host h",
                new IOException("no host h"))));
        assertEquals("plumtree: WARNING: failed: full" + end, logged("failed", new IOException("full")));
        assertEquals("plumtree: WARNING: handler 'x' failed (--verbose shows where)" + end,
            logged("handler 'x' failed", new PlumtreeException(Category.HANDLER, "handler 'x' failed",
                new IllegalStateException("cause"))));
        assertEquals("plumtree: WARNING: plain" + end, logged("plain", null));
    }

    @Test
    void shouldShowAllStackTracesWhereAsked() {
        Logs.verbose(true);
        assertTrue(said(1, new IOException("full")).contains(TRACE));
        assertTrue(logged("failed", new PlumtreeException(Category.TRANSPORT, "failed")).contains(TRACE));
    }
}
