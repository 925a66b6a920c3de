package io.plumtree.simulator;

/** Is told how far a run has come; on the run's own thread, some times a second at most. */
@FunctionalInterface
public interface RunProgress {
    /** Takes no notice. */
    RunProgress NONE = (done, total) -> {
    };

    /**
     * Some of the run is done.
     *
     * @param done  deliveries so far, in all runs.
     * @param total about how many there will be.
     */
    void onProgress(long done, long total);
}
