package io.plumtree.node.demo;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.TreeView;
import io.plumtree.node.tree.BroadcastTree;
import io.plumtree.node.tree.Standing;
import io.plumtree.node.tree.TreeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What scenarios have in common: start and publish, wait, note what is seen, end. A machine that is slow makes a run
 * longer, never wrong: each step waits for what it needs, up to a deadline.
 */
final class DemoRun {
    /** How long nothing may change before a wait is given up, on a usual machine; {@link Pace} says what it is here. */
    private static final long LINKS_LIMIT_MS = 30_000;
    private static final long REJOIN_LIMIT_MS = 20_000;
    private static final long DRAIN_LIMIT_MS = 30_000;
    private static final long SYMMETRY_LIMIT_MS = 5_000;
    /** How much longer than that a wait may take as long as something changes. */
    private static final int MOST_LIMITS = 10;
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** An answer of many nodes is work for all of them: they are asked less often. */
    private static final long PARK_PER_NODE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long TREES_PERIOD_MS = 200;

    private final DemoOptions options;
    private final DemoCluster cluster;
    private final DemoView view;
    private final List<String> roots;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, WorkerStatus> lastBeforeEnd = new TreeMap<>(DemoCluster::compareNames);
    private final Map<String, Long> missedBeforeEnd = new TreeMap<>(DemoCluster::compareNames);
    private final Map<String, Map<String, Long>> publishedAtRejoin = new LinkedHashMap<>();
    private final Map<String, Map<String, Boolean>> inTree = new LinkedHashMap<>();
    private final List<String> killed = new ArrayList<>();
    private final List<String> restarted = new ArrayList<>();
    private Window beforeKill;
    private double secondsToConnected;
    private boolean isSpanning;
    private long startNs;
    private long lastShownNs;

    DemoRun(final DemoOptions options, final DemoCluster cluster, final DemoView view) {
        this.options = options;
        this.cluster = cluster;
        this.view = view;
        roots = options.rootNames();
    }

