package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.harness.LoopbackPorts;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedder's example, taken from the README as it stands: it compiles as a module, and does what it says. */
@Tag("slow")
class ReadmeExampleTest {
    private static final Path README = Path.of("../README.md");
    private static final Pattern EXAMPLE =
        Pattern.compile("<!-- example: (\\S+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
    private static final List<Integer> PORTS = List.of(7101, 7102);
    private static final int TIMEOUT_SECONDS = 180;

    @Test
    void shouldCompileAndRunAsItStands(@TempDir final Path directory) throws Exception {
        final List<String> sources = writeExamples(directory.resolve("src"));
        assertEquals(2, sources.size(), "examples in the README");
        // The dependencies of this module's tests are those of the example; JUnit's do no harm on a module path.
        final String modulePath = System.getProperty("java.class.path");
        final Path classes = directory.resolve("classes");
        final List<String> arguments = new ArrayList<>(
            List.of("-Xlint:all,-requires-automatic,-path", "-Werror", "-p", withoutTestClasses(modulePath), "-d",
                classes.toString()));
        arguments.addAll(sources);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));

        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens", "java.base/jdk.internal.misc=org.agrona",
            "-p", withoutTestClasses(modulePath) + File.pathSeparator + classes,
            "--add-modules", "io.plumtree.transport.aeron",
            "-m", "my.application/my.application.Hello")
            .redirectError(output.toFile())
            .start();
        try (BufferedReader reader = process.inputReader()) {
            assertEquals("received: hello", reader.readLine(), () -> read(output));
            process.outputWriter().append('\n').close();
            assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), () -> read(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException ex) {
            return ex.toString();
        }
    }

    private static List<String> writeExamples(final Path directory) throws IOException {
        final List<String> sources = new ArrayList<>();
        final Matcher matcher = EXAMPLE.matcher(withLeasedPorts(Files.readString(README)));
        while (matcher.find()) {
            final Path file = directory.resolve(matcher.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, matcher.group(2));
            sources.add(file.toString());
        }
        return sources;
    }

    /** As it stands, but that its ports may be somebody else's here. */
    private static String withLeasedPorts(final String text) throws IOException {
        final List<Integer> ports = LoopbackPorts.lease(PORTS.size());
        String leased = text;
        for (int i = 0; i < PORTS.size(); i++) {
            assertTrue(text.contains("localhost:" + PORTS.get(i) + "\""), "an example listens on " + PORTS.get(i));
            leased = leased.replace("localhost:" + PORTS.get(i) + "\"", "localhost:" + ports.get(i) + "\"");
        }
        return leased;
    }

    private static String withoutTestClasses(final String path) {
        final String separator = File.pathSeparator;
        return String.join(separator, Arrays.stream(path.split(Pattern.quote(separator)))
            .filter(entry -> !entry.contains("test-classes") && !entry.contains("system-tests"))
            .toList());
    }
}
