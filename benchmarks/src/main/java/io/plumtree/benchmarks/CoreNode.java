package io.plumtree.benchmarks;

import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The core of a relay with one peer that messages come from, four eager ones they go to, and one lazy one: messages are
 * reused, effects are counted, and time is a field.
 */
final class CoreNode {
    private static final int ID_LENGTH = MessageFrame.ID_LENGTH;
    private static final int PAYLOAD_LENGTH = 64;
    private static final long SELF = 1;
    private static final long UPSTREAM = 2;
    private static final long LAZY = 7;
    private static final int HANDLER = 44;
    private static final int ROUND = 3;
    private static final long CYCLE_NS = 1_000;
    /** No divisor of a number of roots: trees are not used in the order in which they lie in memory. */
    private static final int STRIDE = 7_919;

    final CountingEffects effects = new CountingEffects();

    private final Plumtree plumtree;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[ID_LENGTH + PAYLOAD_LENGTH]);
    private final Broadcast broadcast = new Broadcast().body(message, 0, message.capacity()).size(1, PAYLOAD_LENGTH);
    private final MessageKey key = new MessageKey();
    private final long[] roots;
    private final int upstreamPeer;
    private final int lazyPeer;
    private int rootIndex;
    private long sequence;
    private long nowNs;

    /** A node with so many roots, each with a tree of its own. */
    CoreNode(final int rootCount) {
        // Whatever travels on the common tree would be followed by a flood, to the lazy peer too.
        final PlumtreeOptions options = new PlumtreeOptions().sharedTreeMessages(0).maxTrees(Math.max(1024, rootCount));
        plumtree = new Plumtree(SELF, options, effects, nowNs);
        plumtree.start(
            new long[] {SELF, UPSTREAM, 3, 4, 5, 6, LAZY}, new long[] {UPSTREAM, 3, 4, 5, 6}, new long[] {LAZY});
        for (int peer = 0; peer < plumtree.peerLimit(); peer++) {
            plumtree.onLinkUp(peer, nowNs);
        }
        upstreamPeer = plumtree.peerIndex(UPSTREAM);
        lazyPeer = plumtree.peerIndex(LAZY);
        // Spread out as ids of nodes are; none is a peer's.
        roots = LongStream.rangeClosed(1, rootCount).map(i -> i * 0x9e3779b97f4a7c15L).toArray();
        for (rootIndex = 0; rootIndex < rootCount; rootIndex++) {
            receive(roots[rootIndex]);
            acknowledge(roots[rootIndex]);
        }
        rootIndex = 0;
    }

    /** A new message, of the next root. */
    void receiveMessage() {
        rootIndex = (rootIndex + STRIDE) % roots.length;
        receive(roots[rootIndex]);
    }

    /** The lazy peer acknowledges the last message, as it would the announcement. */
    void acknowledge() {
        acknowledge(roots[rootIndex]);
    }

    int outstanding() {
        return plumtree.outstandingCount(lazyPeer);
    }

    /** Fails unless each message was merged, pushed to four, and acknowledged. */
    void check() {
        Receivers.check("merged", sequence, effects.merged);
        Receivers.check("pushed", 4 * sequence, effects.pushed);
        Receivers.check("other effects", 0, effects.others);
        Receivers.check("outstanding", 0, outstanding());
    }

    private void receive(final long root) {
        nowNs += CYCLE_NS;
        message.putLong(0, ++sequence);
        broadcast.key().set(root, ROUND, HANDLER).id().wrap(message, 0, ID_LENGTH);
        plumtree.onGossip(upstreamPeer, broadcast, nowNs);
    }

    private void acknowledge(final long root) {
        key.set(root, ROUND + 1, HANDLER).id().wrap(message, 0, ID_LENGTH);
        plumtree.onControl(ControlMessage.IGNORED_I_HAVE, lazyPeer, key, nowNs);
    }
}
