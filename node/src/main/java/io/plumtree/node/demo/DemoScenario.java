package io.plumtree.node.demo;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import io.plumtree.node.tree.BroadcastTree;
import io.plumtree.node.tree.TreeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The run: publish; kill after a third of the time; start again after two thirds; see that all is well. A machine that
 * is slow makes it longer, never wrong: each step waits for what it needs, up to a deadline.
 */
final class DemoScenario {
    private static final long LINKS_TIMEOUT_MS = 60_000;
    private static final long NOTICE_TIMEOUT_MS = 20_000;
    private static final long REJOIN_TIMEOUT_MS = 20_000;
    private static final long DRAIN_TIMEOUT_MS = 30_000;
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DemoOptions options;
    private final DemoCluster cluster;
    private final DemoView view;
    private final List<String> roots = new ArrayList<>();
    private final List<String> killed = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, WorkerStatus> lastBeforeKill = new TreeMap<>(DemoCluster::compareNames);
    private final Map<String, Long> publishedAtRejoin = new LinkedHashMap<>();
    private final Map<String, Map<String, Boolean>> inTree = new LinkedHashMap<>();
    private long startNs;
    private long lastShownNs;

    DemoScenario(final DemoOptions options, final DemoCluster cluster, final DemoView view) {
        this.options = options;
        this.cluster = cluster;
        this.view = view;
        for (int i = 0; i < options.roots(); i++) {
            roots.add(DemoOptions.name(i));
        }
    }

    /** Runs it all. */
    DemoRecording run() throws IOException, InterruptedException {
        final long durationNs = TimeUnit.SECONDS.toNanos(options.seconds());
        final long quietNs = durationNs / 6;
        start();
        Window beforeKill = null;
        long endNs = durationNs;
        watch(durationNs / 3 - quietNs);
        final Map<String, WorkerStatus> settled = cluster.statuses();
        watch(durationNs / 3);
        for (final String name : cluster.names()) {
            cluster.request(name, WorkerRequests.MARK);
        }
        if (options.kill() > 0) {
            beforeKill = new Window(settled, cluster.statuses());
            kill();
            watch(2 * durationNs / 3);
            sayTree("the tree of " + roots.get(0) + " without " + names(killed) + ":");
            restart();
            endNs = Math.max(endNs, elapsedNs() + durationNs / 3);
        }
        watch(endNs - quietNs);
        final Map<String, WorkerStatus> quiet = cluster.statuses();
        watch(endNs);
        awaitRejoined();
        final Window atEnd = new Window(quiet, cluster.statuses());
        final Map<String, Long> published = stop();
        final Map<String, WorkerStatus> last = drain(published);
        if (options.kill() > 0) {
            sayTree("the tree of " + roots.get(0) + " with " + names(killed) + " back:");
        }
        view.end();
        return new DemoRecording(options, published, killed, lastBeforeKill, publishedAtRejoin, inTree, last,
            beforeKill, atEnd, problems);
    }

    private void start() throws IOException, InterruptedException {
        view.say("starting " + options.nodes() + " nodes, each a process of its own");
        cluster.start(cluster.names());
        final StringBuilder places = new StringBuilder();
        cluster.members().forEach(member -> places.append(member.id()).append("  ").append(member.endpoint())
            .append('\n'));
        view.say(places.toString().indent(2).stripTrailing());
        awaitLinks();
        final Member first = cluster.members().iterator().next();
        view.say("inspect with: ./plumtree tree --root " + first.id() + " --contact " + first.endpoint());
        view.say("all links are up; " + names(roots) + " publish " + options.rate() + " messages a second");
        startNs = System.nanoTime();
        lastShownNs = startNs;
        for (final String root : roots) {
            cluster.request(root, WorkerRequests.PUBLISH + " " + (double) options.rate() / roots.size());
        }
    }

    private void awaitLinks() throws IOException, InterruptedException {
        final boolean isLinked = await(LINKS_TIMEOUT_MS, statuses -> statuses.size() == options.nodes()
            && statuses.values().stream().allMatch(status -> status.connected().size() == options.nodes() - 1));
        if (!isLinked) {
            throw new IOException("not all nodes found each other within " + LINKS_TIMEOUT_MS + " ms");
        }
    }

