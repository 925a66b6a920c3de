package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.harness.LoopbackPorts;
import io.plumtree.harness.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Nodes on real Aeron over loopback, all driven by the calling thread, each with a media driver of its own. A node that
 * is not driven any more is, for the others, a node whose process was killed.
 */
final class AeronCluster implements AutoCloseable {
    static final String TOPIC = "t";
    private static final long PATIENCE_S = 60;
    private static final long MAX_STEP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    final List<Node> nodes = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Consumer<NodeContext> options;
    private List<Member> members;

    AeronCluster(final int size, final Consumer<NodeContext> options) {
        this(size, size, options);
    }

    /** Launches the first of a number of members; others are for the test to launch. */
    AeronCluster(final int launched, final int size, final Consumer<NodeContext> options) {
        this.options = options;
        try {
            LoopbackPorts.start(size, ports -> launch(launched, ports));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private AeronCluster launch(final int count, final List<Integer> ports) {
        members = IntStream.range(0, ports.size())
            .mapToObj(i -> new Member(NodeId.of("n" + i), "localhost:" + ports.get(i))).toList();
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(new Node(i));
            }
        } catch (final RuntimeException ex) {
            close();
            nodes.clear();
            errors.clear();
            throw ex;
        }
        return this;
    }

    /** Launches the next of the members. */
    Node join() {
        nodes.add(new Node(nodes.size()));
        return nodes.get(nodes.size() - 1);
    }

    String endpoint(final int index) {
        return members.get(index).endpoint();
    }

    /** One node and what its subscriber was given. */
    final class Node {
        final int index;
        final List<String> received = new ArrayList<>();
        final Map<Integer, Integer> lengths = new HashMap<>();
        PlumtreeNode node;
        PubSub pubsub;
        boolean isDriven;

        Node(final int index) {
            this.index = index;
            launch();
        }

        private void launch() {
            final NodeContext context = new NodeContext()
                .name(members.get(index).id().name())
                .bind(members.get(index).endpoint())
                .members(members)
                .engine(new EngineOptions().useInvoker(true))
                .option("handler.pubsub.retained.bytes", "4m")
                .errorHandler(error -> errors.add(members.get(index).id() + ": " + error));
            options.accept(context);
            node = PlumtreeNode.launch(context);
            pubsub = node.handler("pubsub", PubSub.class);
            pubsub.subscribe(TOPIC, (origin, incarnation, sequence, buffer, offset, length) -> {
                if (length <= 64) {
                    received.add(buffer.getStringWithoutLengthUtf8(offset, length));
                }
                lengths.merge(length, 1, Integer::sum);
            });
            isDriven = true;
        }

        NodeId id() {
            return members.get(index).id();
        }

        void publish(final byte[] message) {
            runUntil("a broadcast of " + id() + " is taken", () -> pubsub.publish(TOPIC, message) > 0);
        }

        void publish(final String message) {
            publish(message.getBytes());
        }

        long counter(final String label) {
            final Long value = node.counters().get(label);
            if (value == null) {
                fail("no counter " + label + " in " + node.counters().keySet());
            }
            return value;
        }

        void crash() {
            isDriven = false;
        }

        /** Comes back in a new incarnation, on the same endpoint; the crashed one lets go of it first. */
        void restart() {
            node.close();
            received.clear();
            launch();
        }
    }

    List<Node> survivors() {
        return nodes.stream().filter(node -> node.isDriven).toList();
    }

    /** Drives all nodes until the condition holds; fails after a minute in which they were driven. */
    void runUntil(final String what, final BooleanSupplier condition) {
        runUntil(() -> what, condition, () -> 0);
    }

    /** Drives all nodes until the condition holds; fails when a number has not changed for a minute. */
    void runUntil(final Supplier<String> what, final BooleanSupplier condition, final LongSupplier progress) {
        final Patience patience = new Patience(PATIENCE_S);
        while (!condition.getAsBoolean()) {
            drive();
            if (patience.isOver(progress.getAsLong())) {
                fail("waited in vain until " + what.get() + "; errors: " + errors);
            }
        }
    }

    /** Drives all nodes for so long, and often, however long the machine stands still. */
    void runFor(final long milliseconds) {
        long lastNs = System.nanoTime();
        long ranNs = 0;
        while (ranNs < TimeUnit.MILLISECONDS.toNanos(milliseconds)) {
            drive();
            final long nowNs = System.nanoTime();
            ranNs += Math.min(nowNs - lastNs, MAX_STEP_NS);
            lastNs = nowNs;
        }
    }

    private void drive() {
        for (final Node node : nodes) {
            if (node.isDriven) {
                node.node.invoker().invoke();
            }
        }
    }

    void awaitLinks() {
        for (final Node node : survivors()) {
            final int expected = survivors().size() - 1;
            runUntil(node.id() + " has " + expected + " links",
                () -> node.counter("engine.links.up") - node.counter("engine.links.down") >= expected);
        }
    }

    long total(final String label) {
        return survivors().stream().mapToLong(node -> node.counter(label)).sum();
    }

    void assertNoErrors() {
        assertEquals(List.of(), errors);
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.node.close());
    }
}
