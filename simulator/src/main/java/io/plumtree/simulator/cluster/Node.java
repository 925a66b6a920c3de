package io.plumtree.simulator.cluster;

import io.plumtree.api.MessageId;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Peers;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.PlumtreeEffects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A node: a protocol core, a handler that remembers the numbers of messages, and what a runtime does for a core. Its
 * control messages of one event share frames, as those of one duty cycle do.
 */
final class Node implements PlumtreeEffects {
    static final long NEVER = Long.MAX_VALUE;

    private static final long SEND_BUDGET_NS = 2_000_000_000L;
    private static final ControlMessage[] TYPES = ControlMessage.values();

    final int index;
    final MessageSet stored = new MessageSet();
    final List<DirectedLink> links = new ArrayList<>();
    Plumtree core;
    boolean isAlive;
    /** Grows with each start; what was planned for an earlier run does not happen. */
    int run;
    /** When its lazy ticks are, modulo the period. */
    long tickPhaseNs;
    long tickDueNs = NEVER;
    long timerDueNs = NEVER;
    long exchangeDueNs = NEVER;
    /** Its clock shows the network's time plus this, and so much more each million nanoseconds. */
    long clockOffsetNs;
    long clockDriftPpm;
    /** How long it takes to handle a frame. */
    long serviceNs;
    long busyUntilNs;
    /** Whether what it passes on was repaired on its way here. */
    boolean isRelayingRepaired;
    private final Cluster cluster;
    private DirectedLink[] byPeer = new DirectedLink[8];
    private final Frame[] open;
    private final List<Frame> opened = new ArrayList<>();
    private boolean[] isMarked = new boolean[8];

    Node(final Cluster cluster, final int index, final int maxPeers) {
        this.cluster = cluster;
        this.index = index;
        open = new Frame[maxPeers * TYPES.length];
    }

    static long id(final int node) {
        return node + 1L;
    }

    long id() {
        return id(index);
    }

    static int node(final long id) {
        return (int) id - 1;
    }

    /** What its clock shows. */
    long localNs(final long nowNs) {
        return nowNs + clockOffsetNs + nowNs * clockDriftPpm / 1_000_000;
    }

    /** The network's time at which its clock will have shown a time. */
    long networkNs(final long localNs, final long nowNs) {
        final long waitNs = localNs - localNs(nowNs);
        return nowNs + waitNs - waitNs * clockDriftPpm / 1_000_000 + (clockDriftPpm == 0 ? 0 : 1_000);
    }

    long localNs() {
        return localNs(cluster.nowNs());
    }

    /** The core numbers its peers anew: after it was made, and when members change. */
    void renumber() {
        Arrays.fill(byPeer, null);
        for (final DirectedLink link : links) {
            link.peer = core.peerIndex(id(link.to));
            if (link.peer >= byPeer.length) {
                byPeer = Arrays.copyOf(byPeer, Integer.highestOneBit(link.peer) * 2);
            }
            byPeer[link.peer] = link;
        }
        if (isMarked.length < byPeer.length) {
            isMarked = Arrays.copyOf(isMarked, byPeer.length);
        }
    }

    DirectedLink link(final int peer) {
        return byPeer[peer];
    }

    DirectedLink linkTo(final int node) {
        for (final DirectedLink link : links) {
            if (link.to == node) {
                return link;
            }
        }
        return null;
    }

    /** Whether an exchange with a peer has been asked for; asking takes that back. */
    boolean takeMark(final int peer) {
        final boolean marked = isMarked[peer];
        isMarked[peer] = false;
        return marked;
    }

    boolean isAnyMarked() {
        for (final boolean marked : isMarked) {
            if (marked) {
                return true;
            }
        }
        return false;
    }

    /** Sends the frames that have gathered. */
    void flush() {
        for (int i = 0; i < opened.size(); i++) {
            final Frame frame = opened.get(i);
            open[frame.link.peer * TYPES.length + frame.type.ordinal()] = null;
            cluster.network().send(frame);
        }
        opened.clear();
    }

    void forgetFrames() {
        for (final Frame frame : opened) {
            cluster.network().free(frame);
        }
        opened.clear();
        Arrays.fill(open, null);
    }

    // ---- the core's effects

    @Override
    public boolean isWritable(final int peer, final int channel) {
        return hasRoom(byPeer[peer], cluster.settings().window);
    }

