package io.plumtree.simulator.cluster;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.membership.HyParView;
import io.plumtree.protocol.membership.HyParViewEffects;
import io.plumtree.protocol.membership.NodeDescriptor;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The membership of a node, which starts once; its endpoint is its number. */
final class HyParViewMember implements HyParViewEffects {
    final int index;
    final NodeDescriptor self;
    final HyParView view;
    final List<MemberLink> links = new ArrayList<>(8);
    long timerDueNs = Long.MAX_VALUE;
    private final Members members;

    HyParViewMember(
        final Members members, final int index, final HyParViewOptions options, final SplittableRandom random) {
        this.members = members;
        this.index = index;
        self = descriptor(index);
        view = new HyParView(self, options, random, this, members.nowNs());
    }

    static String endpoint(final int node) {
        return Integer.toString(node);
    }

    static NodeDescriptor descriptor(final int node) {
        return new NodeDescriptor(NodeId.of("n" + node), endpoint(node), 1);
    }

    static int index(final NodeDescriptor node) {
        return Integer.parseInt(node.endpoint());
    }

    MemberLink linkTo(final int node) {
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).to == node) {
                return links.get(i);
            }
        }
        return null;
    }

    private void send(final NodeDescriptor to, final MemberMessage message) {
        members.send(index, index(to), message);
    }

    @Override
    public void sendJoin(final String contact, final long nonce) {
        members.send(index, Integer.parseInt(contact), (to, nowNs) -> to.onJoin(self, nonce, nowNs));
    }

    @Override
    public void sendForwardJoin(final NodeDescriptor to, final NodeDescriptor joined, final int timeToLive) {
        send(to, (view, nowNs) -> view.onForwardJoin(self, joined, timeToLive, nowNs));
    }

    @Override
    public void sendNeighbor(final NodeDescriptor to, final long nonce, final boolean isHighPriority) {
        send(to, (view, nowNs) -> view.onNeighbor(self, nonce, isHighPriority, nowNs));
    }

    @Override
    public void sendNeighborReply(final NodeDescriptor to, final long nonce, final boolean isAccepted) {
        send(to, (view, nowNs) -> view.onNeighborReply(self, nonce, isAccepted, nowNs));
    }

    @Override
    public void sendDisconnect(final NodeDescriptor to, final boolean isLeaving) {
        send(to, (view, nowNs) -> view.onDisconnect(self, isLeaving, nowNs));
    }

    @Override
    public void sendKnown(
        final NodeDescriptor to, final NodeDescriptor known, final boolean isLive, final long nonce) {
        // Each run here is later than the one before.
    }

    @Override
    public void sendShuffle(
        final NodeDescriptor to, final NodeDescriptor origin, final int timeToLive, final List<NodeDescriptor> sample) {
        send(to, (view, nowNs) -> view.onShuffle(self, origin, timeToLive, sample, nowNs));
    }

    @Override
    public void sendShuffleReply(final NodeDescriptor to, final List<NodeDescriptor> sample) {
        send(to, (view, nowNs) -> view.onShuffleReply(self, sample, nowNs));
    }

    @Override
    public void onNeighborUp(final NodeDescriptor neighbour) {
        members.wanted(this, index(neighbour));
    }

    @Override
    public void onNeighborDown(final NodeDescriptor neighbour) {
        members.unwanted(this, neighbour);
    }
}