    /** The nodes that do most harm by dying: those with most others below them. */
    private void kill() throws IOException, InterruptedException {
        final BroadcastTree tree = sayTree("the tree of " + roots.get(0) + " before anybody is killed:");
        tree.busiestFirst().stream().map(NodeId::name).filter(name -> !roots.contains(name)).limit(options.kill())
            .forEach(killed::add);
        final Map<String, WorkerStatus> statuses = cluster.statuses();
        final long killNs = System.nanoTime();
        for (final String name : killed) {
            lastBeforeKill.put(name, statuses.get(name));
            cluster.kill(name);
        }
        view.say("killed " + names(killed) + " (SIGKILL)");
        final boolean isNoticed = await(NOTICE_TIMEOUT_MS, all -> all.values().stream()
            .noneMatch(status -> status.connected().stream().anyMatch(killed::contains)));
        if (isNoticed) {
            view.say("all others noticed within "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killNs) + " ms");
        } else {
            problems.add("not all survivors noticed within " + NOTICE_TIMEOUT_MS + " ms that nodes were killed");
        }
    }

    private void restart() throws IOException, InterruptedException {
        view.say("starting " + names(killed) + " again");
        cluster.start(killed);
        awaitLinks();
        final Map<String, WorkerStatus> statuses = cluster.statuses();
        roots.forEach(root -> publishedAtRejoin.put(root, statuses.get(root).published()));
        view.say("all links are up again");
    }

    private void awaitRejoined() throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REJOIN_TIMEOUT_MS);
        while (!areInTrees() && System.nanoTime() - deadlineNs < 0) {
            watch(elapsedNs() + TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private boolean areInTrees() throws IOException, InterruptedException {
        boolean areAll = true;
        for (final String root : killed.isEmpty() ? List.<String>of() : roots) {
            final Map<NodeId, PeerSets> sets = cluster.sets(root);
            for (final String name : killed) {
                final NodeId id = NodeId.of(name);
                final boolean isIn = sets.values().stream().anyMatch(peers -> peers.eager().contains(id));
                inTree.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(root, isIn);
                areAll &= isIn;
            }
        }
        return areAll;
    }

    private Map<String, Long> stop() throws IOException, InterruptedException {
        final Map<String, Long> published = new LinkedHashMap<>();
        for (final String root : roots) {
            published.put(root, cluster.request(root, WorkerRequests.STOP));
        }
        return published;
    }

    /** Gives stragglers time; a deadline without all of them is not an error here, but one for the report to find. */
    private Map<String, WorkerStatus> drain(final Map<String, Long> published)
        throws IOException, InterruptedException {
        await(DRAIN_TIMEOUT_MS, statuses -> statuses.entrySet().stream().allMatch(entry ->
            published.entrySet().stream().allMatch(root -> root.getKey().equals(entry.getKey())
                || hasAll(entry.getKey(), entry.getValue(), root.getKey(), root.getValue()))));
        return cluster.statuses();
    }

    private boolean hasAll(final String name, final WorkerStatus status, final String root, final long published) {
        final long first = killed.contains(name) ? publishedAtRejoin.getOrDefault(root, 0L) + 1 : 1;
        return SequenceRanges.Range.count(status.root(root).ranges(), first, published) == published - first + 1;
    }

    /** Shows how things stand until so long after the start of publishing. */
    private void watch(final long untilNs) throws IOException, InterruptedException {
        while (elapsedNs() < untilNs) {
            show();
            LockSupport.parkNanos(Math.min(PARK_NS, Math.max(1, untilNs - elapsedNs())));
        }
    }

    private boolean await(final long timeoutMs, final Predicate<Map<String, WorkerStatus>> condition)
        throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.test(cluster.statuses())) {
            if (System.nanoTime() - deadlineNs >= 0) {
                return false;
            }
            if (startNs != 0) {
                show();
            }
            LockSupport.parkNanos(PARK_NS);
        }
        return true;
    }

    private void show() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        final long nowNs = System.nanoTime();
        if (nowNs - lastShownNs >= TimeUnit.MILLISECONDS.toNanos(view.periodMs())) {
            lastShownNs = nowNs;
            view.show(TimeUnit.NANOSECONDS.toMillis(elapsedNs()), cluster.statuses());
        }
    }

    private long elapsedNs() {
        return System.nanoTime() - startNs;
    }

    private BroadcastTree sayTree(final String title) throws IOException, InterruptedException {
        final Set<NodeId> down = cluster.names().stream().filter(name -> !cluster.isUp(name)).map(NodeId::of)
            .collect(Collectors.toSet());
        final NodeId root = NodeId.of(roots.get(0));
        final BroadcastTree tree = BroadcastTree.of(TreeView.of(root, cluster.sets(root.name()), down));
        view.say("\n" + title + "\n" + TreeText.brief(tree).indent(2));
        return tree;
    }

    private static String names(final List<String> names) {
        return String.join(", ", names);
    }
}
