package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for work directories that this process has left. */
final class Directories {
    private Directories() {
    }

    static List<Path> ofThisProcess() {
        return Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))
            .filter(Files::isDirectory)
            .flatMap(Directories::ofThisProcess)
            .toList();
    }

    private static Stream<Path> ofThisProcess(final Path base) {
        try (Stream<Path> all = Files.list(base)) {
            return all.filter(path -> path.getFileName().toString()
                .startsWith(WorkDirectory.PREFIX + WorkDirectory.processName())).toList().stream();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static void assertNoneLeft() {
        assertEquals(List.of(), ofThisProcess());
    }
}
