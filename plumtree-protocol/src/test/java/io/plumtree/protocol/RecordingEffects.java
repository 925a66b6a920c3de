package io.plumtree.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes effects down as text, such as {@code gossip 2 m7 r1 root 100}, and plays a handler that is a set of messages.
 * A message's id is one long.
 */
final class RecordingEffects implements PlumtreeEffects {
    /** What a key's root is afterwards, where keys are overwritten. */
    static final long OVERWRITTEN_ROOT = 30;

    private final List<String> effects = new ArrayList<>();
    final Set<Long> stored = new HashSet<>();
    final Set<Integer> refusing = new HashSet<>();
    final Set<Integer> blocked = new HashSet<>();
    final Set<Integer> blockedChannels = new HashSet<>();
    final Map<Long, Integer> graftAnswers = new HashMap<>();
    long queuePosition;
    boolean failing;
    boolean deferring;
    /** Whether the key of a graft is another one when it has been sent. */
    boolean isOverwriting;

    /** What has happened since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    private boolean send(final String type, final int peer, final int round, final MessageKey key) {
        return !refusing.contains(peer)
            && effects.add(type + " " + peer + " m" + Messages.id(key) + " r" + round + " root " + key.root());
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
    public int merge(final Broadcast broadcast) {
        return failing ? FAILED : stored.add(Messages.id(broadcast.key())) ? NEW : STALE;
    }

    @Override
    public int isStale(final MessageKey key) {
        return failing ? FAILED : deferring ? DEFERRED : stored.contains(Messages.id(key)) ? STALE : NEW;
    }

    @Override
    public int graft(final int peer, final MessageKey key) {
        final long id = Messages.id(key);
        final int answer = failing ? FAILED : graftAnswers.getOrDefault(id, stored.contains(id) ? FOUND : UNKNOWN);
        final boolean isServed = answer == FOUND && peer != Peers.NO_PEER && send("gossip", peer, key.round(), key);
        return isServed ? SERVED : answer;
    }

    @Override
    public boolean sendGossip(final int peer, final int round, final Broadcast broadcast) {
        return send("gossip", peer, round, broadcast.key());
    }

    @Override
    public boolean sendControl(final ControlMessage type, final int peer, final MessageKey key) {
        final boolean isSent = send(word(type), peer, key.round(), key);
        if (isOverwriting && type == ControlMessage.GRAFT) {
            key.set(OVERWRITTEN_ROOT, 0, 0);
        }
        return isSent;
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
