package io.plumtree.node.demo;

/**
 * How long to wait for a process that starts: a while in which it does nothing, and longer while it computes, but not
 * for ever. Counts looks: time in which this process itself did not run, as on a machine that stands still, does not
 * count.
 */
final class StartWatch {
    private final long looks;
    private final long processorLimitNs;
    private long idleLooks;
    private long processorNs;

    /**
     * A watch that begins.
     *
     * @param limitNs how long it may be idle, and how much processor time the start may take in all.
     * @param lookNs  from look to look.
     */
    StartWatch(final long limitNs, final long lookNs) {
        looks = limitNs / lookNs;
        processorLimitNs = limitNs;
    }

    /** Whether to look again, with so much processor time used since the process began. */
    boolean goesOn(final long usedNs) {
        idleLooks++;
        if (usedNs > processorNs) {
            processorNs = usedNs;
            if (usedNs <= processorLimitNs) {
                idleLooks = Math.max(0, idleLooks - 2);
            }
        }
        return idleLooks < looks;
    }

    /** Why it is waited no longer. */
    String reason() {
        return processorNs > processorLimitNs
            ? "it was not ready after " + processorNs / 1_000_000_000 + " s of processor time"
            : "it was silent";
    }
}
