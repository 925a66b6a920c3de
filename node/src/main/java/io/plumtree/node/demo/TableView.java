package io.plumtree.node.demo;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** For terminals: a table that is drawn again in place, below everything that is said. */
final class TableView implements DemoView {
    private static final long PERIOD_MS = 250;
    private static final String ESCAPE = "\u001b[";

    private final PrintWriter out;
    private final List<String> names;
    private final List<String> roots;
    private String table = "";

    /**
     * A table.
     *
     * @param out   the terminal.
     * @param names all nodes: the lines.
     * @param roots those that publish: the columns.
     */
    TableView(final PrintWriter out, final Collection<String> names, final Collection<String> roots) {
        this.out = out;
        this.names = List.copyOf(names);
        this.roots = List.copyOf(roots);
    }

    @Override
    public synchronized void say(final String text) {
        erase();
        out.println(text);
        out.print(table);
        out.flush();
    }

    @Override
    public synchronized void show(final long elapsedMs, final Map<String, WorkerStatus> statuses) {
        erase();
        table = table(elapsedMs, statuses, names, roots);
        out.print(table);
        out.flush();
    }

    @Override
    public long periodMs() {
        return PERIOD_MS;
    }

    @Override
    public synchronized void end() {
        table = "";
    }

    /** Goes up to where the table begins and clears all below. */
    private void erase() {
        if (!table.isEmpty()) {
            out.print(ESCAPE + table.lines().count() + "A" + ESCAPE + "0J");
        }
    }

    /** The table as text, each line ended. */
    static String table(
        final long elapsedMs,
        final Map<String, WorkerStatus> statuses,
        final List<String> names,
        final List<String> roots) {
        final StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%nafter %.1f s%n%-6s %5s %10s", elapsedMs / 1e3, "node", "links",
            "published"));
        roots.forEach(root -> out.append(String.format(Locale.ROOT, " %10s", "from " + root)));
        out.append(String.format(Locale.ROOT, " %10s %11s%n", "behind", "duplicates"));
        for (final String name : names) {
            final WorkerStatus status = statuses.get(name);
            if (status == null) {
                out.append(String.format(Locale.ROOT, "%-6s  down%n", name));
                continue;
            }
            long behind = 0;
            out.append(String.format(Locale.ROOT, "%-6s %5d %10d", name, status.connected().size(),
                status.published()));
            for (final String root : roots) {
                final boolean isSelf = root.equals(name);
                out.append(String.format(Locale.ROOT, " %10s", isSelf ? "-" : status.root(root).received()));
                if (!isSelf) {
                    behind += status.root(root).highest() - status.root(root).received();
                }
            }
            out.append(String.format(Locale.ROOT, " %10d %11d%n", behind, status.duplicates()));
        }
        return out.toString();
    }
}
