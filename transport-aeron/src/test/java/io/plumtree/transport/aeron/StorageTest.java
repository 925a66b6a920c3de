package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    private static final String OF_A_DEAD_PROCESS = WorkDirectory.PREFIX + "1-abc-xyz";
    private final TransportCounters counters = new TransportCounters();
    @TempDir
    private Path first;
    @TempDir
    private Path second;
    private Path stale;

    @BeforeEach
    void leaveADirectoryBehind() throws IOException {
        stale = first.resolve(OF_A_DEAD_PROCESS);
        Files.createDirectories(stale.resolve("driver-0"));
        Files.createFile(stale.resolve("driver-0").resolve("cnc.dat"));
        Files.createFile(stale.resolve(WorkDirectory.LOCK_FILE));
    }

    @Test
    void shouldTakeTheFirstPlaceWithRoom() throws IOException {
        final Storage storage = storage(12_000_000, Long.MAX_VALUE);
        try (WorkDirectory directory = storage.next(counters)) {
            assertEquals(second, directory.path().getParent());
            assertEquals(List.of(), list(first));
        }
        assertFalse(storage.hasNext());
        assertEquals(List.of(), list(second));
    }

    @Test
    void shouldHaveRoomForANodeWithFivePeersIn64Megabytes() {
        final Storage storage = storage(64_000_000, 0);
        try (WorkDirectory directory = storage.next(counters)) {
            assertEquals(first, directory.path().getParent());
        }
    }

    @Test
    void shouldNameThePlacesThatLackRoom() throws IOException {
        final Storage storage = storage(1_234_567, 2_345_678);
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> storage.next(counters));
        assertEquals(Category.ENVIRONMENT, ex.category());
        for (final String part : List.of(first + " (1234567", second + " (2345678", "aeron.termLength=1048576",
            "aeron.baseDirectory")) {
            assertTrue(ex.getMessage().contains(part), ex.getMessage());
        }
        assertEquals(List.of(), list(second));
    }

    @Test
    void shouldSayInAWordWhatIsWrongWithAPlace() {
        final Path missing = first.resolve("missing");
        final Storage storage = new Storage(List.of(missing), new AeronTransportOptions(), base -> Long.MAX_VALUE);
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> storage.next(counters));
        assertTrue(ex.getMessage().contains(missing + " (is no directory);"), ex.getMessage());
    }

    @Test
    void shouldRemoveWhatAProcessLeftWhoseNumberNobodyHas() throws IOException {
        final Path left = Files.createDirectory(first.resolve(WorkDirectory.PREFIX + "999999999999999999-abc-xyz"));
        Files.createFile(left.resolve(WorkDirectory.LOCK_FILE));
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertTrue(Files.notExists(left));
    }

    /** No process has a number as long. */
    @Test
    void shouldLeaveWhatHasANumberThatIsTooLong() throws IOException {
        final List<Path> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(directory("99999999999999999999-abc-" + i));
            directory("1-abc-" + i);
        }
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertEquals(Set.copyOf(others), Set.copyOf(list(first)), "and it does not keep others from being removed");
    }

    private Path directory(final String name) throws IOException {
        final Path directory = Files.createDirectory(first.resolve(WorkDirectory.PREFIX + name));
        Files.createFile(directory.resolve(WorkDirectory.LOCK_FILE));
        return directory;
    }

    @Test
    void shouldLeaveWhatLinksLeadTo() throws IOException {
        final Path file = Files.createFile(second.resolve("data"));
        Files.createSymbolicLink(stale.resolve("driver-0").resolve("link"), second);
        final Path linked = Files.createDirectory(first.resolve(WorkDirectory.PREFIX + "1-abc-link"));
        Files.createSymbolicLink(linked.resolve(WorkDirectory.LOCK_FILE), file);
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertTrue(Files.notExists(stale));
        assertTrue(Files.exists(file));
        assertTrue(Files.exists(linked), "its lock is no file");
    }

    /** Only root can give a directory away. */
    @Test
    void shouldLeaveWhatAnotherUserOwns() throws IOException {
        try {
            Files.setOwner(stale,
                stale.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (final IOException | UnsupportedOperationException ex) {
            assumeTrue(false, ex::toString);
        }
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertTrue(Files.exists(stale));
        assertEquals(0, counters.get(TransportCounter.STALE_DIRECTORIES_REMOVED));
    }

    @Test
    void shouldRemoveWhatADeadProcessLeft() {
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertTrue(Files.notExists(stale));
        assertEquals(1, counters.get(TransportCounter.STALE_DIRECTORIES_REMOVED));
    }

    @Test
    void shouldLeaveADirectoryWhoseLockIsHeld() throws IOException {
        try (FileChannel channel = FileChannel.open(stale.resolve(WorkDirectory.LOCK_FILE), StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            storage(Long.MAX_VALUE, 0).next(counters).close();
            assertTrue(Files.exists(stale.resolve("driver-0").resolve("cnc.dat")));
        }
    }

    @Test
    void shouldLeaveTheDirectoryOfAProcessThatIsJustMakingIt() throws IOException {
        final ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        final Path starting = Files.createDirectory(
            first.resolve(WorkDirectory.PREFIX + WorkDirectory.processName(other) + "-abc"));
        Files.createFile(starting.resolve(WorkDirectory.LOCK_FILE));
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertTrue(Files.exists(starting));
        assertTrue(Files.notExists(stale));
    }

    @Test
    void shouldLeaveWhatIsNotOurs() throws IOException {
        final List<Path> others = List.of(first.resolve("plumtree-data"), first.resolve("aeron-1-abc-xyz"),
            first.resolve(WorkDirectory.PREFIX + "2-abc-nolock"));
        for (final Path other : others) {
            Files.createDirectory(other);
            Files.createFile(other.resolve("data"));
        }
        Files.createSymbolicLink(first.resolve(WorkDirectory.PREFIX + "3-abc-link"), others.get(0));
        Files.createFile(others.get(0).resolve(WorkDirectory.LOCK_FILE));
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertEquals(1, counters.get(TransportCounter.STALE_DIRECTORIES_REMOVED));
        assertEquals(4, list(first).size());
    }

    @Test
    void shouldRemoveAnEmptyDirectoryOfADeadProcessThatMadeNoLock() throws IOException {
        Files.delete(stale.resolve("driver-0").resolve("cnc.dat"));
        Files.delete(stale.resolve("driver-0"));
        Files.delete(stale.resolve(WorkDirectory.LOCK_FILE));
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertEquals(List.of(), list(first));
        assertEquals(1, counters.get(TransportCounter.STALE_DIRECTORIES_REMOVED));
    }

    @Test
    void shouldRemoveADriverOfADeadProcessThatHasNoLockAnyMore() throws IOException {
        Files.delete(stale.resolve(WorkDirectory.LOCK_FILE));
        storage(Long.MAX_VALUE, 0).next(counters).close();
        assertEquals(List.of(), list(first));
        assertEquals(1, counters.get(TransportCounter.STALE_DIRECTORIES_REMOVED));
    }

    /** Also of one that could not find out when it had started, as it had no descriptor left to look. */
    @Test
    void shouldLeaveADriverWithoutALockWhoseProcessRuns() throws IOException {
        final ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        final List<Path> living = List.of(
            first.resolve(WorkDirectory.PREFIX + WorkDirectory.processName(other) + "-abc"),
            first.resolve(WorkDirectory.PREFIX + other.pid() + "-0-abc"));
        for (final Path directory : living) {
            Files.createDirectories(directory.resolve("driver-0"));
        }
        storage(Long.MAX_VALUE, 0).next(counters).close();
        for (final Path directory : living) {
            assertTrue(Files.exists(directory.resolve("driver-0")));
        }
        assertTrue(Files.notExists(stale));
    }

    @Test
    void shouldKeepTheLockUntilNothingElseIsLeft() throws IOException {
        Files.createFile(stale.resolve("driver-0.log"));
        final IOException full = new IOException("Too many open files");
        assertEquals(full, assertThrows(IOException.class, () -> FileTrees.delete(
            stale, WorkDirectory.LOCK_FILE, directory -> {
                if (!directory.equals(stale)) {
                    throw full;
                }
                return FileTrees.list(directory);
            })));
        assertEquals(Set.of(stale.resolve("driver-0"), stale.resolve(WorkDirectory.LOCK_FILE)),
            Set.copyOf(list(stale)));
        FileTrees.delete(stale, WorkDirectory.LOCK_FILE, FileTrees::list);
        assertEquals(List.of(), list(first));
    }

    @Test
    void shouldDeleteWithTheLocksDescriptorWhatItCannotLookIntoWithoutOne() throws IOException {
        final List<FileChannel> locks = new ArrayList<>();
        final WorkDirectory directory = WorkDirectory.create(second, path -> {
            locks.add(WorkDirectory.lock(path));
            return locks.get(0);
        }, path -> {
            if (locks.get(0).isOpen()) {
                throw new IOException("Too many open files");
            }
            return FileTrees.list(path);
        });
        Files.createFile(Files.createDirectory(directory.newDriverPath()).resolve("cnc.dat"));
        directory.close();
        assertEquals(List.of(), list(second));
    }

    @Test
    void shouldTryADriversDescriptorsAndLeaveNothingOfThat() throws IOException {
        try (WorkDirectory directory = WorkDirectory.create(second)) {
            assertEquals(directory.path().resolve("driver-0"), directory.newDriverPath());
            assertEquals(List.of(directory.path().resolve(WorkDirectory.LOCK_FILE)), list(directory.path()));
        }
    }

    @Test
    void shouldHaveAPlaceForADriverWhereSomebodyHasRemovedTheDirectory() throws IOException {
        try (WorkDirectory directory = WorkDirectory.create(second)) {
            FileTrees.delete(directory.path(), null, FileTrees::list);
            assertEquals(directory.path().resolve("driver-0"), directory.newDriverPath());
        }
    }

    @Test
    void shouldSayThatDescriptorsAreMissingAndNotRoom() {
        final Storage storage = new Storage(List.of(first, second), new AeronTransportOptions(),
            base -> Long.MAX_VALUE, base -> {
                throw new FileSystemException(base.toString(), null, "Too many open files");
            });
        final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> storage.next(counters));
        assertEquals(Category.ENVIRONMENT, ex.category());
        assertEquals("can't start a media driver in " + first + ": too many files are open; a node needs about 34 and 5"
            + " for each peer (ulimit -n)", ex.getMessage());
    }

    /** A class that can't be loaded any more, say. */
    @Test
    void shouldLeaveNoDirectoryWhereAnErrorComesInBetween() throws IOException {
        final Error error = new NoClassDefFoundError("x");
        final Storage storage = new Storage(List.of(second), new AeronTransportOptions(), base -> {
            throw error;
        });
        assertEquals(error, assertThrows(Error.class, () -> storage.next(counters)));
        assertEquals(List.of(), list(second));
    }

    @Test
    void shouldLeaveNoDirectoryWhoseLockCannotBeMade() throws IOException {
        final IOException full = new IOException("No space left on device");
        assertEquals(full, assertThrows(IOException.class, () -> WorkDirectory.create(second, directory -> {
            throw full;
        }, FileTrees::list)));
        assertEquals(List.of(), list(second));
    }

    @Test
    void shouldLeaveNoDirectoryWhoseLockIsMadeAndCannotBeOpened() throws IOException {
        assertThrows(ExceptionInInitializerError.class, () -> WorkDirectory.create(second, directory -> {
            Files.createFile(directory.resolve(WorkDirectory.LOCK_FILE));
            throw new ExceptionInInitializerError("Too many open files");
        }, FileTrees::list));
        assertEquals(List.of(), list(second));
    }

    @Test
    void shouldMakeAnotherDirectoryWhereTheFirstIsRemovedBeforeItIsLocked() throws IOException {
        final List<Path> made = new ArrayList<>();
        try (WorkDirectory directory = WorkDirectory.create(second, path -> {
            made.add(path);
            if (made.size() == 1) {
                Files.delete(path);
            }
            return WorkDirectory.lock(path);
        }, FileTrees::list)) {
            assertEquals(List.of(directory.path()), list(second));
        }
        assertEquals(2, made.size());
    }

    @Test
    void shouldLeaveTheDirectoriesOfThisProcess() {
        try (WorkDirectory living = storage(Long.MAX_VALUE, 0).next(counters)) {
            storage(Long.MAX_VALUE, 0).next(counters).close();
            assertTrue(Files.exists(living.path()));
        }
    }

    @Test
    void shouldMoveTheDriverToTheNextPlaceWhenThereIsNoRoomAnyMore() throws IOException {
        final AeronTransportOptions options = new AeronTransportOptions();
        final ErrorFunnel errors = new ErrorFunnel(ex -> { }, counters);
        try (EmbeddedHosts hosts = new EmbeddedHosts(options, SocketBuffers.of(options), errors, counters,
            storage(Long.MAX_VALUE, Long.MAX_VALUE), new DriverSleep(options))) {
            hosts.next().close();
            assertEquals(1, list(first).size());
            hosts.next().close();
            assertEquals(1, list(first).size());
            assertTrue(hosts.moveElsewhere());
            hosts.next().close();
            assertEquals(0, list(first).size());
            assertEquals(1, list(second).size());
            assertFalse(hosts.moveElsewhere());
        }
        assertEquals(0, list(second).size());
    }

    private Storage storage(final long usableInFirst, final long usableInSecond) {
        return new Storage(List.of(first, second), new AeronTransportOptions(),
            base -> base.equals(first) ? usableInFirst : usableInSecond);
    }

    private static List<Path> list(final Path base) throws IOException {
        try (Stream<Path> all = Files.list(base)) {
            return all.toList();
        }
    }
}
