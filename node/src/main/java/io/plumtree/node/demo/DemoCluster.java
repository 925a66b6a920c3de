package io.plumtree.node.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The processes of the demonstration, by name. For one thread, but for {@link #close()}. */
final class DemoCluster implements AutoCloseable {
    /** Limits on a usual machine; {@link Pace} says what they are here. */
    private static final long START_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long ANSWER_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_MS = 100;
    private static final long IDLE_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double BILLION = 1e9;
    private static final int MEGA = 20;
    private static final int RANGE = 4;
    private static final TypeReference<WorkerStatus> STATUS = new TypeReference<>() {
    };
    private static final TypeReference<LoadStatus> LOAD = new TypeReference<>() {
    };
    private static final TypeReference<Map<String, List<SequenceRanges.Range>>> RANGES = new TypeReference<>() {
    };
    private static final TypeReference<WorkerSets> SETS = new TypeReference<>() {
    };

    private final DemoOptions options;
    private final Consumer<String> say;
    private final WorkerLog log;
    private final Pace pace = new Pace(Runtime.getRuntime().availableProcessors());
    private final List<String> problems = new ArrayList<>();
    private final Map<String, CompletableFuture<?>> silent = new TreeMap<>(DemoCluster::compareNames);
    private final Set<String> gone = new HashSet<>();
    private final Map<String, WorkerStatus> lastSeen = new TreeMap<>(DemoCluster::compareNames);
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, WorkerProcess> workers = new TreeMap<>(DemoCluster::compareNames);
    private final Set<String> stopped = new HashSet<>();
    private long lastStartNs;
    private boolean isClosed;

    /**
     * A cluster that is not started.
     *
     * @param options how many nodes, and what they publish.
     * @param ports   where they listen on the loopback device.
     * @param log     what the workers say on their standard error.
     * @param say     gets what there is to say.
     */
    DemoCluster(
        final DemoOptions options, final List<Integer> ports, final WorkerLog log, final Consumer<String> say) {
        this.options = options;
        this.log = log;
        this.say = say;
        for (int i = 0; i < options.topology().nodes(); i++) {
            final String name = DemoOptions.name(i);
            members.put(name, new Member(NodeId.of(name), "127.0.0.1:" + ports.get(i)));
        }
    }

    /** By number: n10 comes after n9. */
    static int compareNames(final String a, final String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    /** The names of all nodes. */
    Collection<String> names() {
        return members.keySet();
    }

    /** All nodes and where they listen, in the order of their numbers. */
    Collection<Member> members() {
        return members.values();
    }

    /**
     * Starts some nodes and waits until they are ready: in waves, since a JVM that starts takes all of a core. The very
     * first one tells what a start costs here.
     *
     * @param names their names.
     * @throws IOException if one does not start, or so many can't be carried.
     */
    void start(final Collection<String> names) throws IOException, InterruptedException {
        final List<String> left = new ArrayList<>(names);
        if (lastStartNs() == 0 && left.size() > 1) {
            refuse(left.size(), NodeCost.assumed(options));
            final List<String> first = List.of(left.remove(0));
            startWave(first);
            final NodeCost.Measured cost = NodeCost.measure(workers.get(first.get(0)), IDLE_LOOK_NS);
            refuse(left.size(), NodeCost.of(options, cost));
            say.accept(String.format(Locale.ROOT, "a start takes %.1f s here, and a node %d MB of memory: %d nodes more"
                + " to start, %d at a time", pace.startNs() / BILLION, cost.memory() >> MEGA, left.size(),
                pace.waveSize(left.size())));
        }
        final int count = left.size();
        while (!left.isEmpty()) {
            final List<String> wave = List.copyOf(left.subList(0, pace.waveSize(left.size())));
            left.subList(0, wave.size()).clear();
            final long elapsedNs = startWave(wave);
            if (wave.size() < count) {
                say.accept(String.format(Locale.ROOT, "%s started in %.1f s", range(wave), elapsedNs / BILLION)
                    + (left.isEmpty() ? "" : "; " + left.size() + " to go"));
            }
        }
    }

    private static String range(final List<String> names) {
        return names.size() < RANGE ? String.join(", ", names) : names.get(0) + " to " + names.get(names.size() - 1);
    }

    private static void refuse(final int nodes, final Machine.Cost cost) throws IOException {
        final String reason = Machine.look().refusal(nodes, cost);
        if (reason != null) {
            throw new IOException(reason);
        }
    }

    private long startWave(final List<String> names) throws IOException, InterruptedException {
        final long beginNs = System.nanoTime();
        final List<WorkerProcess> started = new ArrayList<>();
        for (final String name : names) {
            started.add(launch(name));
        }
        long processorNs = 0;
        for (final WorkerProcess worker : started) {
            awaitReady(worker);
            processorNs = Math.max(processorNs, worker.processorNs());
        }
        final long elapsedNs = System.nanoTime() - beginNs;
        pace.onStarted(names.size(), elapsedNs, processorNs);
        return elapsedNs;
    }

    private void awaitReady(final WorkerProcess worker) throws IOException, InterruptedException {
        final long limitNs = pace.limitNs(START_LIMIT_NS);
        final StartWatch watch = new StartWatch(limitNs, TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        do {
            try {
                worker.ready().get(LOOK_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (final ExecutionException ex) {
                throw new IOException(worker.name() + " did not start: " + ex.getCause().getMessage(), ex);
            } catch (final TimeoutException ex) {
                // Looks again.
            }
        } while (watch.goesOn(worker.processorNs()));
        throw new IOException(worker.name() + " did not start: " + watch.reason() + " (limit "
            + TimeUnit.NANOSECONDS.toSeconds(limitNs) + " s)");
    }

    /** How fast this machine is. */
    Pace pace() {
        return pace;
    }

    /** What went wrong with nodes so far, in words. */
    List<String> problems() {
        return problems;
    }

    /** Nodes that should be there and are not, or don't answer. */
    Set<String> missing() {
        final Set<String> missing = new HashSet<>(silent.keySet());
        missing.addAll(gone);
        return missing;
    }

    /** How a node stood when it was last seen; with nothing done if it never was. */
    WorkerStatus lastSeen(final String name) {
        return lastSeen.getOrDefault(name, WorkerStatus.NOTHING);
    }

    /** When the last process was started, {@link System#nanoTime()}. */
    synchronized long lastStartNs() {
        return lastStartNs;
    }

    private synchronized WorkerProcess launch(final String name) throws IOException {
        if (isClosed) {
            throw new IOException("the demonstration is ending");
        }
        final WorkerProcess worker = new WorkerProcess(settings(name),
            JavaCommand.of(ManyNodes.jvmOptions(options), List.of(DemoWorkerMain.NAME, name)), log);
        lastStartNs = System.nanoTime();
        workers.put(name, worker);
        gone.remove(name);
        silent.remove(name);
        return worker;
    }

    /** A node learns of all others, or of the first alone, which is told of the second. */
    private WorkerSettings settings(final String name) {
        final String contact = DemoOptions.name(name.equals(DemoOptions.name(0)) ? 1 : 0);
        return new WorkerSettings(name, members.get(name).endpoint(), List.copyOf(names()),
            options.topology().contactOnly() ? List.of() : members.values().stream().map(Member::toString).toList(),
            options.topology().contactOnly() ? members.get(contact).endpoint() : null,
            options.load().payload(), options.options());
    }

    /**
     * Ends a node gracefully (SIGTERM), whatever it is at.
     *
     * @return how many messages it has published.
     */
    long terminate(final String name) throws IOException, InterruptedException {
        final WorkerProcess worker;
        synchronized (this) {
            worker = workers.remove(name);
        }
        long published = lastSeen(name).published();
        lastSeen.remove(name);
        if (worker == null) {
            return published;
        }
        final JsonNode last = await(name, worker.terminate(), CLOSE_LIMIT_NS);
        if (last == null) {
            problem(name + " did not end gracefully");
        } else {
            published = last.asLong();
        }
        worker.awaitEnd(pace.limitNs(CLOSE_LIMIT_NS));
        silent.remove(name);
        gone.remove(name);
        return published;
    }

    /** Kills nodes the hard way, all at once. */
    void kill(final Collection<String> names) throws InterruptedException {
        final List<WorkerProcess> victims = new ArrayList<>();
        synchronized (this) {
            names.stream().filter(workers::containsKey).forEach(name -> victims.add(workers.remove(name)));
        }
        lastSeen.keySet().removeAll(names);
        silent.keySet().removeAll(names);
        gone.removeAll(names);
        victims.forEach(WorkerProcess::destroy);
        for (final WorkerProcess victim : victims) {
            victim.kill();
        }
    }

    /** Stops a node's process (SIGSTOP): it is not asked for anything until it goes on. */
    void suspend(final String name) throws IOException {
        synchronized (this) {
            stopped.add(name);
        }
        workers.get(name).suspend();
    }

    /** Lets a node's process go on (SIGCONT). */
    void resume(final String name) throws IOException, InterruptedException {
        workers.get(name).resume();
        synchronized (this) {
            stopped.remove(name);
        }
    }

    /** Whether a node has a process that runs. */
    boolean isUp(final String name) {
        final WorkerProcess worker = workers.get(name);
        return worker != null && worker.isAlive();
    }

    /** Asks a node for something and waits for the answer; null if there is none, which is a problem. */
    Long request(final String name, final String request) throws InterruptedException {
        final WorkerProcess worker = workers.get(name);
        if (worker == null || missing().contains(name)) {
            problem(name + " was not asked to " + request + ", as it does not answer");
            return null;
        }
        final JsonNode answer = await(name, worker.request(request), ANSWER_LIMIT_NS);
        return answer == null ? null : answer.asLong();
    }

    /** How all nodes that are up and answer stand. */
    SortedMap<String, WorkerStatus> statuses() throws InterruptedException {
        final SortedMap<String, WorkerStatus> statuses = ask(WorkerRequests.STATUS, STATUS);
        lastSeen.putAll(statuses);
        return statuses;
    }

    /** How far all nodes that run have come. */
    SortedMap<String, LoadStatus> loads() throws InterruptedException {
        return ask(WorkerRequests.LOAD, LOAD);
    }

    /** The bytes of the heap that each node that runs has in use, after a collection; of one after the other. */
    SortedMap<String, Long> heaps() throws InterruptedException {
        final SortedMap<String, Long> heaps = new TreeMap<>(DemoCluster::compareNames);
        for (final String name : workers.keySet()) {
            if (!stopped.contains(name) && !missing().contains(name)) {
                final Long heap = request(name, WorkerRequests.HEAP);
                if (heap != null) {
                    heaps.put(name, heap);
                }
            }
        }
        return heaps;
    }

    /** The messages that each node's handler keeps, by root. */
    SortedMap<String, Map<String, List<SequenceRanges.Range>>> retained() throws InterruptedException {
        return ask(WorkerRequests.RETAINED, RANGES);
    }

    /** The place of all nodes that are up in the tree of a root. */
    Map<NodeId, PeerSets> sets(final String root) throws InterruptedException {
        final Map<NodeId, PeerSets> sets = new TreeMap<>();
        ask(WorkerRequests.SETS + " " + root, SETS).forEach((name, value) ->
            sets.put(NodeId.of(name), value.toPeerSets()));
        return sets;
    }

    private <T> SortedMap<String, T> ask(final String request, final TypeReference<T> type)
        throws InterruptedException {
        noteWhoAnswersAgain();
        final Map<String, CompletableFuture<T>> answers = new LinkedHashMap<>();
        workers.forEach((name, worker) -> {
            if (!stopped.contains(name) && !silent.containsKey(name) && !gone.contains(name)) {
                answers.put(name, worker.request(request, type));
            }
        });
        final SortedMap<String, T> result = new TreeMap<>(DemoCluster::compareNames);
        for (final var entry : answers.entrySet()) {
            final T answer = await(entry.getKey(), entry.getValue(), ANSWER_LIMIT_NS);
            if (answer != null) {
                result.put(entry.getKey(), answer);
            }
        }
        return result;
    }

    private void noteWhoAnswersAgain() {
        silent.entrySet().removeIf(entry -> {
            if (!entry.getValue().isDone()) {
                return false;
            }
            if (entry.getValue().isCompletedExceptionally()) {
                lost(entry.getKey(), entry.getKey() + " is gone");
            } else {
                say.accept(entry.getKey() + " answers again");
            }
            return true;
        });
    }

    /**
     * Waits for an answer. A node that gives none is told of once, and left out until it answers. Time in which this
     * process itself did not run does not count.
     *
     * @return the answer; null if there is none.
     */
    private <T> T await(final String name, final CompletableFuture<T> answer, final long usualLimitNs)
        throws InterruptedException {
        final long looks = TimeUnit.NANOSECONDS.toMillis(pace.limitNs(usualLimitNs)) / LOOK_MS;
        for (long look = 0; look < looks; look++) {
            try {
                final T result = answer.get(LOOK_MS, TimeUnit.MILLISECONDS);
                pace.onAnswered(TimeUnit.MILLISECONDS.toNanos(look * LOOK_MS));
                return result;
            } catch (final ExecutionException ex) {
                if (isUp(name)) {
                    problem(ex.getCause().getMessage());
                } else {
                    lost(name, ex.getCause().getMessage());
                }
                return null;
            } catch (final TimeoutException ex) {
                // Looks again.
            }
        }
        silent.put(name, answer);
        problem(name + " did not answer for " + looks * LOOK_MS / 1_000 + " s; going on without it");
        return null;
    }

    private void lost(final String name, final String how) {
        gone.add(name);
        problem(how + "; going on without it");
    }

    private void problem(final String problem) {
        problems.add(problem);
        say.accept(problem);
    }

    /** Ends all nodes. Any thread. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            for (final String name : stopped) {
                // Who is stopped does not hear that it is to end.
                workers.get(name).kill();
            }
            workers.values().forEach(WorkerProcess::endInput);
            // All together: the last of many must not wait for the others' limits.
            final long deadlineNs = System.nanoTime() + pace.limitNs(CLOSE_LIMIT_NS);
            int killed = 0;
            for (final WorkerProcess worker : workers.values()) {
                killed += worker.awaitEnd(Math.max(0, deadlineNs - System.nanoTime())) ? 0 : 1;
            }
            if (killed > 0) {
                say.accept(killed + " nodes did not end in time and were killed");
            }
        } catch (final InterruptedException ex) {
            workers.values().forEach(WorkerProcess::destroy);
            Thread.currentThread().interrupt();
        }
    }
}
