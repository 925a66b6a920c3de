package io.plumtree.node.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The run under load: publish; stop nodes after a third of the time, and let them go on later; see that all is well. At
 * the end each node is given as long as it gets on.
 */
final class OverloadScenario {
    private static final long LINKS_LIMIT_MS = 30_000;
    /** How long all nodes may stand still, on a usual machine, before what they lack by then is taken for lost. */
    private static final long STANDSTILL_MS = 15_000;
    private static final int MOST_LIMITS = 100;
    private static final long LOOK_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SHOW_PERIOD_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST_SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final DemoOptions options;
    private final DemoCluster cluster;
    private final DemoView view;
    private final List<String> roots = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final SortedMap<String, List<Long>> heaps = new TreeMap<>(DemoCluster::compareNames);
    private long startNs;
    private long lastShownNs;

    OverloadScenario(final DemoOptions options, final DemoCluster cluster, final DemoView view) {
        this.options = options;
        this.cluster = cluster;
        this.view = view;
        roots.addAll(options.rootNames());
        for (int i = options.topology().nodes() - options.faults().stop(); i < options.topology().nodes(); i++) {
            stopped.add(DemoOptions.name(i));
        }
    }

    /** Runs it all. */
    OverloadRecording run() throws IOException, InterruptedException {
        final long durationNs = TimeUnit.SECONDS.toNanos(options.seconds());
        start();
        watch(durationNs / 6);
        final SortedMap<String, LoadStatus> settled = cluster.loads();
        watch(options.faults().stop() > 0 ? durationNs / 3 : durationNs / 2);
        final Map<String, Long> publishedAtBack = new LinkedHashMap<>();
        long backMs = 0;
        LoadWindow before = null;
        LoadWindow whileStopped = null;
        if (options.faults().stop() > 0) {
            before = new LoadWindow(settled, cluster.loads());
            whileStopped = stop();
            backMs = goOn(publishedAtBack);
        }
        watch(durationNs);
        if (before == null) {
            before = new LoadWindow(settled, cluster.loads());
        }
        final Map<String, Long> published = new LinkedHashMap<>();
        for (final String root : roots) {
            final Long count = cluster.request(root, WorkerRequests.STOP);
            published.put(root, count == null ? cluster.lastSeen(root).published() : count);
        }
        view.say("no more is published; waiting for what is under way");
        drain(published);
        noteHeaps();
        final Map<String, Map<String, List<SequenceRanges.Range>>> retained =
            stopped.isEmpty() ? Map.of() : cluster.retained();
        final Map<String, WorkerStatus> last = cluster.statuses();
        cluster.missing().forEach(name -> last.put(name, cluster.lastSeen(name)));
        problems.addAll(cluster.problems());
        final long backPressured =
            cluster.loads().values().stream().mapToLong(LoadStatus::backPressured).sum();
        view.end();
        return new OverloadRecording(options, published, backPressured, stopped, publishedAtBack, backMs, retained,
            heaps, last, before, whileStopped, problems);
    }

    private void start() throws IOException, InterruptedException {
        view.say("starting " + options.topology().nodes() + " nodes, each a process of its own");
        cluster.start(cluster.names());
        // Not under load: then collections of all nodes take so long that they lose sight of each other.
        noteHeaps();
        if (!awaitLinks(cluster.names())) {
            throw new IOException("not all nodes found each other");
        }
        view.say("all links are up; " + String.join(", ", roots) + " publish "
            + (options.load().flood() ? "without end" : options.load().rate() + " messages a second"));
        startNs = System.nanoTime();
        for (final String root : roots) {
            cluster.request(root, options.load().flood()
                ? WorkerRequests.FLOOD
                : WorkerRequests.PUBLISH + " " + (double) options.load().rate() / roots.size() + " 0");
        }
    }