    @Override
    public boolean isAdmissible(final int peer, final int channel) {
        return hasRoom(byPeer[peer], cluster.settings().window / 2);
    }

    private boolean hasRoom(final DirectedLink link, final int window) {
        return isFree(link, window)
            || link.fullSinceNs != 0 && cluster.nowNs() - link.fullSinceNs >= SEND_BUDGET_NS;
    }

    private boolean isFree(final DirectedLink link, final int window) {
        return !link.isUp || cluster.network().waiting(link) < window;
    }

    /** Forgets waits that are over, as nodes do now and then. */
    void lookAtLinks() {
        for (final DirectedLink link : links) {
            if (link.fullSinceNs != 0 && isFree(link, cluster.settings().window / 2)) {
                link.fullSinceNs = 0;
            }
        }
    }

    @Override
    public void onHeldBack(final int peer, final int channel, final boolean isRelay) {
        if (byPeer[peer].fullSinceNs == 0) {
            byPeer[peer].fullSinceNs = cluster.nowNs();
        }
    }

    @Override
    public int merge(final Broadcast broadcast) {
        final int message = number(broadcast.id());
        final boolean isNew = stored.add(message);
        isRelayingRepaired = cluster.onMerge(this, message, isNew);
        return isNew ? NEW : STALE;
    }

    @Override
    public int isStale(final MessageKey key) {
        return stored.contains(number(key.id())) ? STALE : NEW;
    }

    @Override
    public int graft(final int peer, final MessageKey key) {
        final int message = number(key.id());
        if (!stored.contains(message)) {
            return UNKNOWN;
        }
        return peer != Peers.NO_PEER && sendPayload(peer, key.round(), message, true) ? SERVED : FOUND;
    }

    @Override
    public boolean sendGossip(final int peer, final int round, final Broadcast broadcast) {
        final DirectedLink link = byPeer[peer];
        if (isFree(link, round == 0 ? cluster.settings().window / 2 : cluster.settings().window)) {
            link.fullSinceNs = 0;
        }
        return sendPayload(peer, round, number(broadcast.id()), false);
    }

    private static int number(final MessageId id) {
        return (int) id.buffer().getLong(id.offset());
    }

    private boolean sendPayload(final int peer, final int round, final int message, final boolean isGrafted) {
        final DirectedLink link = byPeer[peer];
        if (!canSend(link)) {
            return false;
        }
        final Frame frame = cluster.network().frame(link, null);
        frame.length = cluster.network().gossipLength();
        frame.isGrafted = isGrafted;
        frame.isRepaired = isGrafted || isRelayingRepaired;
        frame.add(message, round, false);
        cluster.network().send(frame);
        return true;
    }

    private boolean canSend(final DirectedLink link) {
        return link.isUp && cluster.network().waiting(link) < cluster.settings().window;
    }

    @Override
    public boolean sendControl(final ControlMessage type, final int peer, final MessageKey key) {
        final DirectedLink link = byPeer[peer];
        if (!canSend(link)) {
            return false;
        }
        final int message = number(key.id());
        final int idLength = key.id().length();
        cluster.observer().onControl(index, link.to, type, message, cluster.nowNs());
        if (type == ControlMessage.PRUNE) {
            // A graft decided on before must not arrive after the prune, and undo it.
            flush();
        }
        final int slot = peer * TYPES.length + type.ordinal();
        Frame frame = open[slot];
        if (frame != null && frame.length + FrameSizes.entry(idLength) > FrameSizes.MAX_BATCH) {
            flush();
            frame = null;
        }
        if (frame == null) {
            frame = cluster.network().frame(link, type);
            frame.length = FrameSizes.first(type, idLength);
            open[slot] = frame;
            opened.add(frame);
        } else {
            frame.length += FrameSizes.entry(idLength);
        }
        frame.add(message, key.round(), key.root() != cluster.rootId(message));
        if (type == ControlMessage.PRUNE) {
            flush();
        }
        return true;
    }

    @Override
    public boolean sendQuench(final int peer, final long root, final int handler) {
        // Simulated links take whatever they are given.
        return false;
    }

    @Override
    public void onExchangeNeeded(final int peer) {
        isMarked[peer] = true;
        cluster.exchangeSoon(this);
    }
}
