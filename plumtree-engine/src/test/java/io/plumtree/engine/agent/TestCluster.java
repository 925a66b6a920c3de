package io.plumtree.engine.agent;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.seeds.ContactSource;
import io.plumtree.engine.settings.OverlaySettings;
import io.plumtree.engine.view.FullView;
import io.plumtree.engine.view.MemberView;
import io.plumtree.engine.view.NeighboursAlone;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/** Nodes in memory, all on the test's thread and on its time. */
public final class TestCluster {
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(10);

    final MemoryHub hub;
    final ExchangeOptions exchanges;
    /** Makes a node's handlers beside the one that each has, by name. */
    final Supplier<Map<String, BroadcastHandler>> others;
    final List<Member> members = new ArrayList<>();
    final List<TestNode> nodes = new ArrayList<>();
    final QueryOptions queries = new QueryOptions();
    /** Where nodes find each other by themselves: they know the first one as their contact, itself included. */
    private final HyParViewOptions hyParView;
    private final FullViewOptions fullView;
    private final EngineOptions engine;
    long nowNs = 1_000_000_000L;
    private long looks;
    /** A look takes its time, so that who waits for nothing but the time does not wait for ever. */
    final NanoClock clock = () -> nowNs + LOOK_NS * looks++;

    public TestCluster(final int size) {
        this(size, 64 * 1024, TestHandler::new);
    }

    public TestCluster(final int size, final int pipeLength, final Supplier<BroadcastHandler> handlers) {
        this(size, pipeLength, handlers, new ExchangeOptions());
    }

    public TestCluster(
        final int size,
        final int pipeLength,
        final Supplier<BroadcastHandler> handlers,
        final ExchangeOptions exchangeOptions) {
        this(size, pipeLength, handlers, Map::of, exchangeOptions);
    }

    public TestCluster(
        final int size,
        final int pipeLength,
        final Supplier<BroadcastHandler> handlers,
        final Supplier<Map<String, BroadcastHandler>> otherHandlers,
        final ExchangeOptions exchangeOptions) {
        this(size, pipeLength, handlers, otherHandlers, exchangeOptions, null, null, TestNode.engineOptions());
    }

    /** Nodes whose agents have options of their own. */
    TestCluster(final int size, final int pipeLength, final EngineOptions engineOptions) {
        this(size, pipeLength, TestHandler::new, Map::of, new ExchangeOptions(), null, null, engineOptions);
    }

    /** Nodes that find each other, with a full view unless that is null. */
    public TestCluster(final int size, final HyParViewOptions hyParViewOptions, final FullViewOptions fullViewOptions) {
        this(
            size, 64 * 1024, TestHandler::new, Map::of, new ExchangeOptions(), hyParViewOptions, fullViewOptions,
            TestNode.engineOptions());
    }

    public TestCluster(
        final int size,
        final int pipeLength,
        final Supplier<BroadcastHandler> handlers,
        final Supplier<Map<String, BroadcastHandler>> otherHandlers,
        final ExchangeOptions exchangeOptions,
        final HyParViewOptions hyParViewOptions,
        final FullViewOptions fullViewOptions,
        final EngineOptions engineOptions) {
        engine = engineOptions;
        hyParView = hyParViewOptions;
        fullView = fullViewOptions;
        exchanges = exchangeOptions;
        others = otherHandlers;
        hub = new MemoryHub(pipeLength);
        for (int i = 0; i < size; i++) {
            members.add(new Member(NodeId.of(String.valueOf((char) ('a' + i))), hub.nextEndpoint()));
        }
        for (int i = 0; i < size; i++) {
            nodes.add(node(i, 1, handlers.get()));
        }
    }

    private TestNode node(final int index, final long incarnation, final BroadcastHandler handler) {
        final List<Member> peers = new ArrayList<>(members);
        final Member self = peers.remove(index);
        return node(self, incarnation, hyParView == null ? peers : List.of(), handler);
    }

