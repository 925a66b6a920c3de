package io.plumtree.system.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.TransportContext;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.handlers.pubsub.DeliveryOrder;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.harness.LoopbackPorts;
import io.plumtree.harness.Patience;
import io.plumtree.transport.aeron.AeronTransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Nodes {@code n0}, {@code n1} and so on in this process, on real Aeron over loopback, each with a thread and a media
 * driver of its own, and with numbered traffic of each to all. One more member may be there that has a fault: it
 * publishes nothing, and sends besides what the test puts in. Some of the members may be launched later.
 */
final class HostileCluster implements AutoCloseable {
    private static final String FAULTY = "faulty";
    private static final long PATIENCE_S = Integer.getInteger("hostile.patience.s", 60);
    private static final int MAX_FRAME_LENGTH = 2 * 1024 * 1024;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    /** How many more messages of each node show that traffic is whole. */
    private static final int MORE_MESSAGES = 10;

    final List<Node> nodes = new ArrayList<>();
    final LogWatch log = new LogWatch();
    final Traffic traffic = new Traffic();
    private final Setup setup;
    private final Path storage;
    /** Where each member listens. */
    private List<String> binds;
    /** Where others find it. */
    private List<Member> members;
    private Node faulty;
    private FaultyTransport faultyTransport;
    private Relay relay;
    /** How many nodes were there from the start. */
    private int first;
    /** What was published when the cluster had started. */
    private Map<String, Integer> before = Map.of();

    /** What a cluster is like. */
    static final class Setup {
        private final MembershipKind kind;
        private int launched = 4;
        private int later;
        private boolean hasFaulty;
        private int relayed = -1;
        private final Map<String, String> properties = new HashMap<>();

        private Setup(final MembershipKind kind) {
            this.kind = kind;
        }

        /** Each node knows all members. */
        static Setup ofStatic() {
            return new Setup(MembershipKind.STATIC);
        }

        /** Nodes know the first two, and find the rest. */
        static Setup ofHyParView() {
            return new Setup(MembershipKind.HYPARVIEW);
        }

        Setup nodes(final int count) {
            launched = count;
            return this;
        }

        /** Members that the test launches. */
        Setup later(final int count) {
            later = count;
            return this;
        }

        Setup withFaultyMember() {
            hasFaulty = true;
            return this;
        }

        /** Has all that goes to a node go through a relay. */
        Setup relayed(final int node) {
            relayed = node;
            return this;
        }

        /** An option of every node. */
        Setup property(final String key, final String value) {
            properties.put(key, value);
            return this;
        }

        HostileCluster start() {
            return new HostileCluster(this);
        }
    }

