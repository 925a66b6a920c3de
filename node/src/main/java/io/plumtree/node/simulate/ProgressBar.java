package io.plumtree.node.simulate;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import picocli.CommandLine;

/** One line on a terminal that says how far everything is; comes up only where it takes long, and goes at the end. */
final class ProgressBar {
    /** For outputs that are no terminals. */
    static final ProgressBar NONE = new ProgressBar(null, () -> 0);

    private static final long FIRST_AFTER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int WIDTH = 40;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final LongSupplier clock;
    private long nextNs;
    private boolean isShown;

    /**
     * A bar.
     *
     * @param out   the terminal, or null for none.
     * @param clock nanoseconds.
     */
    ProgressBar(final PrintWriter out, final LongSupplier clock) {
        this.out = out;
        this.clock = clock;
        this.nextNs = clock.getAsLong() + FIRST_AFTER_NS;
    }

    /**
     * The bar of a command.
     *
     * @param line the command's line.
     * @return on its stderr, if its output goes to a terminal; else none.
     */
    static ProgressBar of(final CommandLine line) {
        return Boolean.getBoolean("plumtree.terminal") ? new ProgressBar(line.getErr(), System::nanoTime) : NONE;
    }

    /**
     * Shows a share, unless that was done a moment ago.
     *
     * @param share what is done, 0 to 1.
     * @param what  is being done.
     */
    void show(final double share, final String what) {
        final long nowNs = out == null ? 0 : clock.getAsLong();
        if (out == null || nowNs - nextNs < 0) {
            return;
        }
        nextNs = nowNs + PERIOD_NS;
        isShown = true;
        final double done = Math.max(0, Math.min(1, share));
        final int filled = (int) (done * WIDTH);
        out.print(ERASE + "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]"
            + String.format(Locale.ROOT, " %3.0f %%  ", done * 100) + what);
        out.flush();
    }

    /** Takes it away. */
    void end() {
        if (isShown) {
            out.print(ERASE);
            out.flush();
            isShown = false;
        }
    }
}
