package io.plumtree.protocol;

import io.plumtree.protocol.options.PlumtreeOptions;
import org.agrona.DirectBuffer;

/** A node without our engine: what the package's page shows. */
final class EmbeddedCore {
    private final Plumtree core;
    private final Broadcast broadcast = new Broadcast();
    private final MessageKey key = new MessageKey();
    private long nextTickNs;

    EmbeddedCore(final long self, final long[] members, final PlumtreeEffects effects, final long nowNs) {
        core = new Plumtree(self, new PlumtreeOptions(), effects, nowNs);
        core.start(members, members, new long[0]);
    }

    void onConnected(final long node, final long nowNs) {
        core.onLinkUp(core.peerIndex(node), nowNs);
    }

    void publish(final DirectBuffer id, final long nowNs) {
        broadcast.body(id, 0, id.capacity()).size(1, 0).id().wrap(id, 0, id.capacity());
        core.onBroadcast(broadcast, nowNs);
    }

    boolean onPayload(final long from, final long root, final int round, final DirectBuffer id, final long nowNs) {
        broadcast.body(id, 0, id.capacity()).size(1, 0).key().set(root, round, 0).id().wrap(id, 0, id.capacity());
        return core.onGossip(core.peerIndex(from), broadcast, nowNs);
    }

    void onControl(
        final ControlMessage type, final long from, final long root, final int round, final DirectBuffer id,
        final long nowNs) {
        key.set(root, round, 0).id().wrap(id, 0, id.capacity());
        core.onControl(type, core.peerIndex(from), key, nowNs);
    }

    void onCycle(final long nowNs) {
        core.onTimers(nowNs);
        if (nowNs - nextTickNs >= 0) {
            nextTickNs = nowNs + 20_000_000;
            core.onLazyTick(nowNs);
        }
    }

    long peer(final int index) {
        return core.peerId(index);
    }
}
