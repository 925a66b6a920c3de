package io.plumtree.protocol.flow;

import io.plumtree.protocol.PlumtreeEffects;
import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * Whether messages of one channel's handlers may go on now, and what that depends on.
 *
 * <p>A {@code may…} or {@code is…} only answers: whoever asks twice, or asks and then does nothing, has changed
 * nothing. What changes is told by an {@code on…}, and by {@link #update}. What was pushed to a peer and not
 * acknowledged is not told, but looked up in the {@link Backlog}.
 */
public interface FlowControl {
    /**
     * The flow control that the options ask for.
     *
     * @param self    value of this node's id.
     * @param channel the channel.
     * @param options the protocol's options.
     * @param effects the links' room, and how roots are told.
     * @param counter counts.
     * @param peers   the members.
     * @param backlog what is not acknowledged.
     * @param nowNs   the time.
     * @return {@link BackPressure}, or {@link Unlimited}.
     */
    static FlowControl of(
        final long self,
        final int channel,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final FlowCounter counter,
        final PeerLookup peers,
        final Backlog backlog,
        final long nowNs) {
        return options.flowControl().enabled() ?
            new BackPressure(self, channel, options, effects, counter, peers, backlog, nowNs) : new Unlimited(counter);
    }

    // ---- answers

    /** Whether this node may broadcast, as far as others have told it to slow down; as of the last update. */
    boolean mayBroadcast();

    /** Whether all peers of this node's own tree can take a broadcast. */
    boolean mayPush(TreeLinks tree, long nowNs);

    /** Whether all others of a root's tree can take what a peer has sent. */
    boolean mayRelay(TreeLinks tree, int from, long root, long nowNs);

    /** Whether what a peer has sent, and what can't be relayed, has waited enough. */
    boolean mayPass(int from, long nowNs);

    /** Whether something that a peer has sent waits: what is missing may be behind it. */
    boolean isWaiting(int from, long nowNs);

    /** Whether a connected peer holds others back since it is behind: when it was looked at last. */
    boolean isHolding(int peer);

    /** Whether a peer is so far behind that others have to wait for it, or would if they had not in vain. */
    boolean isLagging(int peer, long nowNs);

    // ---- time

    /** Time has passed: before a broadcast is asked for. */
    void update(long nowNs);

    // ---- broadcasts and relays

    /** A broadcast could be pushed. */
    void onPushFree(TreeLinks tree, long nowNs);

    /** A broadcast could not be pushed, and waits. */
    void onPushHeldBack(TreeLinks tree, long nowNs);

    /** So many messages of this node's own are broadcast as one. */
    void onBroadcast(int messageCount, long nowNs);

    /** What a peer has sent could be relayed. */
    void onRelayFree(TreeLinks tree, int from, long root, long nowNs);

    /** What a peer has sent could not be relayed; it waits, or passes. */
    void onRelayHeldBack(TreeLinks tree, int from, long root, long nowNs);

    /** What a peer has sent has waited in vain, and passes. */
    void onPassed(TreeLinks tree, int from, long root, int handler, long nowNs);

    /** A peer says that messages of a root come faster than all can take them in. */
    void onQuench(TreeLinks tree, int from, long root, int handler, long nowNs);

    // ---- peers

    /** Something that a peer lacks is not in its backlog any more: only an exchange will find it. */
    void onExchangeNeeded(int peer);

    /** An exchange with a peer has ended; the one that was needed, or one that brought it nearer. */
    void onExchanged(int peer, boolean isDone, long nowNs);

    /** A peer can be reached, with the backlog that it has. */
    void onLinkUp(int peer);

    /** A peer can't be reached. */
    void onLinkDown(int peer);

    /** A peer is no member any more. */
    void onPeerRemoved(int peer);
}
