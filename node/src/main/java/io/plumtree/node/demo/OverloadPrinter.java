package io.plumtree.node.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report of a run under load as text. */
final class OverloadPrinter {
    private static final double MIB = 1024 * 1024;

    private OverloadPrinter() {
    }

    /** The lines that end the run. */
    static String print(final OverloadReport report) {
        final StringBuilder out = new StringBuilder("\n");
        final OverloadReport.Throughput throughput = report.throughput();
        final OverloadReport.Stop stop = report.stop();
        line(out, "The nodes took %d messages, and refused one %d times for the time being (BACK_PRESSURED).%n",
            report.messages().published(), report.messages().backPressured());
        if (stop.stopped().isEmpty()) {
            line(out, "They delivered %.0f messages a second, all together.%n", throughput.throughputBeforeStop());
        } else {
            line(out, "The others delivered %.0f messages a second before the stop of %s, and %.0f while it lasted, its"
                    + " first second aside: %.0f %%.%n",
                throughput.throughputBeforeStop(), String.join(", ", stop.stopped()),
                throughput.throughputWhileStopped(), 100 * throughput.throughputKept());
            line(out, "All links were up again %d ms after its end. %s %s what was published from then on, and what"
                    + " others still keep; %d older messages are kept nowhere.%n",
                stop.backMs(), String.join(", ", stop.stopped()),
                stop.stoppedNodeCaughtUp() ? "got all of" : "did not get all of", report.losses().lostToAbsence());
        }
        line(out, "Missed on nodes that were there all the time: %d.%n", report.losses().missedOnOthers());
        line(out, "Heap after a collection (MiB), over time: %s. %s%n",
            report.heap().heapBytes().entrySet().stream()
                .map(entry -> entry.getKey() + " " + megabytes(entry.getValue())).collect(Collectors.joining(", ")),
            report.heap().heapFlat() ? "It is flat." : "It grows.");
        report.notes().problems().forEach(problem -> line(out, "PROBLEM: %s%n", problem));
        line(out, "%s%n", report.passed() ? "All is well." : "Failed.");
        return out.toString();
    }

    private static String megabytes(final List<Long> bytes) {
        return bytes.stream().map(value -> String.format(Locale.ROOT, "%.1f", value / MIB))
            .collect(Collectors.joining("-"));
    }

    private static void line(final StringBuilder out, final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