    /** Launches a node that has another one's name, elsewhere; it knows the others. */
    TestNode twin(final int index, final long incarnation) {
        final List<Member> peers = new ArrayList<>(members);
        final Member self = new Member(peers.remove(index).id(), hub.nextEndpoint());
        return node(self, incarnation, hyParView == null ? peers : List.of(), new TestHandler());
    }

    private TestNode node(
        final Member self, final long incarnation, final List<Member> peers, final BroadcastHandler handler) {
        final TestNode[] node = new TestNode[1];
        final Map<String, BroadcastHandler> handlers = new HashMap<>(others.get());
        MemberView view = new NeighboursAlone();
        if (fullView != null) {
            final FullView full = new FullView(
                fullView, self::endpoint, (joined, left) -> node[0].agent.onMembersChanged(joined, left));
            handlers.put(FullView.NAME, full);
            view = full;
        }
        node[0] = new TestNode(
            hub, self, incarnation, peers, handler, handlers, exchanges, queries,
            hyParView == null ? null : new OverlaySettings(
                hyParView, new Once(members.get(0).endpoint()), new SplittableRandom(incarnation)),
            view,
            engine,
            clock,
            nowNs);
        return node[0];
    }

    public TestNode node(final int index) {
        return nodes.get(index);
    }

    /** Launches a node that knows all members; of them only those know it that are told. */
    TestNode join(final String name) {
        return join(new Member(NodeId.of(name), hub.nextEndpoint()), 1);
    }

    TestNode join(final Member member, final long incarnation) {
        members.add(member);
        nodes.add(node(members.size() - 1, incarnation, new TestHandler()));
        return nodes.get(nodes.size() - 1);
    }

    /** Gives every node the members that there are. */
    void updateAll() {
        for (final TestNode node : nodes) {
            if (node != null) {
                node.update(members);
            }
        }
    }

    MemoryPipe pipe(final int from, final int to) {
        return hub.pipe(members.get(from).endpoint(), members.get(to).endpoint());
    }

    MemoryPipe pipe(final int from, final int to, final String channel) {
        return hub.pipe(
            members.get(from).endpoint(), members.get(to).endpoint(), NameHash.ofChannel(channel));
    }

    void cut(final int one, final int other, final boolean isCut) {
        pipe(one, other).isCut = isCut;
        pipe(other, one).isCut = isCut;
    }

    /** The process ends without a word. */
    public void kill(final int index) {
        nodes.get(index).transport.close();
        nodes.set(index, null);
    }

    void restart(final int index, final long incarnation) {
        if (nodes.get(index) != null) {
            kill(index);
        }
        nodes.set(index, node(index, incarnation, new TestHandler()));
    }

    void cycle() {
        for (final TestNode node : nodes) {
            if (node != null) {
                node.agent.doWork(nowNs);
            }
        }
    }

    /** Lets a time pass, in steps of a millisecond. */
    public void run(final long ms) {
        for (long i = 0; i < ms; i++) {
            nowNs += TestNode.MS;
            cycle();
        }
    }

    /** Runs until a condition holds; false if it does not within a minute of the test's time. */
    public boolean runUntil(final BooleanSupplier condition) {
        for (int i = 0; i < 60_000 && !condition.getAsBoolean(); i++) {
            run(1);
        }
        return condition.getAsBoolean();
    }

    public boolean runUntilAllUp() {
        return runUntil(() -> nodes.stream()
            .allMatch(node -> node == null || node.agent.inspection().connectedPeers().size() == members.size() - 1));
    }

    /** Tells one contact, once. */
    private static final class Once implements ContactSource {
        private List<String> contacts;

        Once(final String contact) {
            contacts = List.of(contact);
        }

        @Override
        public List<String> poll() {
            final List<String> told = contacts;
            contacts = null;
            return told;
        }

        @Override
        public void close() {
            contacts = null;
        }
    }
}
