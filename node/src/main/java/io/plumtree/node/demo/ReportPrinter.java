package io.plumtree.node.demo;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as text. */
final class ReportPrinter {
    private ReportPrinter() {
    }

    /** The lines that end a demonstration. */
    static String print(final DemoReport report) {
        final StringBuilder out = new StringBuilder();
        final DemoReport.Losses losses = report.losses();
        line(out, "%n%-6s %10s %10s %8s %11s %12s%n", "node", "published", "delivered", "missed", "duplicates",
            "longest gap");
        for (final NodeReport node : report.nodes()) {
            line(out, "%-6s %10d %10d %8d %11d %9.1f ms%s%n", node.name(), node.published(), node.delivered(),
                node.missed(), node.duplicates(), node.longestGapMs(), node.wasKilled() ? "  killed, restarted" : "");
        }
        line(out, "%n%-24s %d%n", "published", report.messages().published());
        line(out, "%-24s %d%n", "delivered", report.messages().delivered());
        line(out, "%-24s %d%n", "missed on survivors", report.messages().missedOnSurvivors());
        line(out, "%-24s %d%n", "duplicates", report.messages().duplicates());
        line(out, "%-24s %.4f (settled: %.4f)%n", "redundancy (RMR)", report.redundancies().redundancy(),
            report.redundancies().redundancySettled());
        line(out, "%-24s %.1f ms%n", losses.killed().isEmpty() ? "longest gap" : "longest gap after kill",
            losses.longestGapMs());
        line(out, "%-24s %s%n", "latency (ms)", latencies(report.latencyMs()));
        line(out, "%-24s %.1f s after the last start%n", "all linked at first", report.shape().secondsToConnected());
        if (losses.restartedNodeRejoined() != null) {
            line(out, "%-24s %s%n", "back in the trees",
                String.join(", ", losses.killed().isEmpty() ? losses.restarted() : losses.killed()) + ": "
                    + (losses.restartedNodeRejoined() ? "yes" : "no"));
        }
        report.notes().problems().forEach(problem -> line(out, "PROBLEM: %s%n", problem));
        line(out, "%s%n", report.passed() ? "All is well." : "Failed.");
        return out.toString();
    }

    private static void line(final StringBuilder out, final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    private static String latencies(final Map<String, Double> latencyMs) {
        return latencyMs.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("  "));
    }
}
