package io.plumtree.protocol;

import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.Arrays;

/**
 * The protocol of one node: "Epidemic Broadcast Trees" (Leitao, Pereira, Rodrigues 2007) with a tree for each root,
 * as the reference ({@code partisan_plumtree_broadcast}, Partisan 5) has it, and what {@link PlumtreeOptions} adds.
 *
 * <p>Events come in with the time, effects go out through {@link PlumtreeEffects}, never later than the call that
 * caused them. For one thread. Times are compared by subtraction and may have any origin.
 */
public final class Plumtree {
    private final long self;
    private final PlumtreeOptions options;
    private final PlumtreeEffects effects;
    private final ProtocolCounters counters = new ProtocolCounters();
    private final MemberIndexes peers;
    private final Trees trees;
    private final RingClosure ring;
    private final int[] channelByHandler;
    private final Channel[] channels;

    /**
     * A node without members, whose handlers are all on one channel, whatever their numbers.
     *
     * @param self    value of this node's id.
     * @param options the protocol's options; checked here.
     * @param effects what it does to the world.
     * @param nowNs   the time.
     * @throws IllegalArgumentException if an option is out of its range.
     */
    public Plumtree(final long self, final PlumtreeOptions options, final PlumtreeEffects effects, final long nowNs) {
        this(self, options, effects, new int[0], nowNs);
    }

