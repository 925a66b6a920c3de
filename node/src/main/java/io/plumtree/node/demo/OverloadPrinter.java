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
        line(out, "The nodes took %d messages, and refused one %d times for the time being (BACK_PRESSURED).%n",
            report.published(), report.backPressured());
        if (report.stopped().isEmpty()) {
            line(out, "They delivered %.0f messages a second, all together.%n", report.throughputBeforeStop());
        } else {
            line(out, "The others delivered %.0f messages a second before the stop of %s, and %.0f while it lasted, its"
                    + " first second aside: %.0f %%.%n",
                report.throughputBeforeStop(), String.join(", ", report.stopped()), report.throughputWhileStopped(),
                100 * report.throughputKept());
            line(out, "All links were up again %d ms after its end. %s %s what was published from then on, and what"
                    + " others still keep; %d older messages are kept nowhere.%n",
                report.backMs(), String.join(", ", report.stopped()),
                report.stoppedNodeCaughtUp() ? "got all of" : "did not get all of", report.lostToAbsence());
        }
        line(out, "Missed on nodes that were there all the time: %d.%n", report.missedOnOthers());
        line(out, "Heap after a collection (MiB), over time: %s. %s%n",
            report.heapBytes().entrySet().stream().map(entry -> entry.getKey() + " " + megabytes(entry.getValue()))
                .collect(Collectors.joining(", ")),
            report.heapFlat() ? "It is flat." : "It grows.");
        report.problems().forEach(problem -> line(out, "PROBLEM: %s%n", problem));
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