    private boolean awaitLinks(final Collection<String> names) throws IOException, InterruptedException {
        final StandstillLimit patience = new StandstillLimit(cluster.pace(), LINKS_LIMIT_MS, MOST_LIMITS);
        while (true) {
            final Map<String, WorkerStatus> statuses = cluster.statuses();
            if (statuses.size() == options.topology().nodes() - cluster.missing().size() && names.stream().allMatch(
                name -> cluster.missing().contains(name) || isLinked(name, statuses))) {
                return true;
            }
            if (!patience.goesOn(DemoRun.links(statuses), System.nanoTime())) {
                return false;
            }
            LockSupport.parkNanos(LOOK_PERIOD_NS);
        }
    }

    /** Whether all others have a node's link up, and it theirs. */
    private boolean isLinked(final String name, final Map<String, WorkerStatus> statuses) {
        return statuses.entrySet().stream().allMatch(entry -> entry.getKey().equals(name)
            ? entry.getValue().connected().size() >= statuses.size() - 1
            : entry.getValue().connected().contains(name));
    }

    private LoadWindow stop() throws IOException, InterruptedException {
        for (final String name : stopped) {
            cluster.suspend(name);
        }
        final long stopNs = elapsedNs();
        view.say("stopped " + String.join(", ", stopped) + " (SIGSTOP)");
        watch(stopNs + FIRST_SECOND_NS);
        final SortedMap<String, LoadStatus> first = cluster.loads();
        watch(stopNs + TimeUnit.SECONDS.toNanos(options.faults().stopSeconds()));
        return new LoadWindow(first, cluster.loads());
    }

    /** Returns how long it took until they had found all others again. */
    private long goOn(final Map<String, Long> publishedAtBack) throws IOException, InterruptedException {
        final long goOnNs = System.nanoTime();
        for (final String name : stopped) {
            cluster.resume(name);
        }
        view.say(String.join(", ", stopped) + " went on (SIGCONT)");
        if (!awaitLinks(stopped)) {
            problems.add("not all links were up again");
        }
        cluster.loads().forEach((name, load) -> publishedAtBack.put(name, load.published()));
        view.say("all links are up again");
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - goOnNs);
    }

    private void noteHeaps() throws IOException, InterruptedException {
        cluster.heaps().forEach((name, bytes) -> heaps.computeIfAbsent(name, key -> new ArrayList<>()).add(bytes));
    }

    /** Waits until those that were there have all; then, until the others don't get on any more. */
    private void drain(final Map<String, Long> published) throws IOException, InterruptedException {
        final StandstillLimit patience = new StandstillLimit(cluster.pace(), STANDSTILL_MS, MOST_LIMITS);
        SortedMap<String, LoadStatus> loads = cluster.loads();
        while (patience.goesOn(loads.values().stream().mapToLong(LoadStatus::received).sum(), System.nanoTime())) {
            if (loads.entrySet().stream().allMatch(entry -> entry.getValue().received() == published.entrySet().stream()
                .filter(root -> !root.getKey().equals(entry.getKey())).mapToLong(Map.Entry::getValue).sum())) {
                return;
            }
            show(loads);
            LockSupport.parkNanos(LOOK_PERIOD_NS);
            loads = cluster.loads();
        }
    }

    private void watch(final long untilNs) throws IOException, InterruptedException {
        while (elapsedNs() < untilNs) {
            if (System.nanoTime() - lastShownNs >= SHOW_PERIOD_NS) {
                show(cluster.loads());
            }
            LockSupport.parkNanos(Math.min(LOOK_PERIOD_NS, Math.max(1, untilNs - elapsedNs())));
        }
    }

    private void show(final SortedMap<String, LoadStatus> loads) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (System.nanoTime() - lastShownNs >= SHOW_PERIOD_NS) {
            lastShownNs = System.nanoTime();
            final StringBuilder line = new StringBuilder(String.format(Locale.ROOT,
                "%6.1f s  published %d, received", elapsedNs() / 1e9,
                loads.values().stream().mapToLong(LoadStatus::published).sum()));
            loads.forEach((name, load) -> line.append("  ").append(name).append(' ').append(load.received()));
            view.say(line.toString());
        }
    }

    private long elapsedNs() {
        return System.nanoTime() - startNs;
    }
}