    private HostileCluster(final Setup setup) {
        this.setup = setup;
        try {
            final Path memory = Path.of("/dev/shm");
            storage = Files.isWritable(memory) ?
                Files.createTempDirectory(memory, "hostile") : Files.createTempDirectory("hostile");
            LoopbackPorts.start(setup.launched + setup.later + 1, this::launch);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private HostileCluster launch(final List<Integer> ports) {
        binds = ports.stream().map(port -> "localhost:" + port).toList();
        if (setup.relayed >= 0) {
            relay = new Relay(binds.get(setup.relayed));
        }
        members = IntStream.range(0, ports.size()).mapToObj(i -> new Member(
            NodeId.of(i == ports.size() - 1 ? FAULTY : "n" + i),
            i == setup.relayed ? relay.endpoint() : binds.get(i))).toList();
        try {
            for (int i = 0; i < setup.launched; i++) {
                launchNext();
            }
            if (setup.hasFaulty) {
                faulty = new Node(members.get(members.size() - 1), true);
            }
            await("all have peers", this::isConnected);
            nodes.forEach(node -> traffic.add(node.name(), node.pubsub));
            awaitWhole();
            first = nodes.size();
            before = traffic.published();
        } catch (final RuntimeException | AssertionError ex) {
            close();
            throw ex;
        }
        return this;
    }

    private boolean isConnected() {
        final int most = nodes.size() - (faulty == null ? 1 : 0);
        final int peers = setup.kind == MembershipKind.STATIC ? most : Math.min(2, most);
        return nodes.stream().allMatch(node -> node.counter("engine.peers.up") >= peers)
            && (faulty == null || faulty.counter("engine.peers.up") >= Math.min(3, nodes.size()));
    }

    /** Launches the next of the members, which publishes from now on. */
    Node join() {
        final Node node = launchNext();
        traffic.add(node.name(), node.pubsub);
        return node;
    }

    private Node launchNext() {
        final Node node = new Node(members.get(nodes.size()), false);
        nodes.add(node);
        return node;
    }

    /** A member that is not launched yet. */
    Member nextMember() {
        return members.get(nodes.size());
    }

    /** One node and what its subscribers were given. */
    final class Node {
        final Member member;
        final Hearing hearing = new Hearing();
        final PlumtreeNode node;
        final PubSub pubsub;

        private Node(final Member member, final boolean isFaulty) {
            this.member = member;
            final NodeContext context = new NodeContext()
                .name(name())
                .bind(binds.get(members.indexOf(member)))
                .advertise(member.endpoint())
                .engine(new EngineOptions().threadName(name()))
                .option("handler.pubsub.retained.bytes", "16m")
                .errorHandler(error -> log.onError(name(), error))
                .beforeStart(this::subscribe);
            context.properties(setup.properties);
            context.membership().kind(setup.kind);
            if (setup.kind == MembershipKind.STATIC) {
                context.members(setup.hasFaulty ? members : members.subList(0, members.size() - 1));
            } else {
                context.membership().contacts(List.of(members.get(0).endpoint(), members.get(1).endpoint()));
            }
            if (isFaulty) {
                faultyTransport = new FaultyTransport(new AeronTransportProvider().launch(new TransportContext(
                    member.endpoint(), MAX_FRAME_LENGTH, Map.of("aeron.baseDirectory", storage.toString()),
                    error -> log.onError(name(), error))));
                context.transport(faultyTransport);
            } else {
                context.option("aeron.baseDirectory", storage.toString());
            }
            node = PlumtreeNode.launch(context);
            pubsub = node.handler(PubSub.NAME, PubSub.class);
        }

        private void subscribe(final PlumtreeNode launched) {
            final PubSub subscribed = launched.handler(PubSub.NAME, PubSub.class);
            subscribed.subscribe(Traffic.TOPIC, (origin, incarnation, sequence, buffer, offset, length) ->
                hearing.onAny(buffer.getStringWithoutLengthUtf8(offset, length)));
            subscribed.subscribe(
                Traffic.TOPIC,
                DeliveryOrder.ORIGIN,
                (origin, incarnation, sequence, buffer, offset, length) ->
                    hearing.onOrdered(buffer.getStringWithoutLengthUtf8(offset, length)),
                (origin, incarnation, from, to) -> {
                    // What is missing of origins that are not there is nobody's loss.
                    if (isMember(origin)) {
                        hearing.onGap(to - from + 1);
                    }
                });
        }

        String name() {
            return member.id().name();
        }

        String endpoint() {
            return member.endpoint();
        }

        long value() {
            return member.id().value();
        }

        /** 0 where there is no such counter. */
        long counter(final String label) {
            return node.counters().getOrDefault(label, 0L);
        }

        /** Frames in this node's name, in its present run. */
        Forgery forgery() {
            return new Forgery(member, node.incarnation());
        }

        Forgery forgery(final long incarnation) {
            return new Forgery(member, incarnation);
        }
    }

    private boolean isMember(final long value) {
        return members.stream().anyMatch(member -> member.id().value() == value);
    }

    Node node(final int index) {
        return nodes.get(index);
    }

    /** The node of the member that has a fault. */
    Node faulty() {
        return faulty;
    }

    /** Has the member with a fault send a frame to every good node. */
    void sendFromFaulty(final byte[] frame) {
        nodes.forEach(node -> faultyTransport.send(node.endpoint(), frame));
    }

    void sendFromFaulty(final Node to, final byte[] frame) {
        faultyTransport.send(to.endpoint(), frame);
    }

    /** Waits until the member with a fault has sent all. */
    void awaitSent() {
        await("the faulty member has sent all", () -> faultyTransport.waiting() == 0);
    }

    Relay relay() {
        return relay;
    }

    /** Frames of the member with a fault that had no link to be sent over. */
    long leftOut() {
        return faultyTransport == null ? 0 : faultyTransport.leftOut();
    }

    int waitingToSend() {
        return faultyTransport.waiting();
    }

    /** Sum of the counters of all good nodes whose labels start so. */
    long total(final String prefix) {
        return nodes.stream().flatMap(node -> node.node.counters().entrySet().stream())
            .filter(counter -> counter.getKey().startsWith(prefix)).mapToLong(Map.Entry::getValue).sum();
    }

    /** Longest of all duty cycles, in milliseconds. */
    long longestCycleMs() {
        return TimeUnit.NANOSECONDS.toMillis(
            nodes.stream().mapToLong(node -> node.counter("engine.cycle.max.ns")).max().orElse(0));
    }

    Footprint footprint() {
        return Footprint.of(storage, log);
    }

    long storageBytes() {
        return Footprint.length(storage);
    }

    /** Waits for a condition; leaves the cores to the nodes between two looks. */
    void await(final String what, final BooleanSupplier condition) {
        await(condition, () -> what);
    }

    private void await(final BooleanSupplier condition, final Supplier<String> what) {
        if (!isReached(condition)) {
            fail("waited in vain until " + what.get() + "\nlog: " + log.first());
        }
    }

    /** Whether the condition holds within a minute. */
    boolean isReached(final BooleanSupplier condition) {
        final Patience patience = new Patience(PATIENCE_S);
        while (!condition.getAsBoolean()) {
            if (patience.isOver()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return true;
    }

    /** Waits until every node has published so many messages more: harm that takes its time shows. */
    void awaitMore(final int messages) {
        final Map<String, Integer> from = traffic.published();
        await("every node has published more", () -> {
            final Map<String, Integer> now = traffic.published();
            return from.entrySet().stream()
                .allMatch(origin -> now.get(origin.getKey()) >= origin.getValue() + messages);
        });
    }

    /**
     * Waits until every node has, of every origin, some messages that are published from now on, in order and not.
     *
     * @return how long it took, in milliseconds.
     */
    long awaitWhole() {
        final long startNs = System.nanoTime();
        final Map<String, Integer> from = traffic.published();
        await(
            () -> nodes.stream().allMatch(node -> from.entrySet().stream().allMatch(origin -> node.hearing.hasAll(
                origin.getKey(), origin.getValue() + 1, origin.getValue() + MORE_MESSAGES))),
            () -> "traffic is whole from " + from + " on: " + faults(traffic.published()));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    /**
     * Waits until every node that was there from the start has all that was published since, and checks that nothing
     * came twice, or out of order, or was given up.
     */
    void assertNothingMissed() {
        final Map<String, Integer> published = traffic.published();
        isReached(() -> nodes.stream().limit(first).allMatch(node -> published.entrySet().stream().allMatch(
            origin -> node.hearing.hasAll(origin.getKey(), 1 + before(origin.getKey()), origin.getValue()))));
        assertEquals("", faults(published));
    }

    private int before(final String origin) {
        return before.getOrDefault(origin, 0);
    }

    /** What each node missed, or was given and should not have been. */
    private String faults(final Map<String, Integer> published) {
        return nodes.stream().limit(first)
            .map(node -> Map.entry(node.name(), node.hearing.faults(before, published)))
            .filter(faults -> !faults.getValue().isEmpty())
            .map(faults -> faults.getKey() + ": " + faults.getValue())
            .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        traffic.close();
        nodes.forEach(node -> node.node.close());
        nodes.clear();
        if (faulty != null) {
            faulty.node.close();
            faulty = null;
        }
        if (relay != null) {
            relay.close();
            relay = null;
        }
        log.close();
        try (Stream<Path> files = Files.walk(storage)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
