package io.plumtree.protocol;

import io.plumtree.protocol.flow.FlowControl;
import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * The lazy half of the sender's side: which messages are to be announced to whom, announced at each tick until they
 * are acknowledged, and which were recent.
 */
final class LazyPush {
    /** Entries for which others wait, and which are announced again without further delay: a batch or so. */
    private static final int MAX_EXPEDITED = 256;
    /** An early tick for each such part of what a peer may owe. */
    private static final int EARLY_TICKS = 16;

    private final PlumtreeOptions options;
    private final PlumtreeEffects effects;
    private final ProtocolCounters counters;
    private final MemberIndexes peers;
    private final Trees trees;
    private final MessageTable messages;
    private final Outstanding outstanding;
    private final RecentMessages recent;
    private final FlowControl flow;
    private final int earlyTickLength;
    /** Where the stream was at the last tick. */
    private int tickPosition;

    LazyPush(
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final ProtocolCounters counters,
        final MemberIndexes peers,
        final Trees trees,
        final MessageTable messages,
        final Outstanding outstanding,
        final FlowControl flow) {
        this.options = options;
        this.effects = effects;
        this.counters = counters;
        this.peers = peers;
        this.trees = trees;
        this.messages = messages;
        this.outstanding = outstanding;
        this.flow = flow;
        recent = new RecentMessages(messages, options.recentMessages());
        earlyTickLength = Math.max(1, options.flowControl().maxOutstandingPerPeer() / EARLY_TICKS);
    }

    MessageTable messages() {
        return messages;
    }

    /** Takes a message in, to be recorded for peers; to be closed with {@link #endMessage}. NONE if there's no room. */
    int beginMessage(final Broadcast broadcast, final int round, final int from, final long nowNs) {
        final long root = broadcast.key().root();
        outstanding.advance(broadcast.count(), broadcast.payloadLength());
        final int slot = messages.acquire(broadcast.key(), root, round);
        if (slot != MessageTable.NONE) {
            messages.source(slot, from);
            messages.arrived(slot, round - 1, nowNs);
            messages.shared(slot, trees.isOnCommonTree(root));
        }
        return slot;
    }

    /** The entry of a message, while it is remembered; NONE otherwise. */
    int find(final MessageKey key) {
        return messages.find(key);
    }

    /** The peer that brought a message first; NO_PEER if it is this node's own, or not remembered. */
    int source(final int slot) {
        return slot == MessageTable.NONE ? Peers.NO_PEER : messages.source(slot);
    }

    /**
     * Whether a duplicate came over fewer hops than the first arrival, and no later than is paid for those that it
     * saves.
     */
    boolean isNearer(final int slot, final int round, final long nowNs) {
        final int savedHops = messages.sourceRound(slot) - round;
        return messages.source(slot) != Peers.NO_PEER && savedHops > 0
            && nowNs - messages.sourceNs(slot) < savedHops * options.hopCostNs();
    }

    /** A duplicate is taken for the first arrival. */
    void arrived(final int slot, final int peer, final int round, final long nowNs) {
        messages.source(slot, peer);
        messages.arrived(slot, round, nowNs);
    }

    /** Another peer is taken for the one that brought a message first. */
    void source(final int peer, final MessageKey key) {
        final int slot = messages.find(key);
        if (slot != MessageTable.NONE) {
            messages.source(slot, peer);
        }
    }

    /** Whether a message that is remembered travelled on the common tree here. */
    boolean wasShared(final int slot) {
        return slot != MessageTable.NONE && messages.isShared(slot);
    }

    /**
     * Records a message as outstanding for a peer; what finds no room is left to an exchange. Without announcements
     * nothing is: no answer would ever take it away again.
     */
    void record(final int peer, final int slot, final long nowNs) {
        if (!options.announcements()) {
            return;
        }
        if (slot == MessageTable.NONE || !outstanding.add(peer, slot, nowNs)) {
            counters.increment(ProtocolCounter.OUTSTANDING_OVERFLOWS);
            flow.onExchangeNeeded(peer);
            exchangeNeeded(peer);
        }
    }

    /** A peer that should have had the payload could not be given it. Without announcements only an exchange can. */
    void defer(final int peer, final int slot, final long nowNs) {
        counters.increment(ProtocolCounter.PUSHES_DEFERRED);
        if (options.announcements()) {
            record(peer, slot, nowNs);
        } else {
            exchangeNeeded(peer);
        }
    }

    void endMessage(final int slot) {
        if (slot != MessageTable.NONE) {
            recent.add(slot);
            messages.release(slot);
        }
    }

    void exchangeNeeded(final int peer) {
        counters.increment(ProtocolCounter.EXCHANGES_NEEDED);
        effects.onExchangeNeeded(peer);
    }