    /**
     * A node without members. What the options bound, but for peers and trees, they bound for each channel.
     *
     * @param self            value of this node's id.
     * @param options         the protocol's options; checked here.
     * @param effects         what it does to the world.
     * @param handlerChannels the channel of each handler, by the handler's number, all from 0 on; empty if all are on
     *                        one.
     * @param nowNs           the time.
     * @throws IllegalArgumentException if an option is out of its range.
     */
    public Plumtree(
        final long self,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final int[] handlerChannels,
        final long nowNs) {
        this.self = self;
        this.options = options.conclude();
        this.effects = effects;
        peers = new MemberIndexes(self, options.maxPeers());
        trees = new Trees(
            options.maxPeers(), options.maxTrees(), options.pruneGraceNs(), options.sharedTreeMessages(), nowNs);
        ring = new RingClosure(options.closeRing(), peers, trees, counters, nowNs);
        channelByHandler = handlerChannels.clone();
        channels = new Channel[Arrays.stream(handlerChannels).max().orElse(0) + 1];
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel] = new Channel(channel, self, options, effects, counters, peers, trees, nowNs);
        }
    }

    private Channel channel(final MessageKey key) {
        return channel(key.handler());
    }

    private Channel channel(final int handler) {
        return channels.length == 1 ? channels[0] : channels[channelByHandler[handler]];
    }

    // ---- members and links

    /**
     * Starts with given sets (the reference's {@code start_link/5}).
     *
     * @param members every member, this node included or not.
     * @param eagers  first eager peers of every tree; this node is ignored.
     * @param lazys   first lazy peers of every tree; this node is ignored.
     * @throws IllegalArgumentException if there are more members than allowed, or a peer is not among them.
     * @throws IllegalStateException    if it has started.
     */
    public void start(final long[] members, final long[] eagers, final long[] lazys) {
        if (peers.count() > 0) {
            throw new IllegalStateException("already started");
        }
        for (final long member : members) {
            peers.addNew(member);
        }
        for (final long eager : eagers) {
            if (eager != self) {
                trees.common().makeEager(peers.require(eager));
            }
        }
        for (final long lazy : lazys) {
            if (lazy != self) {
                trees.common().makeLazy(peers.require(lazy));
            }
        }
    }

    /**
     * Takes over a new set of members (the reference's {@code update/1}). New members become eager peers in every
     * tree; removed ones vanish. The index of a removed member may be given to another one.
     *
     * @param members every member, this node included or not.
     * @param nowNs   the time.
     * @throws IllegalArgumentException if there are more members than allowed; nothing has changed then.
     */
    public void update(final long[] members, final long nowNs) {
        final long[] sorted = Arrays.stream(members).sorted().distinct().toArray();
        peers.checkCount(sorted);
        for (int peer = peers.limit() - 1; peer >= 0; peer--) {
            if (peers.isMember(peer) && Arrays.binarySearch(sorted, peers.id(peer)) < 0) {
                removeMember(peer, nowNs);
            }
        }
        boolean reset = options.resetTreesOnJoin();
        for (final long member : members) {
            final int peer = peers.addNew(member);
            if (peer != Peers.NO_PEER) {
                if (reset) {
                    trees.forgetRoots();
                    reset = false;
                }
                trees.makeEagerEverywhere(peer);
            }
        }
    }

    /** The reference's {@code neighbors_down}. */
    private void removeMember(final int peer, final long nowNs) {
        lose(peer, nowNs);
        trees.removeEverywhere(peer);
        for (final Channel channel : channels) {
            channel.removePeer(peer);
        }
        peers.remove(peer);
    }

    /**
     * Whether a connected peer takes messages in too slowly: so many are on their way to it that it holds others up, or
     * did until nobody waited for it any more.
     *
     * @param peer  index of the peer.
     * @param nowNs the time.
     * @return true if so, on one channel at least.
     */
    public boolean isLagging(final int peer, final long nowNs) {
        for (final Channel channel : channels) {
            if (channel.flow.isLagging(peer, nowNs)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Index of a member.
     *
     * @param nodeId value of its id.
     * @return 0 or more, below {@link PlumtreeOptions#maxPeers()}; {@link Peers#NO_PEER} if it is no member, or this
     *     node.
     */
    public int peerIndex(final long nodeId) {
        return peers.indexOf(nodeId);
    }

    /**
     * One above the highest index of a member.
     *
     * @return the limit; 0 if there is no member.
     */
    public int peerLimit() {
        return peers.limit();
    }

    /**
     * Id of a member.
     *
     * @param peer index of the member.
     * @return value of its id.
     */
    public long peerId(final int peer) {
        return peers.id(peer);
    }

    /**
     * A peer can be reached, again or in a new incarnation; links are down at the start. What was recent is announced
     * to it where it is a peer of the root's tree.
     *
     * @param peer  index of the peer.
     * @param nowNs the time.
     */
    public void onLinkUp(final int peer, final long nowNs) {
        if (peers.isMember(peer) && !peers.isConnected(peer)) {
            peers.connected(peer, true);
            ring.onLinkUp(nowNs);
            trees.linkChanged(peer);
            for (final Channel channel : channels) {
                channel.lazyPush.onLinkUp(peer, nowNs);
            }
        }
    }

    /**
     * A peer that can be reached can be on one channel again, on which payloads may have been lost: they are announced
     * as if the link itself had come up.
     *
     * @param peer    index of the peer.
     * @param channel the channel.
     * @param nowNs   the time.
     */
    public void onChannelUp(final int peer, final int channel, final long nowNs) {
        if (peers.isMember(peer) && peers.isConnected(peer)) {
            channels[channel].lazyPush.onLinkUp(peer, nowNs);
        }
    }

    /**
     * A peer can't be reached. It keeps its place in the trees; what would be pushed to it is announced when it is
     * back.
     *
     * @param peer  index of the peer.
     * @param nowNs the time.
     */
    public void onLinkDown(final int peer, final long nowNs) {
        if (peers.isMember(peer) && peers.isConnected(peer)) {
            lose(peer, nowNs);
        }
    }

    /**
     * An exchange with a peer has ended that was started here.
     *
     * @param peer   index of the peer.
     * @param isDone whether it has brought all that it could, so that another one that was asked for by
     *               {@link PlumtreeEffects#onExchangeNeeded} is not to follow.
     * @param nowNs  the time.
     */
    public void onExchanged(final int peer, final boolean isDone, final long nowNs) {
        for (final Channel channel : channels) {
            channel.flow.onExchanged(peer, isDone, nowNs);
        }
    }

    private void lose(final int peer, final long nowNs) {
        peers.connected(peer, false);
        trees.linkChanged(peer);
        for (final Channel channel : channels) {
            channel.onLinkDown(peer, nowNs);
        }
        closeRing(nowNs);
    }

    private void closeRing(final long nowNs) {
        final int successor = ring.close();
        if (successor != Peers.NO_PEER) {
            announceRecent(successor, nowNs);
        }
    }

    private void announceRecent(final int peer, final long nowNs) {
        for (final Channel channel : channels) {
            channel.lazyPush.announceRecent(peer, nowNs);
        }
    }

    // ---- payloads

    /**
     * A broadcast of this node's own is due; to be told before the handler is told of it.
     *
     * @param handler the handler.
     * @param nowNs   the time.
     * @return false if it has to wait for a peer that is back-pressured, or behind with its acknowledgements, on the
     *     handler's channel; or since another node has told this one to slow down: tell it again later.
     */
    public boolean onBroadcastDue(final int handler, final long nowNs) {
        return channel(handler).onBroadcastDue(nowNs);
    }

    /**
     * A broadcast of this node's own; the handler has it already.
     *
     * @param broadcast the broadcast; its root and round are set here.
     * @param nowNs     the time.
     */
    public void onBroadcast(final Broadcast broadcast, final long nowNs) {
        if (isIdTooLong(broadcast.key())) {
            return;
        }
        broadcast.key().set(self, 0, broadcast.key().handler());
        channel(broadcast.key()).onBroadcast(broadcast, nowNs);
    }

    /**
     * Payloads from a peer.
     *
     * @param from      index of the peer.
     * @param broadcast what it has sent.
     * @param nowNs     the time.
     * @return false if it was not consumed, because it could not be passed on now: give it again later.
     */
    public boolean onGossip(final int from, final Broadcast broadcast, final long nowNs) {
        final MessageKey key = broadcast.key();
        if (isIdTooLong(key)) {
            return true;
        }
        final Channel channel = channel(key);
        if (!channel.onPayloadDue(from, key, nowNs)) {
            return false;
        }
        final boolean wasUnlinked = trees.common().isUnlinked(from);
        switch (effects.merge(broadcast)) {
            case PlumtreeEffects.NEW -> {
                final int missed = channel.onNew(from, key, nowNs);
                welcome(from, wasUnlinked, nowNs);
                channel.relay(from, broadcast, missed, nowNs);
            }
            case PlumtreeEffects.STALE -> {
                channel.onDuplicate(from, key, nowNs);
                welcome(from, wasUnlinked, nowNs);
                channel.lazyPush.acknowledgeImplied(from, key);
            }
            // A failing handler says nothing of the link, which stays as it is (the reference would prune it).
            default -> counters.increment(ProtocolCounter.MERGE_FAILURES);
        }
        return true;
    }

    /** A link that the common tree did not have: what was recent has not been told there. */
    private void welcome(final int peer, final boolean wasUnlinked, final long nowNs) {
        if (wasUnlinked && !trees.common().isUnlinked(peer)) {
            announceRecent(peer, nowNs);
        }
    }

    // ---- control messages, timers

    /**
     * A control message from a peer.
     *
     * @param type  which one.
     * @param from  index of the peer.
     * @param key   the message that it names; its root is {@link Roots#COMMON_TREE} where a prune or an adoption is
     *              about the common tree.
     * @param nowNs the time.
     */
    public void onControl(final ControlMessage type, final int from, final MessageKey key, final long nowNs) {
        if (isIdTooLong(key)) {
            return;
        }
        final Channel channel = channel(key);
        switch (type) {
            case I_HAVE -> channel.onIHave(from, key, nowNs);
            case IGNORED_I_HAVE -> channel.lazyPush.acknowledge(from, key);
            case GRAFT -> channel.onGraft(from, key);
            case ADOPT -> trees.onAdoptReceived(key.root(), from);
            case GRAFT_FAILED -> channel.grafting.onGraftFailed(from, key, nowNs);
            case PRUNE -> {
                counters.increment(ProtocolCounter.PRUNES_RECEIVED);
                if (channel.isPruneValid(from, key)) {
                    final boolean wasUnlinked = trees.common().isUnlinked(from);
                    trees.onPruneReceived(key.root(), from, nowNs);
                    welcome(from, wasUnlinked, nowNs);
                }
                channel.lazyPush.acknowledgeImplied(from, key);
            }
            default -> throw new IllegalArgumentException("unknown control message: " + type);
        }
    }

    /**
     * Graft timers: every duty cycle.
     *
     * @param nowNs the time.
     * @return how many expired; bounded.
     */
    public int onTimers(final long nowNs) {
        int expired = 0;
        for (final Channel channel : channels) {
            expired += channel.grafting.onTimers(nowNs);
        }
        return expired;
    }

    /**
     * Whether a graft timer is running, for those who have the time move from event to event.
     *
     * @return false if {@link #onTimers} has nothing to do until the next event.
     */
    public boolean hasTimers() {
        for (final Channel channel : channels) {
            if (channel.grafting.hasTimers()) {
                return true;
            }
        }
        return false;
    }

    /**
     * When the first graft timer expires; only valid if there is one ({@link #hasTimers}).
     *
     * @return a time, in nanoseconds of the clock of all times here.
     */
    public long timerDeadlineNs() {
        long firstNs = 0;
        boolean isFound = false;
        for (final Channel channel : channels) {
            if (channel.grafting.hasTimers()) {
                final long deadlineNs = channel.grafting.timerDeadlineNs();
                firstNs = !isFound || deadlineNs - firstNs < 0 ? deadlineNs : firstNs;
                isFound = true;
            }
        }
        return firstNs;
    }

    /**
     * Whether there is so much to announce and to acknowledge that the next lazy tick should come at once.
     *
     * @return true if so.
     */
    public boolean isLazyTickEarly() {
        for (final Channel channel : channels) {
            if (channel.lazyPush.isTickEarly()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Announces what is outstanding: every lazy tick.
     *
     * @param nowNs the time.
     * @return how many announcements were made; bounded.
     */
    public int onLazyTick(final long nowNs) {
        if (ring.onTick(nowNs)) {
            closeRing(nowNs);
        }
        int announced = 0;
        for (final Channel channel : channels) {
            announced += channel.onLazyTick(nowNs);
        }
        return announced;
    }

    /**
     * How long until a lazy tick has something to do; for those who run the core on virtual time.
     *
     * @param nowNs the time.
     * @return nanoseconds; {@link Long#MAX_VALUE} if it will have nothing to do before something else happens.
     */
    public long lazyTickWaitNs(final long nowNs) {
        long waitNs = ring.waitNs(nowNs);
        for (final Channel channel : channels) {
            waitNs = Math.min(waitNs, channel.lazyTickWaitNs(nowNs));
        }
        return waitNs;
    }

    /**
     * A peer says that messages of a root come faster than all can take them in.
     *
     * @param from    index of the peer.
     * @param root    the root: this node, or one to be told by it.
     * @param handler a handler on the channel of those messages.
     * @param nowNs   the time.
     */
    public void onQuench(final int from, final long root, final int handler, final long nowNs) {
        channel(handler).onQuench(from, root, handler, nowNs);
    }

    private boolean isIdTooLong(final MessageKey key) {
        if (key.id().length() > options.maxIdLength()) {
            counters.increment(ProtocolCounter.IDS_TOO_LONG);
            return true;
        }
        return false;
    }

    // ---- inspection

    /**
     * Whether a peer is eager in a root's tree.
     *
     * @param root the root.
     * @param peer index of the peer.
     * @return true if so.
     */
    public boolean isEager(final long root, final int peer) {
        return trees.peek(root).isEager(peer);
    }

    /**
     * Whether a peer is lazy in a root's tree.
     *
     * @param root the root.
     * @param peer index of the peer.
     * @return true if so.
     */
    public boolean isLazy(final long root, final int peer) {
        return trees.peek(root).isLazy(peer);
    }

    /**
     * Shows every outstanding entry.
     *
     * @param consumer is shown them, by channel and peer.
     */
    public void forEachOutstanding(final OutstandingConsumer consumer) {
        for (final Channel channel : channels) {
            channel.lazyPush.forEachOutstanding(consumer);
        }
    }

    /**
     * How many announcements to a peer are outstanding.
     *
     * @param peer index of the peer.
     * @return entries.
     */
    public int outstandingCount(final int peer) {
        int count = 0;
        for (final Channel channel : channels) {
            count += channel.lazyPush.outstandingCount(peer);
        }
        return count;
    }

    /**
     * How many announcements are outstanding, to all peers.
     *
     * @return entries.
     */
    public int outstandingCount() {
        int count = 0;
        for (final Channel channel : channels) {
            count += channel.lazyPush.outstandingCount();
        }
        return count;
    }

    /**
     * How many acknowledgements wait for others to share a frame with.
     *
     * @return acknowledgements.
     */
    public int pendingAcknowledgementCount() {
        int count = 0;
        for (final Channel channel : channels) {
            count += channel.acknowledgements.size();
        }
        return count;
    }

    /**
     * How many announced messages are waited for.
     *
     * @return messages.
     */
    public int missingCount() {
        int count = 0;
        for (final Channel channel : channels) {
            count += channel.grafting.missingCount();
        }
        return count;
    }

    /**
     * How many roots have a tree of their own.
     *
     * @return trees.
     */
    public int treeCount() {
        return trees.size();
    }

    /**
     * The value of a counter.
     *
     * @param counter the counter.
     * @return its value.
     */
    public long counter(final ProtocolCounter counter) {
        return counter == ProtocolCounter.TREE_EVICTIONS ? trees.evictions() : counters.get(counter);
    }
}
