package io.plumtree.benchmarks.rig;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.engine.options.StartingOptions;
import io.plumtree.transport.aeron.AeronTransportOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Nodes of ours. Their neighbours are those in the tree to begin with, to which their links are eager, and the next and
 * the last one in a ring, to which they are lazy: five at most with a fan-out of two, as a partial view has it. All
 * else is as it is by default, but that nodes close at once, since their peers do, too.
 */
final class PlumtreeNodes implements Nodes {
    private static final long ANSWER_TIMEOUT_S = 20;

    private final Arrangement arrangement;
    private final List<PlumtreeNode> nodes = new ArrayList<>();
    private final AgentInvoker[] invokers;
    private final UnsafeBuffer data;

    PlumtreeNodes(
        final Arrangement arrangement,
        final List<Integer> ports,
        final Map<String, String> options,
        final Deliveries deliveries) {
        this.arrangement = arrangement;
        this.data = new UnsafeBuffer(new byte[arrangement.payloadLength()]);
        this.invokers = new AgentInvoker[count()];
        final List<Member> members = members(ports);
        try {
            for (int node = 0; node < count(); node++) {
                final NodeContext context = new NodeContext()
                    .properties(options)
                    .name(members.get(node).id().name())
                    .bind(members.get(node).endpoint())
                    .members(neighbours(node).stream().map(members::get).toList())
                    .starting(new StartingOptions()
                        .eagerPeers(ids(members, eagers(node)))
                        .lazyPeers(ids(members, lazys(node))))
                    .plugins(new PluginOptions().discoverHandlers(false))
                    .handler(SequenceHandler.NAME,
                        new SequenceHandler(node, deliveries, arrangement.payloadLength()))
                    .links(new LinkOptions().frameLimit(arrangement.frameLimit()))
                    .errorHandler(Throwable::printStackTrace)
                    .engine(new EngineOptions().useInvoker(true));
                context.option(AeronTransportOptions.CLOSE_TIMEOUT_PROPERTY, "0ns");
                arrangement.aeron().forEach(context::option);
                nodes.add(PlumtreeNode.launch(context));
                invokers[node] = nodes.get(node).invoker();
                invokers[node].start();
            }
        } catch (final RuntimeException ex) {
            close();
            throw ex;
        }
    }

    /** In the order of their ids' values, which is the ring's. */
    private static List<Member> members(final List<Integer> ports) {
        final List<NodeId> ids = IntStream.range(0, ports.size())
            .mapToObj(node -> NodeId.of("node-" + node))
            .sorted(Comparator.comparingLong(NodeId::value))
            .toList();
        return IntStream.range(0, ports.size())
            .mapToObj(node -> new Member(ids.get(node), "127.0.0.1:" + ports.get(node)))
            .toList();
    }

    private Set<Integer> eagers(final int node) {
        final Set<Integer> eagers = new TreeSet<>();
        for (final int child : arrangement.tree().children().get(node)) {
            eagers.add(child);
        }
        final int parent = arrangement.tree().parent(node);
        if (parent >= 0) {
            eagers.add(parent);
        }
        return eagers;
    }

    private Set<Integer> lazys(final int node) {
        final Set<Integer> lazys = new TreeSet<>(List.of((node + 1) % count(), (node + count() - 1) % count()));
        lazys.remove(node);
        lazys.removeAll(eagers(node));
        return lazys;
    }

    private Set<Integer> neighbours(final int node) {
        final Set<Integer> neighbours = new TreeSet<>(eagers(node));
        neighbours.addAll(lazys(node));
        return neighbours;
    }

    private static List<NodeId> ids(final List<Member> members, final Collection<Integer> nodes) {
        return nodes.stream().map(node -> members.get(node).id()).toList();
    }

    @Override
    public NodesKind kind() {
        return NodesKind.PLUMTREE;
    }

    @Override
    public int count() {
        return arrangement.tree().nodes();
    }

    @Override
    public int doWork(final int node) {
        return invokers[node].invoke();
    }

    @Override
    public boolean publish(final long sequence, final long intendedNs) {
        SequenceHandler.begin(data, 0, sequence, intendedNs);
        return nodes.get(0).broadcast(SequenceHandler.NAME, data, 0, data.capacity()) > 0;
    }

    @Override
    public boolean isPublishing() {
        return false;
    }

    /** What a node answers; one whose thread has failed never does. */
    private static <T> T join(final CompletableFuture<T> answer) {
        return answer.orTimeout(ANSWER_TIMEOUT_S, TimeUnit.SECONDS).join();
    }

    @Override
    public boolean isReady() {
        final List<CompletableFuture<Set<NodeId>>> connected =
            nodes.stream().map(PlumtreeNode::connectedPeers).toList();
        return IntStream.range(0, count())
            .allMatch(node -> join(connected.get(node)).size() == neighbours(node).size());
    }

    @Override
    public RelayTree tree() {
        final Map<NodeId, Integer> numbers = new HashMap<>();
        nodes.forEach(node -> numbers.put(node.id(), numbers.size()));
        final List<CompletableFuture<PeerSets>> sets =
            nodes.stream().map(node -> node.peerSets(nodes.get(0).id())).toList();
        final int[] parents = new int[count()];
        final List<List<Integer>> children = new ArrayList<>();
        IntStream.range(0, count()).forEach(node -> children.add(new ArrayList<>()));
        final List<Integer> found = new ArrayList<>(List.of(0));
        final Set<Integer> seen = new TreeSet<>(found);
        for (int i = 0; i < found.size(); i++) {
            final int node = found.get(i);
            join(sets.get(node)).eager().stream().map(numbers::get).sorted().forEach(peer -> {
                if (seen.add(peer)) {
                    parents[peer] = node;
                    children.get(node).add(peer);
                    found.add(peer);
                } else if (peer != parents[node] || node == 0) {
                    // Pushed to twice: shown as a child of both, so that the tree is seen not to be one.
                    children.get(node).add(peer);
                }
            });
        }
        return new RelayTree(children.stream()
            .map(some -> some.stream().mapToInt(Integer::intValue).toArray()).toList());
    }

    @Override
    public void close() {
        nodes.forEach(PlumtreeNode::close);
    }
}
