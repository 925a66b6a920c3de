package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.transport.TransportContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the system does not allow is said in one line; and a process ends when its main does. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class EnvironmentTest {
    private static final String BASE_PROPERTY = "test.base";

    /** Says what a launch comes to; with an argument, it throws instead of closing. */
    static final class LaunchMain {
        private static final String BASE = System.getProperty(BASE_PROPERTY);

        private LaunchMain() {
        }

        public static void main(final String[] args) {
            final AeronTransport transport;
            try {
                transport = AeronTransport.launch(new TransportContext(
                    "localhost:0", TestNode.MAX_FRAME_LENGTH, BASE == null ? Map.of()
                        : Map.of(AeronTransportOptions.BASE_DIRECTORY_PROPERTY, BASE), Throwable::printStackTrace));
            } catch (final PlumtreeException ex) {
                System.out.println(ex.category() + " " + ex.getMessage() + " cause " + ex.getCause());
                return;
            }
            if (args.length > 0) {
                transport.connect("no.such.host.invalid:9");
                transport.doWork(System.nanoTime());
                throw new IllegalStateException("thrown before close");
            }
            transport.close();
            System.out.println("launched");
        }
    }

    @Test
    void shouldNotKeepAProcessFromEndingWhoseMainThrows() throws IOException, InterruptedException {
        final ChildJvm.Result result = ChildJvm.run(ChildJvm.command(LaunchMain.class, "throw"));
        assertTrue(result.output().contains("thrown before close"), result.output());
        assertEquals(1, result.status());
    }

    @Test
    void shouldSayThatFilesMustNotBeAsLong() throws IOException, InterruptedException {
        assertSays("ulimit -f 1000", "ENVIRONMENT can't start a media driver in ", "(ulimit -f) cause null");
    }

    /** Whatever it is that lacks one: more and more are given until all works, so that each place has its turn. */
    @Test
    void shouldSayThatTooManyFilesAreOpenAndLeaveNothing(@TempDir final Path base)
        throws IOException, InterruptedException {
        int said = 0;
        String output = "";
        for (int limit = 18; limit <= 80 && !output.contains("launched"); limit++) {
            final List<String> command = ChildJvm.command(LaunchMain.class);
            command.add(1, "-D" + BASE_PROPERTY + "=" + base);
            output = ChildJvm.run(shell("ulimit -n " + limit, command)).output();
            assertEquals(0, base.toFile().list().length, output);
            if (output.contains("ENVIRONMENT")) {
                said++;
                assertTrue(output.contains("(ulimit -n) cause null"), output);
                assertEquals(1, output.lines().count(), output);
            }
        }
        assertTrue(output.contains("launched"), output);
        assertTrue(said > 0);
    }

    @Test
    void shouldSayThatTheFileSystemsAreReadOnly() throws IOException, InterruptedException {
        assumeTrue(ChildJvm.works("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/dev/shm"),
            "no file systems may be mounted here");
        final ChildJvm.Result result = ChildJvm.run(ChildJvm.inNamespace(
            "mount -t tmpfs -o ro tmpfs /dev/shm && mkdir -p /tmp/plumtree-read-only"
                + " && mount -t tmpfs -o ro tmpfs /tmp/plumtree-read-only",
            withTemp(ChildJvm.command(LaunchMain.class))));
        assertTrue(result.output().contains("ENVIRONMENT no place for the media driver"), result.output());
        assertTrue(result.output().contains("/tmp/plumtree-read-only (Read-only file system)"), result.output());
        assertTrue(result.output().contains("cause null"), result.output());
    }

    private static List<String> withTemp(final List<String> command) {
        final List<String> result = new java.util.ArrayList<>(command);
        result.add(1, "-Djava.io.tmpdir=/tmp/plumtree-read-only");
        return result;
    }

    private static void assertSays(final String before, final String... parts)
        throws IOException, InterruptedException {
        final ChildJvm.Result result = ChildJvm.run(shell(before, ChildJvm.command(LaunchMain.class)));
        for (final String part : parts) {
            assertTrue(result.output().contains(part), result.output());
        }
        assertTrue(!result.output().contains("\tat "), result.output());
    }

    private static List<String> shell(final String before, final List<String> command) {
        final StringBuilder line = new StringBuilder(before).append(" && exec");
        command.forEach(part -> line.append(" '").append(part).append('\''));
        return List.of("sh", "-c", line.toString());
    }
}
