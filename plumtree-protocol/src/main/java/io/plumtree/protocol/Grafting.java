package io.plumtree.protocol;

import io.plumtree.protocol.flow.FlowControl;
import io.plumtree.protocol.options.GraftOptions;
import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * The lazy half of the receiver's side: what was announced and does not come is asked for, from one announcer after
 * the other (paper, algorithm 3).
 */
final class Grafting {
    private static final int TIMERS_PER_CYCLE = 256;

    private final PlumtreeOptions options;
    private final PlumtreeEffects effects;
    private final ProtocolCounters counters;
    private final MemberIndexes peers;
    private final Trees trees;
    private final LazyPush lazyPush;
    private final Acknowledgements acknowledgements;
    private final FlowControl flow;
    private final MissingMessages missing;
    private final DelayEstimate roundTrip = new DelayEstimate();

    Grafting(
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final ProtocolCounters counters,
        final MemberIndexes peers,
        final Trees trees,
        final LazyPush lazyPush,
        final Acknowledgements acknowledgements,
        final FlowControl flow) {
        this.options = options;
        this.effects = effects;
        this.counters = counters;
        this.peers = peers;
        this.trees = trees;
        this.lazyPush = lazyPush;
        this.acknowledgements = acknowledgements;
        this.flow = flow;
        missing = new MissingMessages(options.grafts().maxMissing(), options.grafts().maxAnnouncers(),
            options.maxIdLength());
    }

    /** A message that is not here was announced. */
    void onAnnounced(final int from, final MessageKey key, final long nowNs) {
        if (options.grafts().graftTimeoutNs() == 0) {
            sendGraft(from, key, nowNs);
            return;
        }
        final long root = key.root();
        int slot = missing.find(key);
        if (slot == MissingMessages.NONE) {
            slot = missing.add(key, nowNs);
            if (slot == MissingMessages.NONE) {
                counters.increment(ProtocolCounter.MISSING_OVERFLOWS);
                return;
            }
            missing.schedule(slot, nowNs + timeoutNs(root));
        }
        if (!missing.addAnnouncer(slot, from, root, key.round())) {
            counters.increment(ProtocolCounter.ANNOUNCER_OVERFLOWS);
        }
        if (isOrphaned(root) && isWaiting(slot)) {
            graftNext(slot, from, nowNs);
        }
    }

    /** How long to wait for a root's tree. The common tree serves roots from all sides, so its lags tell nothing. */
    private long timeoutNs(final long root) {
        final Tree tree = trees.peek(root);
        final GraftOptions grafts = options.grafts();
        return grafts.adaptiveGraft() && trees.isOwn(tree)
            ? tree.lag.timeoutNs(grafts.minGraftTimeoutNs(), grafts.graftTimeoutNs())
            : grafts.graftTimeoutNs();
    }

    /**
     * Whether a message is only late, as its tree has more to carry than it had: as long as new payloads may be held
     * back for a peer, and the tree brings what was announced before it.
     */
    private boolean isUnderWay(final int slot, final long nowNs) {
        if (!options.grafts().adaptiveGraft() || missing.askedTimes(slot) > 0 || missing.announcerCount(slot) == 0
            || nowNs - missing.announcedNs(slot) >= options.flowControl().congestionBudgetNs()) {
            return false;
        }
        final long root = missing.root(slot, 0);
        final Tree tree = trees.peek(root);
        final int parent = tree.parent();
        return trees.isOwn(tree)
            && (parent != Peers.NO_PEER && flow.isWaiting(parent, nowNs)
            || tree.flow.isUnderWay(missing.announcedNs(slot), timeoutNs(root), nowNs));
    }

    private long retryTimeoutNs() {
        return options.grafts().adaptiveGraft()
            ? roundTrip.timeoutNs(options.grafts().minGraftTimeoutNs(), options.grafts().graftRetryTimeoutNs())
            : options.grafts().graftRetryTimeoutNs();
    }

