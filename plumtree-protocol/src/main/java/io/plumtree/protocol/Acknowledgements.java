package io.plumtree.protocol;

import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * Acknowledgements of announcements (the reference's {@code ignored_i_have}). They wait a while for company, so that
 * those of several messages share a frame: in a ring, oldest first, each with a reference to its message's slot.
 */
final class Acknowledgements {
    private static final int MAX_PENDING = 4096;

    private final PlumtreeEffects effects;
    private final ProtocolCounters counters;
    private final MessageTable messages;
    private final long delayNs;
    private final int[] slots;
    private final int[] peers;
    private final long[] roots;
    private final int[] rounds;
    private final long[] sinceNs;
    private int first;
    private int size;

    Acknowledgements(
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final ProtocolCounters counters,
        final MessageTable messages) {
        this.effects = effects;
        this.counters = counters;
        this.messages = messages;
        delayNs = options.impliedAcknowledgements()
            ? Math.min(options.acknowledgementDelayNs(), options.reannounceIntervalNs() / 2) : 0;
        final int capacity = delayNs == 0 ? 0 : Math.min(options.maxAnnounced(), MAX_PENDING);
        slots = new int[capacity];
        peers = new int[capacity];
        roots = new long[capacity];
        rounds = new int[capacity];
        sinceNs = new long[capacity];
    }

    int size() {
        return size;
    }

    /** Tells an announcer that its message is here: soon, or at once where the message's id is not kept. */
    void add(final int peer, final MessageKey key, final long nowNs) {
        final int slot = size < slots.length ? messages.find(key) : MessageTable.NONE;
        if (slot == MessageTable.NONE) {
            send(peer, key);
            return;
        }
        final int at = index(size++);
        messages.retain(slot);
        slots[at] = slot;
        peers[at] = peer;
        roots[at] = key.root();
        rounds[at] = key.round();
        sinceNs[at] = nowNs;
    }

    /** How long until the oldest is due; Long.MAX_VALUE if there is none. */
    long waitNs(final long nowNs) {
        return size == 0 ? Long.MAX_VALUE : Math.max(0, sinceNs[first] + delayNs - nowNs);
    }

    /** At a lazy tick: if the oldest is due all go. At an early one none waits for others. */
    void onTick(final boolean isEarly, final long nowNs) {
        if (!isEarly && waitNs(nowNs) > 0) {
            return;
        }
        for (; size > 0; size--) {
            final int slot = slots[first];
            if (peers[first] != Peers.NO_PEER) {
                send(peers[first], messages.key(slot, roots[first], rounds[first]));
            }
            messages.release(slot);
            first = first + 1 == slots.length ? 0 : first + 1;
        }
    }

    private void send(final int peer, final MessageKey key) {
        if (effects.sendControl(ControlMessage.IGNORED_I_HAVE, peer, key)) {
            counters.increment(ProtocolCounter.ACKNOWLEDGEMENTS);
        }
    }

    /** A peer is gone, and another may get its index. */
    void removePeer(final int peer) {
        for (int i = 0; i < size; i++) {
            if (peers[index(i)] == peer) {
                peers[index(i)] = Peers.NO_PEER;
            }
        }
    }

    private int index(final int position) {
        final int at = first + position;
        return at < slots.length ? at : at - slots.length;
    }
}
