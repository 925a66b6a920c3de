package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.fail;

import io.plumtree.harness.LoopbackPorts;
import io.plumtree.harness.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Nodes {@code n0}, {@code n1} and so on, each in a JVM of its own, over real UDP. */
final class ProcessCluster implements AutoCloseable {
    private static final long PATIENCE_S = 60;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Path errors;

    /**
     * Starts nodes, and waits until each is connected to all others.
     *
     * @param count     how many.
     * @param directory for a file with what they say on standard error.
     * @param options   of all nodes, {@code key=value}.
     * @param ofFirst   more options, of the first node.
     * @param ofOthers  more options, of all others.
     */
    ProcessCluster(
        final int count,
        final Path directory,
        final List<String> options,
        final List<String> ofFirst,
        final List<String> ofOthers) throws Exception {
        errors = Files.createFile(directory.resolve("errors"));
        LoopbackPorts.start(count, ports -> start(ports, options, ofFirst, ofOthers));
    }

    private ProcessCluster start(
        final List<Integer> ports,
        final List<String> options,
        final List<String> ofFirst,
        final List<String> ofOthers) throws Exception {
        final List<String> members = new ArrayList<>();
        for (final int port : ports) {
            members.add("n" + members.size() + "@localhost:" + port);
        }
        try {
            for (int i = 0; i < ports.size(); i++) {
                final List<String> all = new ArrayList<>(options);
                all.addAll(i == 0 ? ofFirst : ofOthers);
                nodes.add(new NodeProcess(
                    "n" + i, "localhost:" + ports.get(i), String.join(",", members), errors, all));
            }
            for (final NodeProcess node : nodes) {
                await(node.name + " is connected", () -> words(node.ask("connected")).size() == ports.size() - 1);
            }
        } catch (final Exception | AssertionError ex) {
            final String told = Files.readString(errors);
            close();
            nodes.clear();
            Files.writeString(errors, "");
            throw new AssertionError("the nodes did not start: " + told, ex);
        }
        return this;
    }

    List<NodeProcess> nodes() {
        return nodes;
    }

    NodeProcess node(final int index) {
        return nodes.get(index);
    }

    /** Waits for a condition; leaves the cores to the nodes between two looks. */
    void await(final String what, final Callable<Boolean> condition) throws Exception {
        final Patience patience = new Patience(PATIENCE_S);
        while (!condition.call()) {
            if (patience.isOver()) {
                fail("waited in vain until " + what + "; errors: " + Files.readString(errors));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** The words of an answer, each once. */
    static Set<String> words(final String answer) {
        return answer.isEmpty() ? Set.of() : new TreeSet<>(List.of(answer.split(" ")));
    }

    void assertNoErrors() throws IOException {
        NodeProcess.assertNothingWrong(errors);
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }
}
