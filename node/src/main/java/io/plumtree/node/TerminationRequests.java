package io.plumtree.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import picocli.CommandLine.ExitCode;

/**
 * What the signals do by which a node is told to end. The first one has it closed gracefully. Others that come right
 * after it say the same: a terminal that is closed sends two. But who asks again when nothing has come of it for a
 * while is obeyed.
 */
final class TerminationRequests implements Runnable {
    /** So much later another request ends the process as it is. */
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final LongSupplier nanoClock;
    private final IntConsumer exit;
    private final IntConsumer halt;
    private volatile boolean isLaunched;
    private volatile long firstNs;

    /**
     * No request yet.
     *
     * @param nanoClock the time.
     * @param exit      ends the process while the node is being launched, with a status.
     * @param halt      ends it whatever still runs.
     */
    TerminationRequests(final LongSupplier nanoClock, final IntConsumer exit, final IntConsumer halt) {
        this.nanoClock = nanoClock;
        this.exit = exit;
        this.halt = halt;
    }

    /** The node is launched: it can be closed. */
    void onLaunched() {
        isLaunched = true;
    }

    /** Completed at the first request. */
    CompletableFuture<Void> first() {
        return first;
    }

    /** A signal has come. Any thread. */
    @Override
    public void run() {
        final long nowNs = nanoClock.getAsLong();
        if (!first.isDone()) {
            firstNs = nowNs;
        }
        if (first.complete(null)) {
            return;
        }
        if (!isLaunched) {
            // Whatever holds up the launch is not waited for.
            exit.accept(ExitCode.SOFTWARE);
        } else if (nowNs - firstNs >= PATIENCE_NS) {
            halt.accept(ExitCode.SOFTWARE);
        }
    }
}
