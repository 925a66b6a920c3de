package io.plumtree.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Writes effects down as text, such as {@code gossip 2 m7 r1 root 100}, and plays a handler that is a set of messages.
 * A message's id is one long.
 */
final class RecordingEffects implements PlumtreeEffects {
    private final List<String> effects = new ArrayList<>();
    final Set<Long> stored = new HashSet<>();
    final Set<Integer> refusing = new HashSet<>();
    final Set<Integer> blocked = new HashSet<>();
    final Set<Integer> blockedChannels = new HashSet<>();
    final Map<Long, Integer> graftAnswers = new HashMap<>();
    /** How many messages each is taken for. */
    int messageCount = 1;
    long queuePosition;
    boolean failing;
    boolean deferring;

    /** What has happened since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    private boolean send(
        final String type, final int peer, final long root, final int round, final DirectBuffer buffer, final int id) {
        if (refusing.contains(peer)) {
            return false;
        }
        return effects.add(type + " " + peer + " m" + buffer.getLong(id) + " r" + round + " root " + root);
    }

    @Override
    public int messageCount(
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        return messageCount;
    }

    @Override
    public boolean isWritable(final int peer, final int channel) {
        return !blocked.contains(peer) && !blockedChannels.contains(channel);
    }

    @Override
    public long queuePosition(final int peer, final int channel) {
        return queuePosition;
    }

    @Override
    public boolean isAdmissible(final int peer, final int channel) {
        return !blocked.contains(peer) && !blockedChannels.contains(channel);
    }

    @Override
    public int merge(
        final int handler, final DirectBuffer buffer, final int idOffset, final int idLength,
        final int payloadOffset, final int payloadLength) {
        return failing ? FAILED : stored.add(buffer.getLong(idOffset)) ? NEW : STALE;
    }

    @Override
    public int isStale(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        return failing ? FAILED : deferring ? DEFERRED : stored.contains(buffer.getLong(idOffset)) ? STALE : NEW;
    }

    @Override
    public int graft(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final long id = buffer.getLong(idOffset);
        return failing ? FAILED : graftAnswers.getOrDefault(id, stored.contains(id) ? FOUND : UNKNOWN);
    }

    @Override
    public boolean sendGrafted(
        final int peer, final long root, final int round, final int handler,
        final DirectBuffer buffer, final int idOffset, final int idLength) {
        return send("gossip", peer, root, round, buffer, idOffset);
    }

    @Override
    public boolean sendGossip(
        final int peer, final long root, final int round, final int handler,
        final DirectBuffer buffer, final int idOffset, final int idLength,
        final int payloadOffset, final int payloadLength) {
        return send("gossip", peer, root, round, buffer, idOffset);
    }

    @Override
    public boolean sendControl(
        final ControlMessage type, final int peer, final long root, final int round, final int handler,
        final DirectBuffer buffer, final int idOffset, final int idLength) {
        return send(word(type), peer, root, round, buffer, idOffset);
    }

    private static String word(final ControlMessage type) {
        return switch (type) {
            case I_HAVE -> "ihave";
            case IGNORED_I_HAVE -> "ack";
            case GRAFT -> "graft";
            case ADOPT -> "adopt";
            case GRAFT_FAILED -> "graftfailed";
            case PRUNE -> "prune";
        };
    }

    @Override
    public boolean sendQuench(final int peer, final long root, final int handler) {
        return !refusing.contains(peer) && effects.add("quench " + peer + " root " + root);
    }

    @Override
    public void onExchangeNeeded(final int peer) {
        effects.add("exchange " + peer);
    }
}