    /** Starts all nodes, and has the roots publish when all have found each other. */
    void start() throws IOException, InterruptedException {
        view.say("starting " + options.topology().nodes() + " nodes, each a process of its own");
        cluster.start(cluster.names());
        final StringBuilder places = new StringBuilder();
        cluster.members().forEach(member -> places.append(member.id()).append("  ").append(member.endpoint())
            .append('\n'));
        view.say(places.toString().indent(2).stripTrailing());
        awaitLinked();
        secondsToConnected = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cluster.lastStartNs()) / 1e3;
        final Member first = cluster.members().iterator().next();
        view.say("inspect with: ./plumtree tree --root " + roots.get(0) + " --contact " + first.endpoint());
        view.say("all links are up; " + names(roots) + " publish " + options.load().rate() + " messages a second");
        startNs = System.nanoTime();
        lastShownNs = startNs;
        for (final String root : roots) {
            publish(root, 0);
        }
    }

    /** Has a root publish, behind the number to which its earlier life has come. */
    void publish(final String root, final long after) throws IOException, InterruptedException {
        cluster.request(root,
            WorkerRequests.PUBLISH + " " + (double) options.load().rate() / roots.size() + " " + after);
    }

    /** Waits until all nodes are there and have found each other. */
    void awaitLinked() throws IOException, InterruptedException {
        final long beginNs = System.nanoTime();
        if (!await(LINKS_LIMIT_MS, DemoRun::links, statuses -> options.isLinked(statuses, cluster.missing()))) {
            throw new IOException("not all nodes found each other within "
                + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNs) + " s: "
                + cluster.statuses().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue().connected())
                    .collect(Collectors.joining(", ")));
        }
    }

    /** The roots' names. */
    List<String> roots() {
        return roots;
    }

    /** Notes a problem. */
    void problem(final String problem) {
        problems.add(problem);
    }

    /** Notes what was seen in a quiet time before anybody was killed. */
    void beforeKill(final Window window) {
        beforeKill = window;
    }

    /** Notes that a node is about to be killed. */
    void killing(final String name, final WorkerStatus status) {
        killed.add(name);
        lastBeforeEnd.put(name, status);
    }

    /** Notes that a node is about to be ended gracefully, and what it missed though it was given time. */
    void restarting(final String name, final WorkerStatus status, final long missed) {
        restarted.add(name);
        lastBeforeEnd.put(name, status);
        missedBeforeEnd.put(name, missed);
    }

    /** Waits until nodes that were started again have found their peers; what is published from now on is for them. */
    void awaitBack(final Collection<String> names) throws IOException, InterruptedException {
        awaitLinked();
        final Map<String, Long> published = published(cluster.statuses());
        names.forEach(name -> publishedAtRejoin.put(name, published));
    }

    /** How many messages each root has published. */
    Map<String, Long> published(final Map<String, WorkerStatus> statuses) {
        final Map<String, Long> published = new LinkedHashMap<>();
        roots.forEach(root -> published.put(root,
            statuses.getOrDefault(root, cluster.lastSeen(root)).published()));
        return published;
    }

    /** How many nodes were killed or restarted so far. */
    private List<String> back() {
        final List<String> back = new ArrayList<>(killed);
        back.addAll(restarted);
        return back;
    }

    /** A last quiet time until then; then all is published, received, and noted. */
    DemoRecording end(final long endNs, final long quietNs) throws IOException, InterruptedException {
        watch(endNs - quietNs);
        final Map<String, WorkerStatus> quiet = cluster.statuses();
        watch(endNs);
        awaitInTrees();
        final Window atEnd = new Window(quiet, cluster.statuses());
        final Map<String, Long> published = new LinkedHashMap<>();
        for (final String root : roots) {
            final Long count = cluster.request(root, WorkerRequests.STOP);
            published.put(root, count == null ? cluster.lastSeen(root).published() : count);
        }
        drain(published);
        final boolean isSymmetric =
            await(SYMMETRY_LIMIT_MS, DemoRun::links, all -> new ConnectedNodes(all).isSymmetric(options.maxView()));
        final Map<String, WorkerStatus> last = cluster.statuses();
        // What is not known of those that don't answer is not made up: what they were last seen with counts.
        cluster.missing().forEach(name -> last.put(name, cluster.lastSeen(name)));
        problems.addAll(cluster.problems());
        if (!back().isEmpty()) {
            sayTree("the tree of " + roots.get(0) + " with all back:");
        }
        view.end();
        return new DemoRecording(options, published, killed, restarted, lastBeforeEnd, missedBeforeEnd,
            publishedAtRejoin, inTree, last, beforeKill, atEnd, secondsToConnected, isSymmetric, isSpanning, problems);
    }

    private void awaitInTrees() throws IOException, InterruptedException {
        final StandstillLimit patience = new StandstillLimit(cluster.pace(), REJOIN_LIMIT_MS, MOST_LIMITS);
        while (!areInTrees() && patience.goesOn(inTree, System.nanoTime())) {
            watch(elapsedNs() + TimeUnit.MILLISECONDS.toNanos(TREES_PERIOD_MS));
        }
    }

    private boolean areInTrees() throws IOException, InterruptedException {
        boolean areAll = true;
        isSpanning = true;
        for (final String root : roots) {
            final Map<NodeId, PeerSets> sets = cluster.sets(root);
            isSpanning &= BroadcastTree.of(TreeView.of(NodeId.of(root), sets, Set.of()))
                .beside(Standing.UNREACHED).isEmpty();
            for (final String name : back()) {
                final NodeId id = NodeId.of(name);
                final boolean isIn = name.equals(root)
                    || sets.values().stream().anyMatch(peers -> peers.eager().contains(id));
                inTree.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(root, isIn);
                areAll &= isIn;
            }
        }
        return areAll && isSpanning;
    }

    /** Gives stragglers time; a deadline without all of them is not an error here, but one for the report to find. */
    private void drain(final Map<String, Long> published) throws IOException, InterruptedException {
        await(DRAIN_LIMIT_MS, DemoRun::received, statuses -> statuses.entrySet().stream().allMatch(entry -> missed(
            entry.getKey(), entry.getValue(), publishedAtRejoin.getOrDefault(entry.getKey(), Map.of()),
            published) == 0));
    }

    /**
     * How much a node lacks of what others have published.
     *
     * @param name   the node.
     * @param status what it has.
     * @param after  the last numbers that do not count, by root; none means that all do.
     * @param upTo   the last numbers that count.
     */
    static long missed(
        final String name, final WorkerStatus status, final Map<String, Long> after, final Map<String, Long> upTo) {
        long missed = 0;
        for (final Map.Entry<String, Long> root : upTo.entrySet()) {
            if (!root.getKey().equals(name)) {
                final long first = after.getOrDefault(root.getKey(), 0L) + 1;
                missed += Math.max(0, root.getValue() - first + 1) - SequenceRanges.Range.count(
                    status.root(root.getKey()).ranges(), first, root.getValue());
            }
        }
        return missed;
    }

    /** Shows how things stand until so long after the start of publishing. */
    void watch(final long untilNs) throws IOException, InterruptedException {
        while (elapsedNs() < untilNs) {
            show();
            LockSupport.parkNanos(Math.min(PARK_NS, Math.max(1, untilNs - elapsedNs())));
        }
    }

    /** Which links there are: a wait for links gets on as long as these change. */
    static Object links(final Map<String, WorkerStatus> statuses) {
        final Map<String, Set<String>> links = new TreeMap<>();
        statuses.forEach((name, status) -> links.put(name, status.connected()));
        return links;
    }

    /** How much has arrived: a wait for messages gets on as long as this changes. */
    static Object received(final Map<String, WorkerStatus> statuses) {
        return statuses.values().stream().mapToLong(WorkerStatus::received).sum();
    }

    /**
     * Waits for a condition.
     *
     * @param usualLimitMs how long nothing may change on a usual machine before the wait is given up.
     * @param progress     what changes as long as the wait gets on.
     * @param condition    what is waited for.
     * @return false if it did not come true.
     */
    boolean await(
        final long usualLimitMs,
        final Function<Map<String, WorkerStatus>, Object> progress,
        final Predicate<Map<String, WorkerStatus>> condition) throws InterruptedException {
        final StandstillLimit patience = new StandstillLimit(cluster.pace(), usualLimitMs, MOST_LIMITS);
        while (true) {
            final Map<String, WorkerStatus> statuses = cluster.statuses();
            if (condition.test(statuses)) {
                return true;
            }
            if (!patience.goesOn(progress.apply(statuses), System.nanoTime())) {
                return false;
            }
            if (startNs != 0) {
                show();
            }
            LockSupport.parkNanos(options.topology().nodes() * PARK_PER_NODE_NS);
        }
    }

    private void show() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        final long nowNs = System.nanoTime();
        if (nowNs - lastShownNs >= TimeUnit.MILLISECONDS.toNanos(view.periodMs())) {
            lastShownNs = nowNs;
            view.show(TimeUnit.NANOSECONDS.toMillis(elapsedNs()), cluster.statuses());
        }
    }

    /** Since publishing began. */
    long elapsedNs() {
        return System.nanoTime() - startNs;
    }

    /** Shows the first root's tree. */
    BroadcastTree sayTree(final String title) throws IOException, InterruptedException {
        final Set<NodeId> down = cluster.names().stream().filter(name -> !cluster.isUp(name)).map(NodeId::of)
            .collect(Collectors.toSet());
        final NodeId root = NodeId.of(roots.get(0));
        final BroadcastTree tree = BroadcastTree.of(TreeView.of(root, cluster.sets(root.name()), down));
        view.say("\n" + title + "\n" + TreeText.brief(tree).indent(2));
        return tree;
    }

    static String names(final List<String> names) {
        return String.join(", ", names);
    }
}
