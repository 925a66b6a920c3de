package io.plumtree.node.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine has room for. A negative number says that it is not known, and forbids nothing.
 *
 * @param cores           processors.
 * @param memory          bytes of memory that processes may still take.
 * @param files           bytes of room for the media drivers' files, in all places together.
 * @param filePlaces      these places, in words.
 * @param descriptorLimit open files that a process may have.
 * @param processes       processes and threads that may still be started.
 */
record Machine(int cores, long memory, long files, String filePlaces, long descriptorLimit, long processes) {
    private static final Path PROC = Path.of("/proc");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final long UNKNOWN = -1;
    private static final int KILO = 1024;
    /** Pipes to a worker, and what the system needs besides to watch it. */
    private static final int DESCRIPTORS_PER_WORKER = 5;
    private static final int DESCRIPTORS_OF_OUR_OWN = 64;
    private static final double OVERCOMMIT = 2;

    /** What a node takes of it. */
    record Cost(long memory, long files, int descriptors, int threads, double cores) {
    }

    /** Looks. */
    static Machine look() {
        long files = 0;
        final StringBuilder places = new StringBuilder();
        for (final Path place : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            if (Files.isWritable(place)) {
                final long usable = usable(place);
                files += Math.max(0, usable);
                places.append(places.isEmpty() ? "" : " and ").append(place);
            }
        }
        final long memory = least(
            number(PROC.resolve("meminfo"), "MemAvailable:\\s+(\\d+) kB", KILO),
            groupMemory(CGROUPS));
        final long processes = difference(number(CGROUPS.resolve("pids.max"), "^(\\d+)", 1),
            number(CGROUPS.resolve("pids.current"), "^(\\d+)", 1));
        return new Machine(Runtime.getRuntime().availableProcessors(), memory, places.isEmpty() ? UNKNOWN : files,
            places.toString(), number(PROC.resolve("self/limits"), "Max open files\\s+(\\d+)", 1),
            least(processes, number(PROC.resolve("self/limits"), "Max processes\\s+(\\d+)", 1)));
    }

    /**
     * Says why so many nodes can't be carried.
     *
     * @param nodes how many are still to be started.
     * @param cost  what each takes.
     * @return the reason, and how many can; null if all can.
     */
    String refusal(final int nodes, final Cost cost) {
        if (memory >= 0 && nodes * cost.memory() > memory) {
            return refusal(nodes, megabytes(nodes * cost.memory()) + " of memory (" + megabytes(cost.memory())
                + " each), and " + megabytes(memory) + " are free", memory / cost.memory());
        }
        if (files >= 0 && nodes * cost.files() > files) {
            return refusal(nodes, megabytes(nodes * cost.files()) + " for files (" + megabytes(cost.files())
                + " each) in " + filePlaces + ", where " + megabytes(files) + " are free", files / cost.files());
        }
        final long descriptors = descriptorLimit - DESCRIPTORS_OF_OUR_OWN;
        if (descriptorLimit >= 0 && cost.descriptors() > descriptors) {
            return "this machine can't carry so many nodes: each of them needs "
                + (cost.descriptors() + DESCRIPTORS_OF_OUR_OWN) + " open files (ulimit -n) with " + nodes
                + " more, and " + descriptorLimit + " are allowed; choose fewer (--nodes)";
        }
        if (descriptorLimit >= 0 && (long) nodes * DESCRIPTORS_PER_WORKER > descriptors) {
            return refusal(nodes, (long) nodes * DESCRIPTORS_PER_WORKER + DESCRIPTORS_OF_OUR_OWN
                + " open files (ulimit -n), and " + descriptorLimit + " are allowed",
                descriptors / DESCRIPTORS_PER_WORKER);
        }
        if (processes >= 0 && (long) nodes * cost.threads() > processes) {
            return refusal(nodes, (long) nodes * cost.threads() + " threads (" + cost.threads() + " each), and "
                + processes + " are allowed", processes / cost.threads());
        }
        // What waits by looking again and again gives way to others: up to a point.
        if (nodes * cost.cores() > OVERCOMMIT * cores) {
            return refusal(nodes, String.format(Locale.ROOT, "%.1f cores when idle (%.2f each), and there"
                + " are %d", nodes * cost.cores(), cost.cores(), cores), (long) (OVERCOMMIT * cores / cost.cores()));
        }
        return null;
    }

    private static String refusal(final int nodes, final String need, final long most) {
        return "this machine can't carry so many nodes: " + nodes + " more need " + need + ", enough for "
            + Math.max(0, most) + "; choose fewer (--nodes)";
    }

    private static String megabytes(final long bytes) {
        return bytes / (KILO * KILO) + " MB";
    }

    private static long usable(final Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace();
        } catch (final IOException ex) {
            return UNKNOWN;
        }
    }

    /**
     * What a control group, of version 2 or 1, has left of its memory. Files that were read and are not in use count as
     * used in there, and are given up when memory is needed.
     */
    static long groupMemory(final Path groups) {
        return least(
            groupMemory(groups.resolve("memory.max"), groups.resolve("memory.current"),
                number(groups.resolve("memory.stat"), "^inactive_file (\\d+)", 1)),
            groupMemory(groups.resolve("memory/memory.limit_in_bytes"), groups.resolve("memory/memory.usage_in_bytes"),
                number(groups.resolve("memory/memory.stat"), "^total_inactive_file (\\d+)", 1)));
    }

    private static long groupMemory(final Path limit, final Path used, final long reclaimable) {
        final long usedLength = number(used, "^(\\d+)", 1);
        return difference(number(limit, "^(\\d+)", 1),
            usedLength < 0 ? usedLength : Math.max(0, usedLength - Math.max(0, reclaimable)));
    }

    private static long least(final long... values) {
        long least = UNKNOWN;
        for (final long value : values) {
            if (value >= 0) {
                least = least < 0 ? value : Math.min(least, value);
            }
        }
        return least;
    }

    private static long difference(final long limit, final long used) {
        return limit < 0 || used < 0 ? UNKNOWN : Math.max(0, limit - used);
    }

    /** A number in a file of the system's; negative where there is none. */
    static long number(final Path file, final String pattern, final int unit) {
        try {
            final Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII));
            return matcher.find() ? Math.multiplyExact(Long.parseLong(matcher.group(1)), (long) unit) : UNKNOWN;
        } catch (final IOException | NumberFormatException | ArithmeticException ex) {
            return UNKNOWN;
        }
    }
}
