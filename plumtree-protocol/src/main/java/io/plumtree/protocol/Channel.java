package io.plumtree.protocol;

import io.plumtree.protocol.flow.FlowControl;
import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * What the protocol does with the messages of one channel's handlers, and what it keeps of them. The trees are shared
 * by all channels; what fills up, or has to wait for its turn, is not, so that no channel's messages find it taken by
 * another's.
 */
final class Channel {
    final LazyPush lazyPush;
    final Acknowledgements acknowledgements;
    final Grafting grafting;
    final FlowControl flow;
    private final long self;
    private final PlumtreeEffects effects;
    private final ProtocolCounters counters;
    private final MemberIndexes peers;
    private final Trees trees;
    private final Pruning pruning;
    private final EagerPush eagerPush;
    private final boolean hasNegativeGraftReplies;

    Channel(
        final int index,
        final long self,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final ProtocolCounters counters,
        final MemberIndexes peers,
        final Trees trees,
        final long nowNs) {
        this.self = self;
        this.effects = effects;
        this.counters = counters;
        this.peers = peers;
        this.trees = trees;
        final MessageTable messages = new MessageTable(options.maxAnnounced(), options.maxIdLength());
        final Outstanding outstanding = new Outstanding(
            messages,
            options.maxPeers(),
            options.flowControl().maxOutstanding(),
            options.flowControl().maxOutstandingPerPeer(),
            options.reannounceIntervalNs());
        flow = FlowControl.of(self, index, options, effects, counters, peers, outstanding, nowNs);
        lazyPush = new LazyPush(options, effects, counters, peers, trees, messages, outstanding, flow);
        acknowledgements = new Acknowledgements(options, effects, counters, messages);
        grafting = new Grafting(options, effects, counters, peers, trees, lazyPush, acknowledgements, flow);
        pruning = new Pruning(self, options, effects, counters, trees, lazyPush, grafting);
        eagerPush = new EagerPush(effects, counters, peers, trees, lazyPush, grafting);
        hasNegativeGraftReplies = options.grafts().negativeGraftReplies();
    }

    // ---- payloads

    /** A broadcast of this node's own is there; whether it goes out now. */
    boolean onBroadcastDue(final long nowNs) {
        flow.update(nowNs);
        if (!flow.mayBroadcast()) {
            return false;
        }
        final Tree tree = trees.use(self);
        if (flow.mayPush(tree, nowNs)) {
            flow.onPushFree(tree, nowNs);
            return true;
        }
        flow.onPushHeldBack(tree, nowNs);
        return false;
    }

    void onBroadcast(final Broadcast broadcast, final long nowNs) {
        counters.increment(ProtocolCounter.BROADCASTS);
        trees.newMessage(broadcast.key().root(), Peers.NO_PEER, nowNs);
        flow.onBroadcast(broadcast.count(), nowNs);
        eagerPush.push(Peers.NO_PEER, 0, broadcast, MissingMessages.NONE, nowNs);
    }

    /** A payload has come; whether it is taken in now: it can be passed on, or has waited long enough for that. */
    boolean onPayloadDue(final int from, final MessageKey key, final long nowNs) {
        final long root = key.root();
        final Tree tree = trees.use(root);
        if (flow.mayRelay(tree, from, root, nowNs)) {
            flow.onRelayFree(tree, from, root, nowNs);
            return true;
        }
        flow.onRelayHeldBack(tree, from, root, nowNs);
        if (flow.mayPass(from, nowNs)) {
            flow.onPassed(tree, from, root, key.handler(), nowNs);
            return true;
        }
        return false;
    }

    void onQuench(final int from, final long root, final int handler, final long nowNs) {
        flow.onQuench(trees.peek(root), from, root, handler, nowNs);
    }

    /** The handler has taken a payload for new. Returns the entry under which it was waited for, if it was. */
    int onNew(final int from, final MessageKey key, final long nowNs) {
        counters.increment(ProtocolCounter.DELIVERIES);
        final int missed = grafting.find(key);
        trees.newMessage(key.root(), from, nowNs);
        pruning.onNew(from, key, nowNs);
        grafting.measure(missed, from, key.root(), nowNs);
        return missed;
    }

    /** Passes a new payload on. */
    void relay(final int from, final Broadcast broadcast, final int missed, final long nowNs) {
        final MessageKey key = broadcast.key();
        final int faster = grafting.optimise(missed, from, key, nowNs);
        if (faster != Peers.NO_PEER && trees.isQuiet(key.root()) && grafting.missingCount() == 1) {
            pruning.prune(from, key.root(), key, nowNs);
        }
        eagerPush.push(from, key.round() + 1, broadcast, missed, nowNs);
        if (faster != Peers.NO_PEER) {
            lazyPush.source(faster, key);
        }
        if (missed != MissingMessages.NONE) {
            grafting.onArrived(missed, nowNs);
        }
    }

    /** The handler has the payload already. */
    void onDuplicate(final int from, final MessageKey key, final long nowNs) {
        counters.increment(ProtocolCounter.DUPLICATES);
        pruning.onDuplicate(from, key, nowNs);
    }

    // ---- control messages

    void onIHave(final int from, final MessageKey key, final long nowNs) {
        counters.increment(ProtocolCounter.ANNOUNCEMENTS_RECEIVED);
        switch (effects.isStale(key)) {
            case PlumtreeEffects.STALE -> {
                if (!lazyPush.acknowledgeImplied(from, key)) {
                    acknowledgements.add(from, key, nowNs);
                }
            }
            case PlumtreeEffects.NEW -> grafting.onAnnounced(from, key, nowNs);
            case PlumtreeEffects.DEFERRED -> {
                // Not acknowledged, it will be announced again.
            }
            default -> counters.increment(ProtocolCounter.HANDLER_FAILURES);
        }
    }

    void onGraft(final int from, final MessageKey key) {
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
                lazyPush.acknowledge(from, key);
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
        if (hasNegativeGraftReplies) {
            lazyPush.acknowledge(from, key);
            lazyPush.exchangeNeeded(from);
            effects.sendControl(ControlMessage.GRAFT_FAILED, from, key);
        }
    }

    /**
     * Whether a prune counts. One of the common tree does not if this node has chosen the link for just that message,
     * as its word to the peer has crossed the prune; nor if another root shapes the common tree by now, for which the
     * peer begins anew, too.
     */
    boolean isPruneValid(final int from, final MessageKey key) {
        final int slot = lazyPush.find(key);
        return key.root() != Roots.COMMON_TREE || slot == MessageTable.NONE
            || lazyPush.source(slot) != from && trees.common().isShapedBy(lazyPush.messages().root(slot));
    }

    // ---- links

    void onLinkDown(final int peer, final long nowNs) {
        flow.onLinkDown(peer);
        grafting.onLinkDown(peer, nowNs);
    }

    void removePeer(final int peer) {
        lazyPush.removePeer(peer);
        acknowledgements.removePeer(peer);
    }

    // ---- time

    int onLazyTick(final long nowNs) {
        final boolean isEarly = lazyPush.isTickEarly();
        final int announced = lazyPush.onTick(nowNs);
        acknowledgements.onTick(isEarly, nowNs);
        return announced;
    }

    long lazyTickWaitNs(final long nowNs) {
        return Math.min(lazyPush.waitNs(nowNs), acknowledgements.waitNs(nowNs));
    }
}
