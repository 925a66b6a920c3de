package io.plumtree.protocol;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.StartingPeers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A few cores on virtual time, joined by links that keep the order, take a while, refuse now and then, and lose what
 * is under way when a node crashes. One seed, one run.
 */
final class ModelCluster {
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long DETECTION_NS = 700 * MS;
    private static final long LAZY_TICK_NS = 20 * MS;

    final Random random;
    final List<Node> nodes = new ArrayList<>();
    final long[] members;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final double refusalRate;
    private final UnaryOperator<PlumtreeOptions> options;
    private long nowNs;
    private long nextEvent;
    private long nextId = 1;

    ModelCluster(final long seed, final int size, final double refusalRate) {
        this(seed, size, 0, refusalRate, UnaryOperator.identity());
    }

    /** The last nodes are members that are not there. */
    ModelCluster(
        final long seed,
        final int size,
        final int absent,
        final double refusalRate,
        final UnaryOperator<PlumtreeOptions> options) {
        this.options = options;
        this.random = new Random(seed);
        this.refusalRate = refusalRate;
        members = LongStream.range(0, size).map(i -> NodeId.of("n" + seed + "-" + i).value()).toArray();
        for (int i = 0; i < size; i++) {
            nodes.add(new Node(i));
        }
        nodes.subList(0, size - absent).forEach(Node::start);
        nodes.forEach(node -> nodes.forEach(node::linkUp));
    }

    /** Something that happens at a time; equal times in the order in which they were made. */
    private record Event(long timeNs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(final Event other) {
            return timeNs == other.timeNs ? Long.compare(order, other.order) : Long.compare(timeNs, other.timeNs);
        }
    }

    /** A frame's arrival. */
    private interface Arrival {
        void at(Plumtree plumtree, int from, DirectBuffer buffer);
    }

    void run(final long milliseconds) {
        final long endNs = nowNs + milliseconds * MS;
        while (nowNs < endNs) {
            nowNs += MS;
            while (!events.isEmpty() && events.peek().timeNs() <= nowNs) {
                events.poll().action().run();
            }
            nodes.stream().filter(node -> node.alive).forEach(Node::cycle);
        }
    }

    private void at(final long timeNs, final Runnable action) {
        events.add(new Event(timeNs, nextEvent++, action));
    }

    long broadcast(final int index) {
        final long id = nextId++;
        final Node node = nodes.get(index);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[16]);
        buffer.putLong(0, id);
        node.stored.add(id);
        node.plumtree.onBroadcast(Messages.broadcast(0, 0, 0, buffer, 8, 8), nowNs);
        return id;
    }

    void crash(final int index) {
        final Node crashed = nodes.get(index);
        crashed.alive = false;
        crashed.run++;
        for (final Node node : nodes) {
            final long delayNs = DETECTION_NS / 2 + (long) (random.nextDouble() * DETECTION_NS / 2);
            at(nowNs + delayNs, () -> {
                if (!crashed.alive) {
                    node.linkDown(crashed);
                }
            });
        }
    }

    /** Comes back without memory. */
    void restart(final int index) {
        final Node node = nodes.get(index);
        node.stored.clear();
        node.start();
        for (final Node other : nodes) {
            if (other.alive) {
                other.linkDown(node);
                other.linkUp(node);
                node.linkUp(other);
            }
        }
    }

    List<Node> survivors() {
        return nodes.stream().filter(node -> node.alive).toList();
    }

    long total(final ProtocolCounter counter) {
        return survivors().stream().mapToLong(node -> node.plumtree.counter(counter)).sum();
    }

    /** One core, its store, and its links. */
    final class Node implements PlumtreeEffects {
        final int index;
        final Set<Long> stored = new HashSet<>();
        Plumtree plumtree;
        boolean alive;
        /** Frames of an earlier run are not for this one. */
        private int run;
        private final long[] lastArrivalNs = new long[members.length];
        private final long[] latencyNs = new long[members.length];
        private long nextLazyTickNs;

        Node(final int index) {
            this.index = index;
            for (int i = 0; i < members.length; i++) {
                latencyNs[i] = MS + (long) (random.nextDouble() * 20 * MS);
            }
        }

        void start() {
            final long self = members[index];
            plumtree = new Plumtree(self, options.apply(new PlumtreeOptions()), this, nowNs);
            plumtree.start(
                members,
                StartingSets.eagers(StartingPeers.REFERENCE, self, members),
                StartingSets.lazys(StartingPeers.REFERENCE, self, members));
            nextLazyTickNs = nowNs + (long) (random.nextDouble() * LAZY_TICK_NS);
            alive = true;
        }

        void linkUp(final Node other) {
            if (alive && other.alive && other != this) {
                plumtree.onLinkUp(plumtree.peerIndex(members[other.index]), nowNs);
            }
        }

        void linkDown(final Node other) {
            if (alive && other != this) {
                plumtree.onLinkDown(plumtree.peerIndex(members[other.index]), nowNs);
            }
        }

        private void cycle() {
            plumtree.onTimers(nowNs);
            if (nowNs - nextLazyTickNs >= 0) {
                nextLazyTickNs += LAZY_TICK_NS;
                plumtree.onLazyTick(nowNs);
            }
        }

        private boolean send(final int peer, final MessageKey key, final Arrival arrival) {
            final int to = indexOf(plumtree.peerId(peer));
            if (random.nextDouble() < refusalRate) {
                return false;
            }
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[16]);
            key.id().copyTo(copy, 0);
            lastArrivalNs[to] = Math.max(
                lastArrivalNs[to], nowNs + latencyNs[to] + (long) (random.nextDouble() * 5 * MS));
            final Node target = nodes.get(to);
            final int targetRun = target.run;
            final int myRun = run;
            at(lastArrivalNs[to], () -> {
                if (target.alive && alive && target.run == targetRun && run == myRun) {
                    arrival.at(target.plumtree, target.plumtree.peerIndex(members[index]), copy);
                }
            });
            return true;
        }

        private int indexOf(final long id) {
            int i = 0;
            while (members[i] != id) {
                i++;
            }
            return i;
        }

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
            return stored.add(Messages.id(broadcast.key())) ? NEW : STALE;
        }

        @Override
        public int isStale(final MessageKey key) {
            return stored.contains(Messages.id(key)) ? STALE : NEW;
        }

        @Override
        public int graft(final int peer, final MessageKey key) {
            if (!stored.contains(Messages.id(key))) {
                return UNKNOWN;
            }
            return peer != Peers.NO_PEER && sendGossip(peer, key.round(), key) ? SERVED : FOUND;
        }

        @Override
        public boolean sendGossip(final int peer, final int round, final Broadcast broadcast) {
            return sendGossip(peer, round, broadcast.key());
        }

        private boolean sendGossip(final int peer, final int round, final MessageKey key) {
            final long root = key.root();
            final int handler = key.handler();
            return send(peer, key, (core, from, buffer) ->
                core.onGossip(from, Messages.broadcast(root, round, handler, buffer, 8, 8), nowNs));
        }

        @Override
        public boolean sendControl(final ControlMessage type, final int peer, final MessageKey key) {
            final long root = key.root();
            final int round = key.round();
            final int handler = key.handler();
            return send(peer, key, (core, from, buffer) ->
                core.onControl(type, from, Messages.key(root, round, handler, buffer, 8), nowNs));
        }

        @Override
        public boolean sendQuench(final int peer, final long root, final int handler) {
            return false;
        }

        @Override
        public void onExchangeNeeded(final int peer) {
        }
    }
}
