package io.plumtree.protocol;

/** The eager half of the sender's side, for the handlers of one channel: to whom a payload goes. */
final class EagerPush {
    private final PlumtreeEffects effects;
    private final ProtocolCounters counters;
    private final MemberIndexes peers;
    private final Trees trees;
    private final LazyPush lazyPush;
    private final Grafting grafting;

    EagerPush(
        final PlumtreeEffects effects,
        final ProtocolCounters counters,
        final MemberIndexes peers,
        final Trees trees,
        final LazyPush lazyPush,
        final Grafting grafting) {
        this.effects = effects;
        this.counters = counters;
        this.peers = peers;
        this.trees = trees;
        this.lazyPush = lazyPush;
        this.grafting = grafting;
    }

    /**
     * Eager push and the recording of lazy pushes (the reference's {@code eager_push} and
     * {@code schedule_lazy_push}). Nothing goes to the sender, to the root, or to who has announced it.
     */
    void push(final int from, final int round, final Broadcast broadcast, final int missed, final long nowNs) {
        final long root = broadcast.key().root();
        Tree tree = trees.use(root);
        final int rootPeer = peers.indexOf(root);
        final int slot = lazyPush.beginMessage(broadcast, round, from, nowNs);
        for (int word = 0; word < tree.words(); word++) {
            final long eagers = tree.eagerWord(word);
            for (long bits = eagers | tree.lazyWord(word); bits != 0; bits &= bits - 1) {
                final int peer = (word << 6) + Long.numberOfTrailingZeros(bits);
                if (peer == from || peer == rootPeer) {
                    continue;
                }
                if (grafting.hasAnnounced(missed, peer)) {
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
}
