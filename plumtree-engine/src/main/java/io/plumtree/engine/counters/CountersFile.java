package io.plumtree.engine.counters;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One look at the counters of a node, from whichever process; the node does not notice. The file may hold anything:
 * whatever is read from it is checked. It is read, not mapped, so that one that is cut short meanwhile does no harm.
 */
public final class CountersFile {
    /** A node that has given no sign of life for so long, and for three of its periods, is stalled. */
    private static final long STALLED_AFTER_MS = 2_000;
    private static final int STALLED_AFTER_PERIODS = 3;
    /** Longest period that a node can have. */
    private static final long MAX_PERIOD_MS = Duration.ofMinutes(1).toMillis();
    /** One whose process can't be looked for, as it is in another name space, is dead after this. */
    private static final long DEAD_AFTER_MS = Duration.ofMinutes(10).toMillis();
    private static final int RECORD_ALLOCATED = 1;
    private static final int TYPE_OFFSET = 4;
    private static final int LABEL_OFFSET = 128;
    private static final int MAX_LABEL_LENGTH = CountersLayout.METADATA_LENGTH - LABEL_OFFSET - Integer.BYTES;

    private final Path path;
    private final ByteBuffer header;
    private final long readMs;
    private final long steadyMs;
    private final String node;
    private final String cluster;
    private final List<CounterValue> counters;

    private CountersFile(
        final Path path,
        final ByteBuffer header,
        final long readMs,
        final long steadyMs,
        final String node,
        final String cluster,
        final List<CounterValue> counters) {
        this.path = path;
        this.header = header;
        this.readMs = readMs;
        this.steadyMs = steadyMs;
        this.node = node;
        this.cluster = cluster;
        this.counters = counters;
    }

