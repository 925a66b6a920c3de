package io.plumtree.engine.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.MembershipOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contacts in a file that changes. */
class SeedFileTest {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(50);

    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    @TempDir
    private Path directory;
    private Path file;
    private Seeds seeds;
    private long writes;

    @BeforeEach
    void makeSeeds() {
        file = directory.resolve("seeds");
        seeds = new Seeds(List.of("file:" + file, "10.0.0.9:9"), MembershipOptions.CONTACTS_REFRESH_DEFAULT_NS,
            host -> List.of(InetAddress.getByName("10.9.9.9")), error -> errors.add(error.getMessage()));
    }

    private List<String> lookUp() {
        seeds.lookUp();
        return seeds.poll();
    }

    /** Another time each time, whatever the file system's clock says. */
    private void write(final String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(++writes)));
    }

    @Test
    void shouldReadContactsLineByLine() throws IOException {
        write("# ours\n10.0.0.1:1\n\n  [::1]:2  # the second\r\nname:3");
        assertEquals(List.of("10.0.0.9:9", "10.0.0.1:1", "[::1]:2", "10.9.9.9:3"), lookUp());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldReadItAgainWhenItChanges() throws IOException {
        write("10.0.0.1:1");
        assertEquals(List.of("10.0.0.9:9", "10.0.0.1:1"), lookUp());
        assertNull(lookUp());
        write("10.0.0.2:1");
        assertEquals(List.of("10.0.0.9:9", "10.0.0.2:1"), lookUp());
        final FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "10.0.0.2:1\n10.0.0.3:1");
        Files.setLastModifiedTime(file, time);
        assertEquals(List.of("10.0.0.9:9", "10.0.0.2:1", "10.0.0.3:1"), lookUp());
        write("# nobody");
        assertEquals(List.of("10.0.0.9:9"), lookUp());
    }

    @Test
    void shouldReportAFileThatIsNotThereOnceAndKeepWhatItHad() throws IOException {
        assertEquals(List.of("10.0.0.9:9"), lookUp());
        assertNull(lookUp());
        final String missing = "contacts' file " + file + " is not there";
        assertEquals(List.of(missing), errors);
        write("10.0.0.1:1");
        assertEquals(List.of("10.0.0.9:9", "10.0.0.1:1"), lookUp());
        final FileTime time = Files.getLastModifiedTime(file);
        Files.delete(file);
        assertNull(lookUp());
        assertEquals(List.of(missing, missing), errors);
        Files.writeString(file, "10.0.0.2:1");
        Files.setLastModifiedTime(file, time);
        assertEquals(List.of("10.0.0.9:9", "10.0.0.2:1"), lookUp());
    }

    @Test
    void shouldReportAWrongLineOnceAndKeepWhatWasGood() throws IOException {
        write("10.0.0.1:1");
        lookUp();
        write("10.0.0.2:1\n\nname\nother");
        assertNull(lookUp());
        assertNull(lookUp());
        assertEquals(List.of("contacts' file " + file + ":3: endpoint must be host:port, with a port of 0 to 65535: "
            + "'name'"), errors);
        write("10.0.0.2:1\n\nname:1");
        assertEquals(List.of("10.0.0.9:9", "10.0.0.2:1", "10.9.9.9:1"), lookUp());
    }

    @Test
    void shouldUseTheGoodLinesWhereNothingWasGoodBefore() throws IOException {
        write("10.0.0.2:1\nfile:other\n10.0.0.3:1");
        assertEquals(List.of("10.0.0.9:9", "10.0.0.2:1", "10.0.0.3:1"), lookUp());
        assertEquals(1, errors.size());
    }

    @Test
    void shouldBoundLinesAndLength() throws IOException {
        write("10.0.0.1:1\n".repeat(Seeds.MAX_CONTACTS + 1));
        lookUp();
        write("#".repeat(1 + (int) SeedFile.MAX_LENGTH));
        lookUp();
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFF});
        lookUp();
        assertEquals(List.of(
            "contacts' file " + file + ":257: more than 256 contacts",
            "contacts' file " + file + " can't be read: longer than 1048576 bytes: 1048577",
            "contacts' file " + file + " is no text in UTF-8"), errors);
    }

    @Test
    void shouldFollowTheFileOnAThreadOfItsOwn() throws IOException, InterruptedException {
        write("10.0.0.1:1");
        final Thread thread;
        try (Seeds running = new Seeds(
            List.of("file:" + file), 100_000_000, error -> errors.add(error.getMessage()))) {
            thread = running.thread();
            assertTrue(thread.isDaemon());
            assertEquals(List.of("10.0.0.1:1"), await(running));
            write("10.0.0.2:1");
            assertEquals(List.of("10.0.0.2:1"), await(running));
        }
        thread.join(TimeUnit.NANOSECONDS.toMillis(DEADLINE_NS));
        assertFalse(thread.isAlive());
        assertEquals(List.of(), errors);
    }

    private static List<String> await(final Seeds running) {
        final long startNs = System.nanoTime();
        List<String> contacts;
        do {
            contacts = running.poll();
            Thread.onSpinWait();
        } while (contacts == null && System.nanoTime() - startNs < DEADLINE_NS);
        return contacts;
    }
}
