package io.plumtree.protocol;

import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The protocol of one node: "Epidemic Broadcast Trees" (Leitao, Pereira, Rodrigues 2007) with a tree for each root,
 * as the reference ({@code partisan_plumtree_broadcast}, Partisan 5) has it, and what {@link PlumtreeOptions} adds.
 *
 * <p>Events come in with the time, effects go out through {@link PlumtreeEffects}, never later than the call that
 * caused them. For one thread. Times are compared by subtraction and may have any origin.
 */
public final class Plumtree {
    /** A successor that has not come so long after others have is taken for one that is not there. */
    private static final long RING_DELAY_NS = TimeUnit.SECONDS.toNanos(2);

    private final long self;
    private final PlumtreeOptions options;
    private final PlumtreeEffects effects;
    private final ProtocolCounters counters = new ProtocolCounters();
    private final MemberIndexes peers;
    private final Trees trees;
    private final int[] channels;
    private final Lane[] lanes;
    private long ringCheckNs;
    private boolean isRingCheckDue = true;

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
     * @param self     value of this node's id.
     * @param options  the protocol's options; checked here.
     * @param effects  what it does to the world.
     * @param channels the channel of each handler, by the handler's number, all from 0 on; empty if all are on one.
     * @param nowNs    the time.
     * @throws IllegalArgumentException if an option is out of its range.
     */
    public Plumtree(
        final long self,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final int[] channels,
        final long nowNs) {
        this.self = self;
        this.options = options.conclude();
        this.effects = effects;
        peers = new MemberIndexes(self, options.maxPeers());
        trees = new Trees(
            options.maxPeers(), options.maxTrees(), options.pruneGraceNs(), options.sharedTreeMessages(), nowNs);
        this.channels = channels.clone();
        lanes = new Lane[Arrays.stream(channels).max().orElse(0) + 1];
        for (int channel = 0; channel < lanes.length; channel++) {
            lanes[channel] = new Lane(channel, self, options, effects, counters, peers, trees, nowNs);
        }
        ringCheckNs = nowNs + RING_DELAY_NS;
    }

