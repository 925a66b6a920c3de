package io.plumtree.protocol.membership;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes effects down as text, such as {@code neighbor b low}, and keeps the numbers of requests. */
final class RecordingMembershipEffects implements HyParViewEffects {
    private final List<String> effects = new ArrayList<>();
    private final Map<String, Long> nonces = new HashMap<>();
    List<NodeDescriptor> lastSample;

    /** What has happened since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    /** Number of the last request to a node or contact. */
    long nonce(final String to) {
        return nonces.get(to);
    }

    private static String name(final NodeDescriptor node) {
        return node.id().name() + (node.incarnation() == 1 ? "" : "." + node.incarnation());
    }

    private static String names(final List<NodeDescriptor> nodes) {
        return nodes.stream().map(RecordingMembershipEffects::name).sorted().collect(Collectors.joining(","));
    }

    @Override
    public void sendJoin(final String contact, final long nonce) {
        nonces.put(contact, nonce);
        effects.add("join " + contact);
    }

    @Override
    public void sendForwardJoin(final NodeDescriptor to, final NodeDescriptor joined, final int timeToLive) {
        effects.add("forward " + name(to) + " " + name(joined) + " " + timeToLive);
    }

    @Override
    public void sendNeighbor(final NodeDescriptor to, final long nonce, final boolean isHighPriority) {
        nonces.put(to.id().name(), nonce);
        effects.add("neighbor " + name(to) + (isHighPriority ? " high" : " low"));
    }

    @Override
    public void sendNeighborReply(final NodeDescriptor to, final long nonce, final boolean isAccepted) {
        effects.add("reply " + name(to) + " " + nonce + (isAccepted ? " yes" : " no"));
    }

    @Override
    public void sendDisconnect(final NodeDescriptor to, final boolean isLeaving) {
        effects.add("disconnect " + name(to) + (isLeaving ? " leaving" : ""));
    }

    @Override
    public void sendKnown(
        final NodeDescriptor to, final NodeDescriptor known, final boolean isLive, final long nonce) {
        effects.add("known " + name(to) + " " + known.incarnation() + (isLive ? " live" : ""));
    }

    @Override
    public void sendShuffle(
        final NodeDescriptor to, final NodeDescriptor origin, final int timeToLive, final List<NodeDescriptor> sample) {
        lastSample = List.copyOf(sample);
        effects.add("shuffle " + name(to) + " of " + name(origin) + " " + timeToLive);
    }

    @Override
    public void sendShuffleReply(final NodeDescriptor to, final List<NodeDescriptor> sample) {
        lastSample = List.copyOf(sample);
        effects.add("shuffled " + name(to) + " " + names(sample));
    }

    @Override
    public void onNeighborUp(final NodeDescriptor neighbour) {
        effects.add("up " + name(neighbour));
    }

    @Override
    public void onNeighborDown(final NodeDescriptor neighbour) {
        effects.add("down " + name(neighbour));
    }
}