    /**
     * The files in a directory, whatever they hold.
     *
     * @param directory where nodes put them; it need not be there.
     * @return their paths, by name.
     * @throws IOException if the directory can't be read.
     */
    public static List<Path> list(final Path directory) throws IOException {
        final List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found =
                Files.newDirectoryStream(directory, "*" + CountersLayout.SUFFIX)) {
                found.forEach(files::add);
            } catch (final DirectoryIteratorException ex) {
                throw ex.getCause();
            }
        }
        Collections.sort(files);
        return files;
    }

    /**
     * Takes a look.
     *
     * @param file the file.
     * @return what it holds at this time.
     * @throws NoSuchFileException if it is not there, or not any more.
     * @throws IOException         if it can't be read, or is no file of counters of {@link CountersLayout#VERSION}; its
     *                             message names the file and says what is wrong.
     */
    public static CountersFile read(final Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            final ByteBuffer header = prefix(file, channel, CountersLayout.HEADER_LENGTH);
            final int version = header.getInt(CountersLayout.VERSION_OFFSET);
            if (version != CountersLayout.VERSION) {
                throw new IOException(file + ": has layout version " + version + ", and version " +
                    CountersLayout.VERSION + " is read here");
            }
            final int capacity = header.getInt(CountersLayout.CAPACITY_OFFSET);
            if (capacity < 0 || capacity > CountersLayout.MAX_CAPACITY) {
                throw damaged(file, "room for " + capacity + " counters");
            }
            final String node = name(file, header, CountersLayout.NODE_OFFSET);
            final String cluster = name(file, header, CountersLayout.CLUSTER_OFFSET);
            final ByteBuffer body = bytes(file, channel, CountersLayout.HEADER_LENGTH,
                (int) (CountersLayout.fileLength(capacity) - CountersLayout.HEADER_LENGTH));
            return new CountersFile(
                file, header, System.currentTimeMillis(), CountersLayout.steadyTimeMs(), node, cluster,
                counters(file, body, capacity));
        }
    }

    /**
     * Whether a file's node is there; of a file of any version.
     *
     * @param file the file.
     * @return how the node is.
     * @throws IOException if the file can't be read, or is no file of counters.
     */
    public static Liveness livenessOf(final Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            return liveness(prefix(file, channel, CountersLayout.PREFIX_LENGTH), CountersLayout.steadyTimeMs());
        }
    }

    /** Not through links, and no pipe that would be waited for. */
    private static FileChannel open(final Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + ": is no regular file");
        }
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static ByteBuffer prefix(final Path file, final FileChannel channel, final int length)
        throws IOException {
        final ByteBuffer header = bytes(file, channel, 0, length);
        if (header.getLong(CountersLayout.MAGIC_OFFSET) != CountersLayout.MAGIC) {
            throw new IOException(file + ": is no file of counters");
        }
        return header;
    }

    private static ByteBuffer bytes(final Path file, final FileChannel channel, final long from, final int length)
        throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException(file + ": is truncated: has " + channel.size() + " bytes, and should have " +
                    (from + length) + " at least");
            }
        }
        return buffer;
    }

    private static String name(final Path file, final ByteBuffer header, final int offset) throws IOException {
        final int length = header.getInt(offset);
        if (length < 1 || length > CountersLayout.MAX_NAME_LENGTH) {
            throw damaged(file, "a name of " + length + " bytes");
        }
        final String name =
            new String(header.array(), offset + Integer.BYTES, length, StandardCharsets.US_ASCII);
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw damaged(file, "a name with characters that names do not have");
        }
        return name;
    }

    private static List<CounterValue> counters(final Path file, final ByteBuffer body, final int capacity)
        throws IOException {
        final List<CounterValue> counters = new ArrayList<>();
        for (int id = 0; id < capacity; id++) {
            final int at = id * CountersLayout.METADATA_LENGTH;
            if (body.getInt(at) != RECORD_ALLOCATED) {
                continue;
            }
            final int length = body.getInt(at + LABEL_OFFSET);
            if (length < 1 || length > MAX_LABEL_LENGTH) {
                throw damaged(file, "counter " + id + " with a label of " + length + " bytes");
            }
            counters.add(new CounterValue(
                label(body, at + LABEL_OFFSET + Integer.BYTES, length),
                body.getLong(capacity * CountersLayout.METADATA_LENGTH + id * CountersLayout.VALUE_LENGTH),
                body.getInt(at + TYPE_OFFSET) == CountersLayout.TYPE_LEVEL));
        }
        return counters;
    }

    /** Handlers choose labels; nothing in them is to play tricks on a terminal. */
    private static String label(final ByteBuffer body, final int offset, final int length) {
        return new String(body.array(), offset, length, StandardCharsets.UTF_8).replaceAll("\\p{C}", "?");
    }

    private static IOException damaged(final Path file, final String what) {
        return new IOException(file + ": is damaged: has " + what);
    }

    private static Liveness liveness(final ByteBuffer header, final long steadyMs) {
        final long silentMs = steadyMs - header.getLong(CountersLayout.HEARTBEAT_STEADY_OFFSET);
        final boolean isNear =
            header.getLong(CountersLayout.PID_NAMESPACE_OFFSET) == CountersLayout.pidNamespace();
        // One that comes from the future was left behind when the system was started last.
        if (isNear ? !isProcessThere(header) : Math.abs(silentMs) > DEAD_AFTER_MS) {
            return Liveness.DEAD;
        }
        final long periodMs =
            Math.min(MAX_PERIOD_MS, Math.max(0, header.getLong(CountersLayout.HEARTBEAT_PERIOD_OFFSET)));
        return silentMs > Math.max(STALLED_AFTER_MS, STALLED_AFTER_PERIODS * periodMs) ?
            Liveness.STALLED : Liveness.LIVE;
    }

    /** A process that has started at another time has but the same number. */
    private static boolean isProcessThere(final ByteBuffer header) {
        final long pid = header.getLong(CountersLayout.PID_OFFSET);
        final long start = header.getLong(CountersLayout.PROCESS_START_OFFSET);
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() &&
            (start == 0 || start == CountersLayout.processStart(pid));
    }

    /**
     * The file.
     *
     * @return its path.
     */
    public Path path() {
        return path;
    }

    /**
     * The node that writes it.
     *
     * @return its name.
     */
    public String node() {
        return node;
    }

    /**
     * The node's cluster.
     *
     * @return its name.
     */
    public String cluster() {
        return cluster;
    }

    /**
     * The node's process.
     *
     * @return its number, in its own name space.
     */
    public long pid() {
        return header.getLong(CountersLayout.PID_OFFSET);
    }

    /**
     * The node's run.
     *
     * @return what {@link io.plumtree.engine.PlumtreeNode#incarnation()} is there.
     */
    public long incarnation() {
        return header.getLong(CountersLayout.INCARNATION_OFFSET);
    }

    /**
     * When the node began.
     *
     * @return the time.
     */
    public Instant startTime() {
        return Instant.ofEpochMilli(header.getLong(CountersLayout.START_OFFSET));
    }

    /**
     * When the node last gave a sign of life, as it does at each lazy tick.
     *
     * @return the time.
     */
    public Instant heartbeat() {
        return Instant.ofEpochMilli(header.getLong(CountersLayout.HEARTBEAT_OFFSET));
    }

    /**
     * When this look was taken.
     *
     * @return the time.
     */
    public Instant readTime() {
        return Instant.ofEpochMilli(readMs);
    }

    /**
     * How the node was when this look was taken.
     *
     * @return whether it ran.
     */
    public Liveness liveness() {
        return liveness(header, steadyMs);
    }

    /**
     * The counters.
     *
     * @return all of them, in the order in which they were made.
     */
    public List<CounterValue> counters() {
        return Collections.unmodifiableList(counters);
    }
}