    private Lane lane(final int handler) {
        return lanes.length == 1 ? lanes[0] : lanes[channels[handler]];
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
            addMember(member);
        }
        for (final long eager : eagers) {
            if (eager != self) {
                trees.common().makeEager(requirePeer(eager));
            }
        }
        for (final long lazy : lazys) {
            if (lazy != self) {
                trees.common().makeLazy(requirePeer(lazy));
            }
        }
    }

    private int requirePeer(final long nodeId) {
        final int peer = peers.indexOf(nodeId);
        if (peer == Peers.NO_PEER) {
            throw new IllegalArgumentException("not a member: " + Long.toHexString(nodeId));
        }
        return peer;
    }

    /** Adds a member; its index, or NO_PEER if there is nothing to add. */
    private int addMember(final long nodeId) {
        return nodeId == self || peers.indexOf(nodeId) != Peers.NO_PEER ? Peers.NO_PEER : peers.add(nodeId);
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
        checkCount(sorted);
        for (int peer = peers.limit() - 1; peer >= 0; peer--) {
            if (peers.isMember(peer) && Arrays.binarySearch(sorted, peers.id(peer)) < 0) {
                removeMember(peer, nowNs);
            }
        }
        boolean reset = options.resetTreesOnJoin();
        for (final long member : members) {
            final int peer = addMember(member);
            if (peer != Peers.NO_PEER) {
                if (reset) {
                    trees.forgetRoots();
                    reset = false;
                }
                trees.makeEagerEverywhere(peer);
            }
        }
    }

    private void checkCount(final long[] sorted) {
        final int count = Arrays.binarySearch(sorted, self) < 0 ? sorted.length : sorted.length - 1;
        if (count > options.maxPeers()) {
            throw new IllegalArgumentException(
                count + " members beside this node are more than maxPeers, which is " + options.maxPeers());
        }
    }

    /** The reference's {@code neighbors_down}. */
    private void removeMember(final int peer, final long nowNs) {
        lose(peer, nowNs);
        trees.removeEverywhere(peer);
        for (final Lane lane : lanes) {
            lane.lazyPush.removePeer(peer);
            lane.acknowledgements.removePeer(peer);
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
        for (final Lane lane : lanes) {
            if (lane.lazyPush.isLagging(peer, nowNs)) {
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
            if (!isRingCheckDue) {
                isRingCheckDue = true;
                ringCheckNs = nowNs + RING_DELAY_NS;
            }
            trees.linkChanged(peer);
            for (final Lane lane : lanes) {
                lane.lazyPush.onLinkUp(peer, nowNs);
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
            lanes[channel].lazyPush.onLinkUp(peer, nowNs);
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
        for (final Lane lane : lanes) {
            lane.lazyPush.onExchanged(peer, isDone, nowNs);
        }
    }

    private void lose(final int peer, final long nowNs) {
        peers.connected(peer, false);
        trees.linkChanged(peer);
        for (final Lane lane : lanes) {
            lane.hold.onFree(peer);
            lane.grafting.onLinkDown(peer, nowNs);
        }
        closeRing(nowNs);
    }

    /** Makes sure of a link to the next member that can be reached, in every tree. */
    private void closeRing(final long nowNs) {
        final int successor = options.closeRing() ? peers.successor() : Peers.NO_PEER;
        if (successor != Peers.NO_PEER && trees.linkEverywhere(successor) > 0) {
            counters.increment(ProtocolCounter.LINKS_PATCHED);
            for (final Lane lane : lanes) {
                lane.lazyPush.announceRecent(successor, nowNs);
            }
        }
    }

    // ---- payloads

    /**
     * Whether a broadcast of this node's own can be pushed now; to be asked before the handler is told of it.
     *
     * @param handler the handler.
     * @param nowNs   the time.
     * @return false if it has to wait for a peer that is back-pressured, or behind with its acknowledgements, on the
     *     handler's channel; or since another node has told this one to slow down.
     */
    public boolean canBroadcast(final int handler, final long nowNs) {
        final Lane lane = lane(handler);
        if (!lane.quench.limit().isOpen(nowNs)) {
            return false;
        }
        final Tree tree = trees.use(self);
        for (int word = 0; word < trees.words(); word++) {
            final long eagers = tree.eagerWord(word);
            for (long bits = eagers | tree.lazyWord(word); bits != 0; bits &= bits - 1) {
                final int peer = (word << 6) + Long.numberOfTrailingZeros(bits);
                if ((eagers & 1L << peer) != 0 && !effects.isAdmissible(peer, lane.channel)
                    || lane.lazyPush.isBehind(peer, nowNs)) {
                    return false;
                }
            }
        }
        return true;
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
        final int handler = broadcast.key().handler();
        broadcast.key().set(self, 0, handler);
        counters.increment(ProtocolCounter.BROADCASTS);
        trees.newMessage(self, Peers.NO_PEER, nowNs);
        lane(handler).quench.limit().onBroadcast(broadcast.count(), nowNs);
        push(Peers.NO_PEER, 0, broadcast, MissingMessages.NONE, nowNs);
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
        final long root = key.root();
        final Lane lane = lane(key.handler());
        if (canRelay(lane, from, root, nowNs)) {
            lane.hold.onFree(from);
        } else if (lane.hold.mayPass(from, nowNs)) {
            lane.quench.send(from, root, key.handler(), nowNs);
        } else {
            return false;
        }
        final boolean wasUnlinked = trees.common().isUnlinked(from);
        switch (effects.merge(broadcast)) {
            case PlumtreeEffects.NEW -> {
                counters.increment(ProtocolCounter.DELIVERIES);
                final int missed = lane.grafting.find(key);
                trees.newMessage(root, from, nowNs);
                lane.pruning.onNew(from, key, nowNs);
                lane.grafting.measure(missed, from, root, nowNs);
                welcome(from, wasUnlinked, nowNs);
                final int faster = lane.grafting.optimise(missed, from, key, nowNs);
                if (faster != Peers.NO_PEER && trees.isQuiet(root) && lane.grafting.missingCount() == 1) {
                    lane.pruning.prune(from, root, key, nowNs);
                }
                push(from, key.round() + 1, broadcast, missed, nowNs);
                if (faster != Peers.NO_PEER) {
                    lane.lazyPush.source(faster, key);
                }
                if (missed != MissingMessages.NONE) {
                    lane.grafting.onArrived(missed, nowNs);
                }
            }
            case PlumtreeEffects.STALE -> {
                counters.increment(ProtocolCounter.DUPLICATES);
                lane.pruning.onDuplicate(from, key, nowNs);
                welcome(from, wasUnlinked, nowNs);
                lane.lazyPush.acknowledgeImplied(from, key);
            }
            // A failing handler says nothing of the link, which stays as it is (the reference would prune it).
            default -> counters.increment(ProtocolCounter.MERGE_FAILURES);
        }
        return true;
    }

    /** A link that the common tree did not have: what was recent has not been told there. */
    private void welcome(final int peer, final boolean wasUnlinked, final long nowNs) {
        if (wasUnlinked && !trees.common().isUnlinked(peer)) {
            for (final Lane lane : lanes) {
                lane.lazyPush.announceRecent(peer, nowNs);
            }
        }
    }

    private boolean canRelay(final Lane lane, final int from, final long root, final long nowNs) {
        final Tree tree = trees.use(root);
        final int rootPeer = peers.indexOf(root);
        boolean isBehind = false;
        for (int word = 0; word < trees.words(); word++) {
            final long eagers = tree.eagerWord(word);
            for (long bits = eagers | tree.lazyWord(word); bits != 0; bits &= bits - 1) {
                final int peer = (word << 6) + Long.numberOfTrailingZeros(bits);
                if (peer != from && peer != rootPeer) {
                    if ((eagers & 1L << peer) != 0 && !effects.isWritable(peer, lane.channel)) {
                        return false;
                    }
                    isBehind |= lane.lazyPush.isBehind(peer, nowNs);
                }
            }
        }
        return !isBehind;
    }

    /**
     * Eager push and the recording of lazy pushes (the reference's {@code eager_push} and
     * {@code schedule_lazy_push}). Nothing goes to the sender, to the root, or to who has announced it.
     */
    private void push(
        final int from, final int round, final Broadcast broadcast, final int missed, final long nowNs) {
        final long root = broadcast.key().root();
        final Lane lane = lane(broadcast.key().handler());
        final LazyPush lazyPush = lane.lazyPush;
        Tree tree = trees.use(root);
        final int rootPeer = peers.indexOf(root);
        final int slot = lazyPush.beginMessage(broadcast, round, from, nowNs);
        for (int word = 0; word < trees.words(); word++) {
            final long eagers = tree.eagerWord(word);
            for (long bits = eagers | tree.lazyWord(word); bits != 0; bits &= bits - 1) {
                final int peer = (word << 6) + Long.numberOfTrailingZeros(bits);
                if (peer == from || peer == rootPeer) {
                    continue;
                }
                if (lane.grafting.hasAnnounced(missed, peer)) {
                    tree = peer == tree.parent() ? tree : trees.onAnnouncedAsWell(root, peer, nowNs);
                } else if (peer == tree.parent()) {
                    // The payload came from another peer, and will come from the parent too.
                    lazyPush.record(peer, slot, nowNs);
                } else if ((eagers & 1L << peer) == 0) {
                    lazyPush.record(peer, slot, nowNs);
                } else if (effects.sendGossip(peer, round, broadcast)) {
                    counters.increment(ProtocolCounter.PUSHES);
                    tree.onPushed(peer, nowNs);
                } else {
                    lazyPush.defer(peer, slot, nowNs);
                }
            }
        }
        lazyPush.endMessage(slot);
    }

    // ---- control messages, timers

    /**
     * A control message from a peer.
     *
     * @param type  which one.
     * @param from  index of the peer.
     * @param key   the message that it names; with {@link Roots#COMMON_TREE} as the root in a prune of the common tree.
     * @param nowNs the time.
     */
    public void onControl(final ControlMessage type, final int from, final MessageKey key, final long nowNs) {
        if (isIdTooLong(key)) {
            return;
        }
        switch (type) {
            case I_HAVE -> onIHave(from, key, nowNs);
            case IGNORED_I_HAVE -> lane(key.handler()).lazyPush.acknowledge(from, key);
            case GRAFT -> onGraft(from, key);
            case ADOPT -> trees.onAdoptReceived(key.root(), from);
            case GRAFT_FAILED -> lane(key.handler()).grafting.onGraftFailed(from, key, nowNs);
            case PRUNE -> {
                counters.increment(ProtocolCounter.PRUNES_RECEIVED);
                final LazyPush lazyPush = lane(key.handler()).lazyPush;
                final int slot = lazyPush.find(key);
                if (key.root() != Roots.COMMON_TREE || isPruneOfCommonTreeValid(lazyPush, slot, from)) {
                    final boolean wasUnlinked = trees.common().isUnlinked(from);
                    trees.onPruneReceived(key.root(), from, nowNs);
                    welcome(from, wasUnlinked, nowNs);
                }
                lazyPush.acknowledgeImplied(from, key);
            }
            default -> throw new IllegalArgumentException("unknown control message: " + type);
        }
    }

    /**
     * Not if this node has chosen the link for just that message, as its word to the peer has crossed the prune; nor if
     * another root shapes the common tree by now, for which the peer begins anew, too.
     */
    private boolean isPruneOfCommonTreeValid(final LazyPush lazyPush, final int slot, final int from) {
        return slot == MessageTable.NONE
            || lazyPush.source(slot) != from && trees.common().isShapedBy(lazyPush.messages().root(slot));
    }

    private void onIHave(final int from, final MessageKey key, final long nowNs) {
        counters.increment(ProtocolCounter.ANNOUNCEMENTS_RECEIVED);
        final Lane lane = lane(key.handler());
        switch (effects.isStale(key)) {
            case PlumtreeEffects.STALE -> {
                if (!lane.lazyPush.acknowledgeImplied(from, key)) {
                    lane.acknowledgements.add(from, key, nowNs);
                }
            }
            case PlumtreeEffects.NEW -> lane.grafting.onAnnounced(from, key, nowNs);
            case PlumtreeEffects.DEFERRED -> {
                // Not acknowledged, it will be announced again.
            }
            default -> counters.increment(ProtocolCounter.HANDLER_FAILURES);
        }
    }

    private void onGraft(final int from, final MessageKey key) {
        // Nothing goes to a message's root.
        switch (effects.graft(peers.id(from) == key.root() ? Peers.NO_PEER : from, key)) {
            case PlumtreeEffects.SERVED -> {
                // The entry stays until acknowledged: the payload may be lost.
                trees.onGraftReceived(key.root(), from);
                counters.increment(ProtocolCounter.GRAFTS_SERVED);
            }
            case PlumtreeEffects.FOUND -> trees.onGraftReceived(key.root(), from);
            case PlumtreeEffects.STALE ->
                // A newer message subsumes it, and has an entry of its own.
                lane(key.handler()).lazyPush.acknowledge(from, key);
            case PlumtreeEffects.UNKNOWN -> {
                counters.increment(ProtocolCounter.GRAFTS_UNSERVED);
                refuse(from, key);
            }
            case PlumtreeEffects.DEFERRED -> {
                // Whoever asks will ask the next announcer.
            }
            default -> {
                counters.increment(ProtocolCounter.HANDLER_FAILURES);
                refuse(from, key);
            }
        }
    }

    /** What can't be had here is not announced again; an exchange has to find it. */
    private void refuse(final int from, final MessageKey key) {
        if (options.grafts().negativeGraftReplies()) {
            final LazyPush lazyPush = lane(key.handler()).lazyPush;
            lazyPush.acknowledge(from, key);
            lazyPush.exchangeNeeded(from);
            effects.sendControl(ControlMessage.GRAFT_FAILED, from, key);
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
        for (final Lane lane : lanes) {
            expired += lane.grafting.onTimers(nowNs);
        }
        return expired;
    }

    /**
     * Whether a graft timer is running, for those who have the time move from event to event.
     *
     * @return false if {@link #onTimers} has nothing to do until the next event.
     */
    public boolean hasTimers() {
        for (final Lane lane : lanes) {
            if (lane.grafting.hasTimers()) {
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
        for (final Lane lane : lanes) {
            if (lane.grafting.hasTimers()) {
                final long deadlineNs = lane.grafting.timerDeadlineNs();
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
        for (final Lane lane : lanes) {
            if (lane.lazyPush.isTickEarly()) {
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
        if (isRingCheckDue && nowNs - ringCheckNs >= 0) {
            isRingCheckDue = false;
            closeRing(nowNs);
        }
        int announced = 0;
        for (final Lane lane : lanes) {
            final boolean isEarly = lane.lazyPush.isTickEarly();
            announced += lane.lazyPush.onTick(nowNs);
            lane.acknowledgements.onTick(isEarly, nowNs);
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
        long waitNs = isRingCheckDue ? Math.max(0, ringCheckNs - nowNs) : Long.MAX_VALUE;
        for (final Lane lane : lanes) {
            waitNs = Math.min(waitNs, lane.lazyPush.waitNs(nowNs));
            waitNs = Math.min(waitNs, lane.acknowledgements.waitNs(nowNs));
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
        lane(handler).quench.onReceived(from, root, handler, nowNs);
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
        for (final Lane lane : lanes) {
            lane.lazyPush.forEachOutstanding(consumer);
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
        for (final Lane lane : lanes) {
            count += lane.lazyPush.outstandingCount(peer);
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
        for (final Lane lane : lanes) {
            count += lane.lazyPush.outstandingCount();
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
        for (final Lane lane : lanes) {
            count += lane.acknowledgements.size();
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
        for (final Lane lane : lanes) {
            count += lane.grafting.missingCount();
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
