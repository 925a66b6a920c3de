package io.plumtree.node.demo;

import java.util.Map;

/** Where a run shows itself. Any thread: workers' complaints come from others. */
interface DemoView {
    /**
     * Says something.
     *
     * @param text one or more lines.
     */
    void say(String text);

    /**
     * Shows who has received what.
     *
     * @param elapsedMs since publishing began.
     * @param statuses  of the nodes that are up.
     */
    void show(long elapsedMs, Map<String, WorkerStatus> statuses);

    /** How often to call {@link #show}, in milliseconds. */
    long periodMs();

    /** Leaves what was shown last where it is; only {@link #say} follows. */
    void end();
}
