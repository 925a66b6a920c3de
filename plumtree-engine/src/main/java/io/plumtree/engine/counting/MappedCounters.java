package io.plumtree.engine.counting;

import io.plumtree.api.NodeId;
import io.plumtree.engine.counters.CountersFile;
import io.plumtree.engine.counters.CountersLayout;
import io.plumtree.engine.counters.Liveness;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A file in memory for the counters of one node, laid out as {@link CountersLayout} says; for nobody but this user. It
 * goes when the node closes, while the memory stays, as counters may be read still. What dead processes have left in
 * its directory goes when it is made.
 */
final class MappedCounters {
    private static final Logger LOGGER = System.getLogger("io.plumtree.engine");
    private static final String UNFINISHED = ".unfinished";
    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    private final Path file;
    private final EpochClock wallClock;
    private final UnsafeBuffer header;
    private final UnsafeBuffer metadata;
    private final UnsafeBuffer values;

    private MappedCounters(
        final Path file, final MappedByteBuffer mapped, final int capacity, final EpochClock wallClock) {
        final int valuesOffset = CountersLayout.HEADER_LENGTH + capacity * CountersLayout.METADATA_LENGTH;
        this.file = file;
        this.wallClock = wallClock;
        this.header = new UnsafeBuffer(mapped, 0, CountersLayout.HEADER_LENGTH);
        this.metadata = new UnsafeBuffer(
            mapped, CountersLayout.HEADER_LENGTH, capacity * CountersLayout.METADATA_LENGTH);
        this.values = new UnsafeBuffer(mapped, valuesOffset, capacity * CountersLayout.VALUE_LENGTH);
    }

    /** Makes and opens a new file. */
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    /** A file with room for counters, all of it there, so that no write can find the disk full later. */
    static MappedCounters create(
        final Path directory,
        final NodeId node,
        final String cluster,
        final long incarnation,
        final int capacity,
        final EpochClock wallClock) throws IOException {
        return create(directory, node, cluster, incarnation, capacity, wallClock, MappedCounters::open);
    }

    /** With a file of a test's. */
    static MappedCounters create(
        final Path directory,
        final NodeId node,
        final String cluster,
        final long incarnation,
        final int capacity,
        final EpochClock wallClock,
        final Opener opener) throws IOException {
        final long pid = ProcessHandle.current().pid();
        Files.createDirectories(directory, ownerOnly("rwx------"));
        // Containers can share a directory and have the same process numbers, but hardly in the same millisecond.
        final String name = node + "-" + pid + "-" + Long.toString(incarnation, Character.MAX_RADIX) + "-" +
            SEQUENCE.incrementAndGet() + CountersLayout.SUFFIX;
        final Path unfinished = directory.resolve(name + UNFINISHED);
        try (FileChannel channel = opener.open(unfinished)) {
            if (!lock(channel) || !Files.exists(unfinished)) {
                // Somebody took the new file for an abandoned one, in the moment before it was locked.
                return create(directory, node, cluster, incarnation, capacity, wallClock, opener);
            }
            final MappedByteBuffer mapped = map(channel, CountersLayout.fileLength(capacity));
            checkOwner(directory, unfinished);
            final MappedCounters counters = new MappedCounters(directory.resolve(name), mapped, capacity, wallClock);
            counters.writeHeader(node, cluster, incarnation, pid, capacity);
            removeStale(directory, unfinished);
            Files.move(unfinished, counters.file, StandardCopyOption.ATOMIC_MOVE);
            return counters;
        } catch (final Throwable ex) {
            // Any: where no descriptor is left, a class of the JDK's that can't be loaded is an error.
            Files.deleteIfExists(unfinished);
            throw ex;
        }
    }

