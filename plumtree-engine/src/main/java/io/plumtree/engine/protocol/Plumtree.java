package io.plumtree.engine.protocol;

import org.agrona.DirectBuffer;

/**
 * The protocol of one node. SKELETON: signatures only, the body follows.
 */
public final class Plumtree {
    /** No such peer. */
    public static final int NO_PEER = -1;

    /**
     * A node that has not started.
     *
     * @param self    value of this node's id.
     * @param options the protocol's options, checked.
     * @param effects what it does to the world.
     */
    public Plumtree(final long self, final PlumtreeOptions options, final PlumtreeEffects effects) {
    }

    /**
     * Starts with given sets (the reference's {@code start_link/5}).
     *
     * @param members every member, this node included or not.
     * @param eagers  first eager peers of every tree.
     * @param lazys   first lazy peers of every tree.
     */
    public void start(final long[] members, final long[] eagers, final long[] lazys) {
    }

    /**
     * Takes over a new set of members (the reference's {@code update/1}). New ones get a peer index; the indexes of
     * removed ones may be given to others.
     *
     * @param members every member.
     * @param nowNs   the time.
     */
    public void update(final long[] members, final long nowNs) {
    }

    /**
     * Index of a member.
     *
     * @param nodeId value of its id.
     * @return 0 or more, below {@link PlumtreeOptions#maxPeers()}; {@link #NO_PEER} if it is no member, or this node.
     */
    public int peerIndex(final long nodeId) {
        return NO_PEER;
    }

    /**
     * Whether a broadcast of this node's own can be pushed now; ask before the handler is told of it.
     *
     * @return false if it has to wait.
     */
    public boolean canBroadcast() {
        return true;
    }

    /**
     * A broadcast of this node's own; the handler has it already.
     *
     * @param handler       the handler.
     * @param buffer        holds id and payload.
     * @param idOffset      where the id starts.
     * @param idLength      its length in bytes.
     * @param payloadOffset where the payload starts.
     * @param payloadLength its length in bytes.
     * @param nowNs         the time.
     */
    public void onBroadcast(
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength,
        final long nowNs) {
    }

    /**
     * A payload from a peer.
     *
     * @param from          index of the peer.
     * @param root          the message's root.
     * @param round         the round.
     * @param handler       the handler.
     * @param buffer        holds id and payload.
     * @param idOffset      where the id starts.
     * @param idLength      its length in bytes.
     * @param payloadOffset where the payload starts.
     * @param payloadLength its length in bytes.
     * @param nowNs         the time.
     * @return false if it was not consumed, because it could not be passed on: give it again later.
     */
    public boolean onGossip(
        final int from,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength,
        final long nowNs) {
        return true;
    }

    /** See {@link PlumtreeEffects#sendIHave}. */
    public void onIHave(
        final int from, final long root, final int round, final int handler,
        final DirectBuffer buffer, final int idOffset, final int idLength, final long nowNs) {
    }

    /** See {@link PlumtreeEffects#sendIgnoredIHave}. */
    public void onIgnoredIHave(
        final int from, final long root, final int round, final int handler,
        final DirectBuffer buffer, final int idOffset, final int idLength, final long nowNs) {
    }

    /** See {@link PlumtreeEffects#sendGraft}. */
    public void onGraft(
        final int from, final long root, final int round, final int handler,
        final DirectBuffer buffer, final int idOffset, final int idLength, final long nowNs) {
    }

    /** See {@link PlumtreeEffects#sendGraftFailed}. */
    public void onGraftFailed(
        final int from, final long root, final int round, final int handler,
        final DirectBuffer buffer, final int idOffset, final int idLength, final long nowNs) {
    }

    /** See {@link PlumtreeEffects#sendPrune}. */
    public void onPrune(
        final int from, final long root, final int round, final int handler,
        final DirectBuffer buffer, final int idOffset, final int idLength, final long nowNs) {
    }

    /** The peer can be reached (again, or in a new incarnation). Links are down at the start. */
    public void onLinkUp(final int peer, final long nowNs) {
    }

    /** The peer can't be reached. */
    public void onLinkDown(final int peer, final long nowNs) {
    }

    /** Graft timers: every duty cycle. Returns the work done. */
    public int onTimers(final long nowNs) {
        return 0;
    }

    /** Announces what is outstanding: every lazy tick. Returns the work done. */
    public int onLazyTick(final long nowNs) {
        return 0;
    }

    /** Whether the peer is eager in the root's tree. */
    public boolean isEager(final long root, final int peer) {
        return false;
    }

    /** Whether the peer is lazy in the root's tree. */
    public boolean isLazy(final long root, final int peer) {
        return false;
    }

    /** The value of a counter. */
    public long counter(final ProtocolCounter counter) {
        return 0;
    }
}
