package io.plumtree.benchmarks;

import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.PlumtreeEffects;
import org.agrona.DirectBuffer;

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
    public int merge(
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        merged++;
        return NEW;
    }

    @Override
    public int isStale(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        return STALE;
    }

    @Override
    public int graft(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        return UNKNOWN;
    }

    @Override
    public boolean sendGrafted(
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
        others++;
        return true;
    }

    @Override
    public boolean sendGossip(
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        pushed++;
        return true;
    }

    @Override
    public boolean sendControl(
        final ControlMessage type,
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
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
