package io.plumtree.benchmarks;

import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.PlumtreeEffects;

/** Does nothing but count what the protocol sends; every message is new to its handler. */
final class CountingEffects implements PlumtreeEffects {
    long merged;
    long pushed;
    long others;

    @Override
    public boolean isWritable(final int peer, final int channel) {
        return true;
    }

    @Override
    public boolean isAdmissible(final int peer, final int channel) {
        return true;
    }

    @Override
    public int merge(final Broadcast broadcast) {
        merged++;
        return NEW;
    }

    @Override
    public int isStale(final MessageKey key) {
        return STALE;
    }

    @Override
    public int graft(final int peer, final MessageKey key) {
        return UNKNOWN;
    }

    @Override
    public boolean sendGossip(final int peer, final int round, final Broadcast broadcast) {
        pushed++;
        return true;
    }

    @Override
    public boolean sendControl(final ControlMessage type, final int peer, final MessageKey key) {
        others++;
        return true;
    }

    @Override
    public boolean sendQuench(final int peer, final long root, final int handler) {
        others++;
        return true;
    }

    @Override
    public void onExchangeNeeded(final int peer) {
        others++;
    }
}