    /**
     * A payload has come: how late says how long to wait for others. One that was asked for says nothing of its tree if
     * who was asked brought it, and that it was asked for too early if somebody else did.
     */
    void measure(final int slot, final int from, final long root, final long nowNs) {
        if (!options.grafts().adaptiveGraft() || options.grafts().graftTimeoutNs() == 0) {
            return;
        }
        if (slot != MissingMessages.NONE && missing.asked(slot) == from) {
            if (missing.askedTimes(slot) == 1) {
                roundTrip.sample(Math.min(nowNs - missing.askedNs(slot), options.grafts().graftRetryTimeoutNs()));
            }
        } else {
            final long announcedNs = slot == MissingMessages.NONE ? nowNs : missing.announcedNs(slot);
            final Tree tree = trees.peek(root);
            tree.lag.sample(Math.min(nowNs - announcedNs, options.grafts().graftTimeoutNs()));
            if (slot != MissingMessages.NONE) {
                tree.flow.onArrived(announcedNs, nowNs);
            }
        }
    }

    /**
     * A payload has come that another peer had announced well before: its way is the faster one (paper, algorithm 4),
     * and it becomes the parent. If it has been asked for the payload, as the timeout was too short, it need not be
     * told: what it sends is a duplicate, but no reason to prune it.
     *
     * <p>Without safe pruning there are no parents, and nothing is optimised: the duplicate that the new parent sends
     * would prune it, the old one is pruned already, and the next message would have to be grafted again.
     *
     * @return the new parent; NO_PEER if all stays as it is.
     */
    int optimise(final int slot, final int from, final MessageKey key, final long nowNs) {
        if (options.optimisationThresholdNs() == 0 || options.pruneGraceNs() == 0 || slot == MissingMessages.NONE
            || nowNs - missing.announcedNs(slot) < options.optimisationThresholdNs()) {
            return Peers.NO_PEER;
        }
        final boolean isAsked = missing.askedTimes(slot) > 0;
        final int first = isAsked ? missing.asked(slot) : missing.firstAnnouncer(slot);
        if (first == Peers.NO_PEER || first == from || !peers.isConnected(first)
            || !trees.mayAdopt(key.root(), first, nowNs)) {
            return Peers.NO_PEER;
        }
        if (!isAsked && !effects.sendControl(
            ControlMessage.ADOPT, first, missing.key(slot, key.root(), missing.round(slot, 0)))) {
            return Peers.NO_PEER;
        }
        counters.increment(ProtocolCounter.OPTIMISATIONS);
        trees.adoptParent(key.root(), first, nowNs);
        return first;
    }

    /** Whether a message's graft timer is still running. */
    private boolean isWaiting(final int slot) {
        return missing.asked(slot) == Peers.NO_PEER && !missing.isQueued(slot);
    }

    /** There is no use in waiting when no parent is left that could bring it. */
    private boolean isOrphaned(final long root) {
        return options.pruneGraceNs() > 0 && trees.isOrphaned(root);
    }

    /** The entry of a message that is waited for; NONE if it is not. */
    int find(final MessageKey key) {
        return missing.find(key);
    }

    boolean hasAnnounced(final int slot, final int peer) {
        return slot != MissingMessages.NONE && options.impliedAcknowledgements() && missing.hasAnnouncer(slot, peer);
    }

    /** The message is here: acknowledged to all who announced it, so that they need not announce it again. */
    void onArrived(final int slot, final long nowNs) {
        forget(slot, nowNs);
        graftQueued(nowNs);
    }

    private void forget(final int slot, final long nowNs) {
        if (options.impliedAcknowledgements()) {
            for (int i = 0; i < missing.announcerCount(slot); i++) {
                acknowledgements.add(missing.announcer(slot, i), missing.key(slot, i), nowNs);
            }
        }
        missing.remove(slot);
    }

