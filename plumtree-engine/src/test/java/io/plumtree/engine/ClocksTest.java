package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine is handed its clocks. Who else looks at the machine's has a reason, and is listed here with it. */
class ClocksTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "plumtree", "engine");
    private static final Pattern LOOK = Pattern.compile(
        "System\\s*(\\.|::)\\s*(nanoTime|currentTimeMillis)|System(Nano|Micro|Epoch|EpochMicro|EpochNano)Clock\\b"
            + "|\\b(Instant|LocalDateTime|ZonedDateTime|OffsetDateTime)\\s*(\\.|::)\\s*now\\b"
            + "|\\bClock\\s*(\\.|::)\\s*(system|tick)|new Date\\(\\)");
    private static final Map<String, String> EDGES = Map.of(
        "NodeLauncher.java", "makes the clocks of a node",
        "ClusterInspector.java", "makes the clock of an inspector",
        "agent/StallClock.java", "measures for how long the machine has kept the process from running",
        "counters/CountersLayout.java", "other processes compare the file's time with the machine's",
        "counters/CountersFile.java", "reads the file of another process");

    @Test
    void shouldLookAtTheMachinesClockAtTheEdgesAlone() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertEquals(
                new TreeSet<>(EDGES.keySet()),
                files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> LOOK.matcher(read(file)).find())
                    .map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
