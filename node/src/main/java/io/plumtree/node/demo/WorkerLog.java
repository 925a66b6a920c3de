package io.plumtree.node.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What workers say on their standard error, as people should see it: stack traces only if asked for, and each kind of
 * line of each worker once. Any thread.
 */
final class WorkerLog {
    private static final Pattern TRACE = Pattern.compile("\\s.*|Caused by: .*|Suppressed: .*|");
    private static final Pattern PREFIX = Pattern.compile("^plumtree: ");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int MAX_KINDS = 1_000;

    private final boolean isVerbose;
    private final Consumer<String> out;
    private final Map<String, Integer> counts = new HashMap<>();
    private int hidden;

    /**
     * A log.
     *
     * @param isVerbose whether everything is to be seen.
     * @param out       gets what is to be seen.
     */
    WorkerLog(final boolean isVerbose, final Consumer<String> out) {
        this.isVerbose = isVerbose;
        this.out = out;
    }

    /** Whether a line is a part of a stack trace, or says nothing. */
    static boolean isTrace(final String line) {
        return TRACE.matcher(line).matches();
    }

    /** Takes a line of a worker. */
    void accept(final String name, final String line) {
        if (isVerbose || isNew(name, line)) {
            out.accept(name + ": " + PREFIX.matcher(line).replaceFirst(""));
        }
    }

    private synchronized boolean isNew(final String name, final String line) {
        if (isTrace(line)) {
            hidden++;
            return false;
        }
        final String kind = name + ' ' + NUMBER.matcher(line).replaceAll("#");
        if (counts.size() >= MAX_KINDS && !counts.containsKey(kind) || counts.merge(kind, 1, Integer::sum) > 1) {
            hidden++;
            return false;
        }
        return true;
    }

    /** What was left out, as a line; empty if nothing was. */
    synchronized String summary() {
        return hidden == 0 ? "" : "nodes said " + hidden + " more lines, of the same kinds or of stack traces:"
            + " --verbose shows them";
    }
}
