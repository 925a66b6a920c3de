package io.plumtree.node.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {
    @Test
    void shouldSayWhyWhereTheMessageIsButAName() {
        assertEquals("/x: no such file or directory", Reasons.of(new NoSuchFileException("/x")));
        assertEquals("/x: permission denied", Reasons.of(new AccessDeniedException("/x")));
        assertEquals("/x: Too many open files",
            Reasons.of(new FileSystemException("/x", null, "Too many open files")));
        assertEquals("unknown host: h", Reasons.of(new UncheckedIOException(new UnknownHostException("h"))));
        assertEquals("File too large", Reasons.of(new IOException("File too large")));
        assertEquals("two lines", Reasons.of(new IOException("two\n  lines\n")));
        assertEquals("java.io.IOException", Reasons.of(new IOException()));
        assertEquals("java.lang.IllegalStateException: x", Reasons.of(new IllegalStateException("x")));
    }

    @Test
    void shouldKnowABrokenPipeInSeveralLanguages() {
        assertTrue(Reasons.isBrokenPipe(new IOException("Broken pipe")));
        assertTrue(Reasons.isBrokenPipe(new IOException("Relais bris\u00e9 (pipe)")));
        assertFalse(Reasons.isBrokenPipe(new IOException("No space left on device")));
        assertFalse(Reasons.isBrokenPipe(new IOException()));
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten(@TempDir final Path directory) {
        final File absent = directory.resolve("absent/x").toFile();
        assertEquals("can't write " + absent + ": no such file or directory",
            assertThrows(IOException.class, () -> OutputFiles.write(absent, "x")).getMessage());
        final File file = directory.resolve("y").toFile();
        assertEquals("can't write " + file + ": No space left on device",
            assertThrows(IOException.class, () -> OutputFiles.write(file, to -> {
                throw new IOException("No space left on device");
            })).getMessage());
    }
}
