package io.plumtree.node.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The run with a rolling restart: one node after the other is ended gracefully, under load, and started again. */
final class RollingScenario {
    /** How long a node may take to get what was published before its end. */
    private static final long RECEIVE_LIMIT_MS = 10_000;

    private final DemoOptions options;
    private final DemoCluster cluster;
    private final DemoView view;
    private final DemoRun run;

    RollingScenario(final DemoOptions options, final DemoCluster cluster, final DemoView view) {
        this.options = options;
        this.cluster = cluster;
        this.view = view;
        run = new DemoRun(options, cluster, view);
    }

    /** Runs it all. */
    DemoRecording run() throws IOException, InterruptedException {
        final long durationNs = TimeUnit.SECONDS.toNanos(options.seconds());
        final long quietNs = durationNs / 6;
        run.start();
        final List<String> names = options.names();
        for (int i = 0; i < names.size(); i++) {
            // Spread over the time between two quiet ones; one that takes longer defers the others.
            run.watch(quietNs + (durationNs - 3 * quietNs) * i / names.size());
            restart(names.get(i));
        }
        return run.end(Math.max(durationNs, run.elapsedNs() + 2 * quietNs), quietNs);
    }

    private void restart(final String name) throws IOException, InterruptedException {
        final Map<String, Long> published = run.published(cluster.statuses());
        run.await(RECEIVE_LIMIT_MS, DemoRun::received, all -> DemoRun.missed(
            name, all.getOrDefault(name, cluster.lastSeen(name)), Map.of(), published) == 0);
        final WorkerStatus status = cluster.statuses().getOrDefault(name, cluster.lastSeen(name));
        run.restarting(name, status, DemoRun.missed(name, status, Map.of(), published));
        final long endNs = System.nanoTime();
        final long last = cluster.terminate(name);
        final long goneMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - endNs);
        cluster.start(List.of(name));
        if (run.roots().contains(name)) {
            run.publish(name, last);
        }
        run.awaitBack(List.of(name));
        view.say("restarted " + name + " (SIGTERM): ended in " + goneMs + " ms, back "
            + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - endNs) + " ms after the signal");
    }
}