    private static FileChannel open(final Path file) throws IOException {
        return FileChannel.open(file,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
                LinkOption.NOFOLLOW_LINKS),
            ownerOnly("rw-------"));
    }

    /** Tells others that somebody is at work on the file, for as long as the process lives and has it open. */
    private static boolean lock(final FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (final IOException ex) {
            LOGGER.log(Level.DEBUG, "a file system without locks: {0}", ex.toString());
            return true;
        }
    }

    private static MappedByteBuffer map(final FileChannel channel, final long length) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocate((int) length);
        while (zeros.hasRemaining()) {
            channel.write(zeros);
        }
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
    }

    private static FileAttribute<?>[] ownerOnly(final String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix") ?
            new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))} :
            new FileAttribute<?>[0];
    }

    /** Somebody else may have made the default directory, whose name is known, to put something there. */
    private static void checkOwner(final Path directory, final Path own) throws IOException {
        final UserPrincipal owner = Files.getOwner(directory);
        if (directory.equals(CountersLayout.defaultDirectory()) && (!owner.equals(Files.getOwner(own)) ||
            Files.isSymbolicLink(directory))) {
            throw new IOException(directory + " belongs to " + owner + ", or is a link");
        }
    }

    void incarnation(final long incarnation) {
        header.putLongRelease(CountersLayout.INCARNATION_OFFSET, incarnation);
    }

    private void writeHeader(
        final NodeId node, final String cluster, final long incarnation, final long pid, final int capacity) {
        final long nowMs = wallClock.time();
        header.putInt(CountersLayout.VERSION_OFFSET, CountersLayout.VERSION);
        header.putLong(CountersLayout.PID_OFFSET, pid);
        header.putLong(CountersLayout.PID_NAMESPACE_OFFSET, CountersLayout.pidNamespace());
        header.putLong(CountersLayout.START_OFFSET, nowMs);
        header.putLong(CountersLayout.HEARTBEAT_OFFSET, nowMs);
        header.putLong(CountersLayout.HEARTBEAT_STEADY_OFFSET, CountersLayout.steadyTimeMs());
        header.putLong(CountersLayout.PROCESS_START_OFFSET, CountersLayout.processStart(pid));
        header.putLong(CountersLayout.INCARNATION_OFFSET, incarnation);
        header.putInt(CountersLayout.CAPACITY_OFFSET, capacity);
        header.putStringAscii(CountersLayout.NODE_OFFSET, node.name());
        header.putStringAscii(CountersLayout.CLUSTER_OFFSET, cluster);
        header.putLongRelease(CountersLayout.MAGIC_OFFSET, CountersLayout.MAGIC);
    }

    /** Removes what processes that are gone have left behind; of this user, and of nothing but counters. */
    private static void removeStale(final Path directory, final Path own) {
        try {
            final UserPrincipal user = Files.getOwner(own);
            for (final Path file : CountersFile.list(directory)) {
                if (isDead(file) && user.equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)) &&
                    Files.deleteIfExists(file)) {
                    LOGGER.log(Level.DEBUG, "removed {0}, left behind by a process that is gone", file);
                }
            }
            removeUnfinished(directory, user);
        } catch (final IOException | RuntimeException ex) {
            LOGGER.log(Level.DEBUG, "can''t look for counters left behind in {0}: {1}", directory, ex);
        }
    }

    private static boolean isDead(final Path file) {
        try {
            return CountersFile.livenessOf(file) == Liveness.DEAD;
        } catch (final IOException ex) {
            // Just removed, or not ours to judge.
            return false;
        }
    }

    private static void removeUnfinished(final Path directory, final UserPrincipal user) throws IOException {
        final String own = "-" + ProcessHandle.current().pid() + "-";
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(directory, "*" + CountersLayout.SUFFIX + UNFINISHED)) {
            for (final Path file : files) {
                // This process must not even open one of its own: closing it would give up the lock.
                if (!file.getFileName().toString().contains(own) &&
                    user.equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS))) {
                    removeIfAbandoned(file);
                }
            }
        }
    }

    /** Under its lock: whoever has just made it and waits for the lock finds it gone, and makes another one. */
    private static void removeIfAbandoned(final Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException | OverlappingFileLockException ex) {
            // Just finished, or not ours to judge.
        }
    }

    UnsafeBuffer metadata() {
        return metadata;
    }

    UnsafeBuffer values() {
        return values;
    }

    /** A sign of life; the next one comes within a period. */
    void heartbeat(final long periodMs) {
        header.putLongRelease(CountersLayout.HEARTBEAT_PERIOD_OFFSET, periodMs);
        header.putLongRelease(CountersLayout.HEARTBEAT_OFFSET, wallClock.time());
        header.putLongRelease(CountersLayout.HEARTBEAT_STEADY_OFFSET, CountersLayout.steadyTimeMs());
    }

    /** Removes the file; the memory stays for those who have it. */
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