    /** A peer is there, and may know nothing of what it was told before. */
    void onLinkUp(final int peer, final long nowNs) {
        flow.onLinkUp(peer);
        outstanding.restart(peer, nowNs);
        announceRecent(peer, nowNs);
    }

    /** Announces what was recent to a peer, in the trees in which it has a link. */
    void announceRecent(final int peer, final long nowNs) {
        for (int i = 0; i < recent.size(); i++) {
            final int slot = recent.slot(i);
            final long root = messages.root(slot);
            if (root != peers.id(peer) && trees.peek(root).isLinked(peer)) {
                record(peer, slot, nowNs);
            }
        }
    }

    /** The reference's {@code ack_outstanding}: deletes exactly this entry. */
    void acknowledge(final int peer, final MessageKey key) {
        final int slot = messages.findExactly(key);
        if (slot != MessageTable.NONE) {
            outstanding.remove(peer, slot);
        }
    }

    /**
     * The peer has shown that it has the message, of whatever root and round: there is nothing to announce to it.
     *
     * @return whether it has been announced to it, and so need not be acknowledged either: an announcement under way
     *     says the same.
     */
    boolean acknowledgeImplied(final int peer, final MessageKey key) {
        if (!options.impliedAcknowledgements()) {
            return false;
        }
        boolean wasAnnounced = false;
        int slot = messages.find(key);
        while (slot != MessageTable.NONE) {
            final int next = messages.findNext(slot, key);
            wasAnnounced |= outstanding.remove(peer, slot);
            slot = next;
        }
        return wasAnnounced;
    }

    void removePeer(final int peer) {
        outstanding.removePeer(peer);
        flow.onPeerRemoved(peer);
        messages.forgetSource(peer);
    }

    /**
     * Whether so much of what a peer may owe has come since the last tick that the next one should not be waited for:
     * it would have to.
     */
    boolean isTickEarly() {
        return outstanding.streamPosition() - tickPosition >= earlyTickLength;
    }

    /** Announces what is due, to each connected peer (the reference's {@code send_lazy}). Returns how much was sent. */
    int onTick(final long nowNs) {
        tickPosition = outstanding.streamPosition();
        int sent = 0;
        for (int peer = 0, limit = peers.limit(); peer < limit; peer++) {
            if (peers.isConnected(peer) && outstanding.count(peer) > 0) {
                if (flow.isHolding(peer)) {
                    outstanding.expedite(peer, MAX_EXPEDITED, nowNs);
                }
                sent += announce(peer, nowNs);
            }
        }
        counters.add(ProtocolCounter.ANNOUNCEMENTS, sent);
        return sent;
    }

    /** How long until something is due for a peer that can be reached; Long.MAX_VALUE if nothing is. */
    long waitNs(final long nowNs) {
        long waitNs = Long.MAX_VALUE;
        for (int peer = 0, limit = peers.limit(); peer < limit && waitNs > 0; peer++) {
            if (peers.isConnected(peer) && outstanding.count(peer) > 0) {
                waitNs = Math.min(waitNs, outstanding.waitNs(peer, nowNs));
            }
        }
        return waitNs;
    }

    /** From the longest outstanding to the new, so that an entry which moves up a queue is not met again. */
    private int announce(final int peer, final long nowNs) {
        final int max = options.maxAnnouncementsPerTick();
        int sent = 0;
        boolean hasRoom = true;
        for (int level = Outstanding.LEVELS - 1; level >= 0; level--) {
            final int sentBefore = sent;
            int entry = outstanding.first(peer, level);
            while (hasRoom && entry != Outstanding.NONE && sent < max && outstanding.isDue(entry, nowNs)) {
                hasRoom = effects.sendControl(ControlMessage.I_HAVE, peer, messages.key(outstanding.slot(entry)));
                if (hasRoom) {
                    sent++;
                    entry = outstanding.next(entry);
                }
            }
            outstanding.announced(peer, level, sent - sentBefore, nowNs);
        }
        return sent;
    }

    void forEachOutstanding(final OutstandingConsumer consumer) {
        for (int peer = 0; peer < peers.limit(); peer++) {
            for (int level = 0; level < Outstanding.LEVELS; level++) {
                int entry = outstanding.first(peer, level);
                while (entry != Outstanding.NONE) {
                    consumer.onOutstanding(peer, messages.key(outstanding.slot(entry)));
                    entry = outstanding.next(entry);
                }
            }
        }
    }

    int outstandingCount() {
        return outstanding.size();
    }

    int outstandingCount(final int peer) {
        return outstanding.count(peer);
    }
}