    int onTimers(final long nowNs) {
        int expired = 0;
        int slot = missing.pollExpired(nowNs);
        while (slot != MissingMessages.NONE) {
            final int silent = missing.asked(slot);
            if (silent != Peers.NO_PEER) {
                missing.removeAnnouncer(slot, silent);
                graftNext(slot, silent, nowNs);
            } else if (isUnderWay(slot, nowNs)) {
                missing.schedule(slot, nowNs + timeoutNs(missing.root(slot, 0)));
            } else {
                graftNext(slot, silent, nowNs);
            }
            slot = ++expired < TIMERS_PER_CYCLE ? missing.pollExpired(nowNs) : MissingMessages.NONE;
        }
        graftQueued(nowNs);
        return expired;
    }

    /** A peer can't serve a graft: the next announcer is asked at once. */
    void onGraftFailed(final int from, final MessageKey key, final long nowNs) {
        final int slot = missing.find(key);
        if (slot != MissingMessages.NONE && missing.removeAnnouncer(slot, from)) {
            graftNext(slot, from, nowNs);
            graftQueued(nowNs);
        }
    }

    /** A peer is gone, as announcer and as parent: what waited for it is asked of the next announcer at once. */
    void onLinkDown(final int peer, final long nowNs) {
        for (int slot = 0, limit = missing.capacity(); slot < limit && missing.size() > 0; slot++) {
            if (missing.isInUse(slot)) {
                final boolean wasAsked = missing.removeAnnouncer(slot, peer);
                if (wasAsked || missing.announcerCount(slot) == 0
                    || isWaiting(slot) && isOrphaned(missing.root(slot, 0))) {
                    graftNext(slot, peer, nowNs);
                }
            }
        }
        graftQueued(nowNs);
    }

    /** Asks for what had to wait for its turn. */
    private void graftQueued(final long nowNs) {
        while (missing.firstInQueue() != MissingMessages.NONE && missing.askedCount() < options.grafts().maxGrafts()) {
            graftNext(missing.firstInQueue(), Peers.NO_PEER, nowNs);
        }
    }

    /**
     * Asks the first announcer that is left, or queues for it: a node that has much to catch up with must not be
     * answered with more at a time than its links can take. With none left the message is given up until it is
     * announced again: the announcement stays outstanding at whoever made it, and the last one asked is marked for an
     * exchange.
     */
    private void graftNext(final int slot, final int last, final long nowNs) {
        missing.dequeue(slot);
        while (missing.announcerCount(slot) > 0 && !peers.isConnected(missing.announcer(slot, 0))) {
            missing.removeAnnouncer(slot, missing.announcer(slot, 0));
        }
        if (missing.announcerCount(slot) == 0) {
            counters.increment(ProtocolCounter.MISSING_ABANDONED);
            missing.remove(slot);
            if (last != Peers.NO_PEER) {
                lazyPush.exchangeNeeded(last);
            }
            return;
        }
        if (effects.isStale(missing.key(slot, 0)) == PlumtreeEffects.STALE) {
            // An exchange has brought it.
            forget(slot, nowNs);
            return;
        }
        if (missing.askedCount() >= options.grafts().maxGrafts()) {
            counters.increment(ProtocolCounter.GRAFTS_QUEUED);
            missing.enqueue(slot);
            return;
        }
        final int next = missing.announcer(slot, 0);
        if (sendGraft(next, missing.key(slot, 0), nowNs)) {
            missing.asked(slot, next, nowNs);
        }
        missing.schedule(slot, nowNs + retryTimeoutNs());
    }

    /** The announcer becomes eager when the graft is sent (the reference's {@code handle_ihave}). */
    boolean sendGraft(final int peer, final MessageKey key, final long nowNs) {
        final long root = key.root();
        final boolean sent = effects.sendControl(ControlMessage.GRAFT, peer, key);
        if (sent) {
            counters.increment(ProtocolCounter.GRAFTS);
            trees.onGraftSent(root, peer, nowNs, timeoutNs(root));
        }
        return sent;
    }

    boolean hasTimers() {
        return missing.hasTimers();
    }

    long timerDeadlineNs() {
        return missing.timerDeadlineNs();
    }

    int missingCount() {
        return missing.size();
    }
}
