package io.plumtree.engine.counters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How a file of counters is laid out. All numbers are in the machine's byte order.
 *
 * <pre>
 *   +--------------------------+ 0
 *   | header                   |
 *   +--------------------------+ {@value #HEADER_LENGTH}
 *   | what each counter is     | {@value #METADATA_LENGTH} bytes a counter, as Agrona's CountersReader has them
 *   +--------------------------+
 *   | their values             | {@value #VALUE_LENGTH} bytes a counter, the value in the first eight
 *   +--------------------------+
 * </pre>
 *
 * <p>What is before {@link #PREFIX_LENGTH} of the header is the same in every version, so that a file of any version
 * tells whether its process is there.
 */
public final class CountersLayout {
    /** The first eight bytes of every file: {@code PLUMTREE}, as one number. */
    public static final long MAGIC = 0x504C_554D_5452_4545L;
    /** The version that is written, and the only one that is read. */
    public static final int VERSION = 2;
    /** Bytes of the header. */
    public static final int HEADER_LENGTH = 512;
    /** Bytes that say what a counter is. */
    public static final int METADATA_LENGTH = 512;
    /** Bytes of a counter's value, and what keeps it apart from the next. */
    public static final int VALUE_LENGTH = 128;
    /** The longest name of a node or cluster. */
    public static final int MAX_NAME_LENGTH = 64;
    /** How the files' names end. */
    public static final String SUFFIX = ".counters";
    /** A counter's type: it grows. */
    public static final int TYPE_COUNT = 0;
    /** A counter's type: a level, as it is at present, or the highest so far. */
    public static final int TYPE_LEVEL = 1;

    /** Where the magic number is. */
    public static final int MAGIC_OFFSET = 0;
    /** Where the version is, 4 bytes. */
    public static final int VERSION_OFFSET = 8;
    /** Where the process id is, 8 bytes. */
    public static final int PID_OFFSET = 16;
    /** Where the process id's name space is, 8 bytes: 0 if the system has no such thing. */
    public static final int PID_NAMESPACE_OFFSET = 24;
    /** Where the time is at which the file was made, 8 bytes, milliseconds since 1970. */
    public static final int START_OFFSET = 32;
    /** Where the time of the last sign of life is, 8 bytes, milliseconds since 1970. */
    public static final int HEARTBEAT_OFFSET = 40;
    /** Where the time is in which the next sign of life is due, 8 bytes, milliseconds. */
    public static final int HEARTBEAT_PERIOD_OFFSET = 48;
    /**
     * Where the time of the last sign of life is by which the node is judged, 8 bytes: {@link #steadyTimeMs()}. The
     * other times are for people.
     */
    public static final int HEARTBEAT_STEADY_OFFSET = 56;
    /** Where that is which tells the process from others with its id, 8 bytes: {@link #processStart(long)}. */
    public static final int PROCESS_START_OFFSET = 64;
    /** Where that ends which is the same in every version. */
    public static final int PREFIX_LENGTH = 72;
    /** Where the node's incarnation is, 8 bytes. */
    public static final int INCARNATION_OFFSET = 72;
    /** Where the number of counters is that there is room for, 4 bytes. */
    public static final int CAPACITY_OFFSET = 80;
    /** Where the node's name is: its length in 4 bytes, and ASCII. */
    public static final int NODE_OFFSET = 88;
    /** Where the cluster's name is: its length in 4 bytes, and ASCII. */
    public static final int CLUSTER_OFFSET = 160;

    /** The most counters that a file is believed to have room for. */
    static final int MAX_CAPACITY = 1 << 16;

    /** The start among a process' fields after its name. */
    private static final int START_FIELD = 19;
    /** Null where there is none. */
    private static final Object USER_NUMBER = userNumber();

    private CountersLayout() {
    }

    /**
     * How long a file is.
     *
     * @param capacity how many counters it has room for.
     * @return bytes.
     */
    public static long fileLength(final int capacity) {
        return HEADER_LENGTH + (long) capacity * (METADATA_LENGTH + VALUE_LENGTH);
    }

    /**
     * Where nodes of this user put their files unless they are told otherwise: in shared memory where there is such a
     * thing, since writing to a mapped file on a disk can hold up the one who writes; else among temporary files.
     *
     * @return the directory, which need not be there.
     */
    public static Path defaultDirectory() {
        final Path sharedMemory = Path.of("/dev/shm");
        final Path base = Files.isDirectory(sharedMemory) && Files.isWritable(sharedMemory) ?
            sharedMemory : Path.of(System.getProperty("java.io.tmpdir"));
        return base.resolve("plumtree-" + user());
    }

    /**
     * This user's number, since users in containers often have no name; the name where the system has no numbers.
     */
    private static String user() {
        final Object number = USER_NUMBER;
        return number != null ? number.toString() :
            System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private static Object userNumber() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (final IOException | RuntimeException ex) {
            return ownerOfOwnFile();
        }
    }

    private static Object ownerOfOwnFile() {
        Path own = null;
        try {
            own = Files.createTempFile("plumtree-", ".owner");
            return Files.getAttribute(own, "unix:uid");
        } catch (final IOException | RuntimeException ex) {
            return null;
        } finally {
            remove(own);
        }
    }

    private static void remove(final Path own) {
        try {
            if (own != null) {
                Files.deleteIfExists(own);
            }
        } catch (final IOException ex) {
            own.toFile().deleteOnExit();
        }
    }

    /**
     * The time since some moment of the system's, the same for all processes of it; nobody sets it.
     *
     * @return milliseconds.
     */
    public static long steadyTimeMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /**
     * What tells a process from others that have had its id or will have: when it started, in the system's own ticks.
     * The time of day that Java has for it moves with the wall clock.
     *
     * @param pid the process' id.
     * @return a number; 0 if the system does not tell, or has no such process.
     */
    public static long processStart(final long pid) {
        try {
            final Path file = Path.of("/proc", Long.toString(pid), "stat");
            final String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
            // After the name, which may have anything in it.
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_FIELD]);
        } catch (final IOException | RuntimeException ex) {
            return 0;
        }
    }

    /**
     * The name space that this process' id is in, as containers have their own.
     *
     * @return its number; 0 if the system does not tell.
     */
    public static long pidNamespace() {
        try {
            final String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Long.parseLong(link.replaceAll("[^0-9]", ""));
        } catch (final IOException | RuntimeException ex) {
            return 0;
        }
    }
}
