package io.plumtree.benchmarks.rig;

import io.plumtree.transport.aeron.AeronTransportOptions;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/** Aeron and nothing else, along a tree that is given. */
final class RawNodes implements Nodes {
    private final RelayTree tree;
    private final RawNode[] nodes;
    private final UnsafeBuffer data;

    RawNodes(final Arrangement arrangement, final List<Integer> ports, final Deliveries deliveries) {
        tree = arrangement.tree();
        data = new UnsafeBuffer(new byte[arrangement.payloadLength()]);
        final AeronTransportOptions options = arrangement.transport();
        final List<RawNode> made = new ArrayList<>();
        try {
            for (int node = 0; node < tree.nodes(); node++) {
                made.add(
                    new RawNode(node, endpoint(ports, node), options, arrangement.frameLimit(), deliveries));
            }
            for (int node = 0; node < tree.nodes(); node++) {
                for (final int child : tree.children().get(node)) {
                    made.get(node).addChild(endpoint(ports, child));
                }
            }
        } catch (final RuntimeException ex) {
            CloseHelper.quietCloseAll(made);
            throw ex;
        }
        nodes = made.toArray(RawNode[]::new);
    }

    private static String endpoint(final List<Integer> ports, final int node) {
        return "127.0.0.1:" + ports.get(node);
    }

    @Override
    public NodesKind kind() {
        return NodesKind.RAW;
    }

    @Override
    public int count() {
        return nodes.length;
    }

    @Override
    public int doWork(final int node) {
        return nodes[node].doWork();
    }

    @Override
    public boolean publish(final long sequence, final long intendedNs) {
        SequenceHandler.begin(data, 0, sequence, intendedNs);
        return nodes[0].send(data, 0, data.capacity());
    }

    @Override
    public boolean isPublishing() {
        return nodes[0].isSending();
    }

    @Override
    public boolean isReady() {
        for (final RawNode node : nodes) {
            if (!node.isReady()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public RelayTree tree() {
        return tree;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(nodes);
    }
}
