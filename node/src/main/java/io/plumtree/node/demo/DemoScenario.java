package io.plumtree.node.demo;

import io.plumtree.api.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The run: publish; kill after a third of the time, and start again after two thirds; where nodes have a contact alone,
 * start again earlier, and kill others after two thirds; see that all is well.
 */
final class DemoScenario {
    private static final long NOTICE_LIMIT_MS = 20_000;

    private final DemoOptions options;
    private final DemoCluster cluster;
    private final DemoView view;
    private final DemoRun run;
    private final List<String> killed = new ArrayList<>();

    DemoScenario(final DemoOptions options, final DemoCluster cluster, final DemoView view) {
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
        long endNs = durationNs;
        run.watch(durationNs / 3 - quietNs);
        final Map<String, WorkerStatus> settled = cluster.statuses();
        run.watch(durationNs / 3);
        for (final String name : cluster.names()) {
            if (!cluster.missing().contains(name)) {
                cluster.request(name, WorkerRequests.MARK);
            }
        }
        if (options.faults().kill() > 0) {
            run.beforeKill(new Window(settled, cluster.statuses()));
        }
        for (int round = 0; round < options.rounds(); round++) {
            run.watch((1 + round) * durationNs / 3);
            final List<String> victims = kill();
            run.watch((1 + round) * durationNs / 3 + durationNs / 3 / options.rounds());
            run.sayTree("the tree of " + run.roots().get(0) + " without " + DemoRun.names(victims) + ":");
            restart(victims);
            endNs = Math.max(endNs, run.elapsedNs() + durationNs / 3);
        }
        return run.end(endNs, quietNs);
    }

    private List<String> kill() throws IOException, InterruptedException {
        final List<String> victims = victims();
        final Map<String, WorkerStatus> statuses = cluster.statuses();
        final long killNs = System.nanoTime();
        victims.forEach(name -> run.killing(name, statuses.getOrDefault(name, cluster.lastSeen(name))));
        cluster.kill(victims);
        view.say("killed " + DemoRun.names(victims) + " (SIGKILL)");
        final boolean isNoticed = run.await(NOTICE_LIMIT_MS, DemoRun::links, all -> {
            final ConnectedNodes overlay = new ConnectedNodes(all);
            return !overlay.knows(victims) && overlay.isConnected()
                && (!cluster.missing().isEmpty() || overlay.isSymmetric(options.maxView()));
        });
        if (isNoticed) {
            view.say("all others noticed within "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killNs) + " ms");
        } else {
            run.problem("not all survivors noticed within "
                + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - killNs)
                + " s that nodes were killed, and are linked with each other");
        }
        return victims;
    }

    /**
     * The nodes that do most harm by dying: the contact, if that is how nodes find each other, and those with most
     * others below them.
     */
    private List<String> victims() throws IOException, InterruptedException {
        final Stream<String> busiest = run.sayTree("the tree of " + run.roots().get(0) + " before "
            + (killed.isEmpty() ? "anybody is" : "others are") + " killed:").busiestFirst().stream().map(NodeId::name);
        final List<String> victims = Stream.concat(
            options.topology().contactOnly() ? Stream.of(DemoOptions.name(0)) : Stream.of(),
            busiest).distinct().filter(name -> !run.roots().contains(name) && !killed.contains(name))
            .limit(options.faults().kill()).toList();
        killed.addAll(victims);
        return victims;
    }

    private void restart(final List<String> victims) throws IOException, InterruptedException {
        view.say("starting " + DemoRun.names(victims) + " again");
        cluster.start(victims);
        run.awaitBack(victims);
        view.say("all links are up again, " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cluster.lastStartNs())
            + " ms after the last start");
    }
}
