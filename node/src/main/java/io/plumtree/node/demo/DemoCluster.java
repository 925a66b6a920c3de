package io.plumtree.node.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.engine.NodeContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The processes of the demonstration, by name. For one thread, but for {@link #close()}. */
final class DemoCluster implements AutoCloseable {
    private static final long START_TIMEOUT_MS = 120_000;
    private static final long REQUEST_TIMEOUT_MS = 30_000;
    private static final long CLOSE_TIMEOUT_MS = 10_000;
    private static final int START_GROUP = Math.max(5, 2 * Runtime.getRuntime().availableProcessors());
    private static final TypeReference<WorkerStatus> STATUS = new TypeReference<>() {
    };
    private static final TypeReference<LoadStatus> LOAD = new TypeReference<>() {
    };
    private static final TypeReference<Map<String, List<SequenceRanges.Range>>> RANGES = new TypeReference<>() {
    };
    private static final TypeReference<WorkerSets> SETS = new TypeReference<>() {
    };

    private final DemoOptions options;
    private final Consumer<String> log;
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
     * @param log     gets what the workers say on their standard error.
     */
    DemoCluster(final DemoOptions options, final List<Integer> ports, final Consumer<String> log) {
        this.options = options;
        this.log = log;
        for (int i = 0; i < options.nodes(); i++) {
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
     * Starts some nodes and waits until they are ready: some at a time, since a JVM that starts takes all of a core.
     *
     * @param names their names.
     */
    void start(final Collection<String> names) throws IOException, InterruptedException {
        final List<String> left = new ArrayList<>(names);
        while (!left.isEmpty()) {
            final List<String> group = left.subList(0, Math.min(START_GROUP, left.size()));
            final List<WorkerProcess> started = new ArrayList<>();
            for (final String name : group) {
                started.add(launch(name));
            }
            group.clear();
            for (final WorkerProcess worker : started) {
                get(worker.ready(), START_TIMEOUT_MS, "start of " + worker.name());
            }
        }
    }

    /** When the last process was started, {@link System#nanoTime()}. */
    synchronized long lastStartNs() {
        return lastStartNs;
    }

    private synchronized WorkerProcess launch(final String name) throws IOException {
        if (isClosed) {
            throw new IOException("the demonstration is ending");
        }
        final WorkerProcess worker = new WorkerProcess(
            name, JavaCommand.of(ManyNodes.jvmOptions(options), arguments(name)), log);
        lastStartNs = System.nanoTime();
        workers.put(name, worker);
        return worker;
    }

    private List<String> arguments(final String name) {
        final List<String> arguments = new ArrayList<>(List.of(
            DemoWorkerCommand.NAME,
            "--name", name,
            "--bind", members.get(name).endpoint(),
            "--cluster", NodeContext.CLUSTER_DEFAULT,
            "--nodes", String.join(",", names()),
            "--payload", Integer.toString(options.payload())));
        arguments.addAll(whoElse(name));
        options.options().forEach((key, value) -> arguments.addAll(List.of("--option", key + "=" + value)));
        return arguments;
    }

    /** How a node learns of the others: of all of them, or of the first alone, which is told of the second. */
    private List<String> whoElse(final String name) {
        if (!options.contactOnly()) {
            return List.of("--member", members.values().stream().map(Member::toString)
                .collect(Collectors.joining(",")));
        }
        final String contact = DemoOptions.name(name.equals(DemoOptions.name(0)) ? 1 : 0);
        return List.of("--contact", members.get(contact).endpoint());
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
        final long published = get(worker.terminate(), CLOSE_TIMEOUT_MS, "graceful end of " + name).asLong();
        worker.awaitEnd(CLOSE_TIMEOUT_MS);
        return published;
    }

    /** Kills nodes the hard way, all at once. */
    void kill(final Collection<String> names) throws InterruptedException {
        final List<WorkerProcess> victims = new ArrayList<>();
        synchronized (this) {
            names.forEach(name -> victims.add(workers.remove(name)));
        }
        victims.forEach(WorkerProcess::destroy);
        for (final WorkerProcess victim : victims) {
            victim.kill();
        }
    }

    /** Stops a node's process (SIGSTOP): it is not asked for anything until it goes on. */
    void suspend(final String name) throws IOException, InterruptedException {
        synchronized (this) {
            stopped.add(name);
        }
        workers.get(name).signal(Signals.STOP);
    }

    /** Lets a node's process go on (SIGCONT). */
    void resume(final String name) throws IOException, InterruptedException {
        workers.get(name).signal(Signals.CONT);
        synchronized (this) {
            stopped.remove(name);
        }
    }

    /** Whether a node has a process that runs. */
    boolean isUp(final String name) {
        final WorkerProcess worker = workers.get(name);
        return worker != null && worker.isAlive();
    }

    /** Asks a node for something and waits for the answer. */
    long request(final String name, final String request) throws IOException, InterruptedException {
        final var answer = get(workers.get(name).request(request), REQUEST_TIMEOUT_MS, request + " of " + name);
        return answer == null ? 0 : answer.asLong();
    }

    /** How all nodes that are up stand. */
    SortedMap<String, WorkerStatus> statuses() throws IOException, InterruptedException {
        return ask(WorkerRequests.STATUS, STATUS);
    }

    /** How far all nodes that run have come. */
    SortedMap<String, LoadStatus> loads() throws IOException, InterruptedException {
        return ask(WorkerRequests.LOAD, LOAD);
    }

    /** The bytes of the heap that each node that runs has in use, after a collection; of one after the other. */
    SortedMap<String, Long> heaps() throws IOException, InterruptedException {
        final SortedMap<String, Long> heaps = new TreeMap<>(DemoCluster::compareNames);
        for (final String name : workers.keySet()) {
            if (!stopped.contains(name)) {
                heaps.put(name, request(name, WorkerRequests.HEAP));
            }
        }
        return heaps;
    }

    /** The messages that each node's handler keeps, by root. */
    SortedMap<String, Map<String, List<SequenceRanges.Range>>> retained() throws IOException, InterruptedException {
        return ask(WorkerRequests.RETAINED, RANGES);
    }

    /** The place of all nodes that are up in the tree of a root. */
    Map<NodeId, PeerSets> sets(final String root) throws IOException, InterruptedException {
        final Map<NodeId, PeerSets> sets = new TreeMap<>();
        ask(WorkerRequests.SETS + " " + root, SETS).forEach((name, value) ->
            sets.put(NodeId.of(name), value.toPeerSets()));
        return sets;
    }

    private <T> SortedMap<String, T> ask(final String request, final TypeReference<T> type)
        throws IOException, InterruptedException {
        final Map<String, CompletableFuture<T>> answers = new LinkedHashMap<>();
        workers.forEach((name, worker) -> {
            if (!stopped.contains(name)) {
                answers.put(name, worker.request(request, type));
            }
        });
        final SortedMap<String, T> result = new TreeMap<>(DemoCluster::compareNames);
        for (final var answer : answers.entrySet()) {
            result.put(answer.getKey(), get(answer.getValue(), REQUEST_TIMEOUT_MS, request + " of " + answer.getKey()));
        }
        return result;
    }

    private static <T> T get(final CompletableFuture<T> answer, final long timeoutMs, final String what)
        throws IOException, InterruptedException {
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (final ExecutionException ex) {
            throw new IOException(what + " failed: " + ex.getCause().getMessage(), ex);
        } catch (final TimeoutException ex) {
            throw new IOException(what + " took longer than " + timeoutMs + " ms", ex);
        }
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
            for (final WorkerProcess worker : workers.values()) {
                worker.endInput();
            }
            for (final WorkerProcess worker : workers.values()) {
                worker.awaitEnd(CLOSE_TIMEOUT_MS);
            }
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
