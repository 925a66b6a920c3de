package io.plumtree.node.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** For logs and pipes: a line every other second. */
final class PlainView implements DemoView {
    private static final long PERIOD_MS = 2_000;

    private final PrintWriter out;

    PlainView(final PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void say(final String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public synchronized void show(final long elapsedMs, final Map<String, WorkerStatus> statuses) {
        final StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%6.1f s  published %d, received", elapsedMs / 1e3,
            statuses.values().stream().mapToLong(WorkerStatus::published).sum()));
        statuses.forEach((name, status) -> line.append("  ").append(name).append(' ').append(status.received()));
        say(line.toString());
    }

    @Override
    public long periodMs() {
        return PERIOD_MS;
    }

    @Override
    public void end() {
        out.flush();
    }
}
