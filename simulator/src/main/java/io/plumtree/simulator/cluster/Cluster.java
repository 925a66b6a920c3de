package io.plumtree.simulator.cluster;

import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.Roots;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Nodes and links on virtual time: the same protocol cores that run in production, one thread, one seed, and so one
 * run. Messages are numbered as they are broadcast, nodes as they are added.
 *
 * <p>What is the real core's: trees, announcements, grafts, timers. What is a model here: links (in order, unless told
 * otherwise), the detection of failures, and exchanges, which take two round trips and bring what either lacks.
 */
public final class Cluster {
    private static final byte BROADCAST = 3;
    private static final byte ACTION = 8;

    private static final int HANDLER = 0;
    private static final long RETRY_NS = 1_000_000;

    private final World world;
    private final NetworkSettings settings;
    private final ClusterObserver observer;
    private final EventQueue events;
    private final List<Node> nodes;
    private final Network network;
    private final BroadcastTable broadcasts = new BroadcastTable();
    private final NodeTimers timers;
    private final Links links;
    private final ExchangeModel exchanges;
    private final ClusterView view;
    private Members members;
    private final List<Runnable> actions = new ArrayList<>();
    private final UnsafeBuffer buffer;
    private final MessageKey key = new MessageKey();
    private final Broadcast broadcast = new Broadcast();
    private Frame arriving;
    private long eventCount;
    private long digest;

    /**
     * An empty cluster at time 0.
     *
     * @param settings what holds for all nodes and links.
     * @param seed     of all that the network leaves to chance.
     * @param observer watches.
     */
    public Cluster(final NetworkSettings settings, final long seed, final ClusterObserver observer) {
        this.settings = settings;
        this.observer = observer;
        world = new World(settings, seed, observer);
        events = world.events;
        nodes = world.nodes;
        network = new Network(settings, events, world.random, observer);
        timers = new NodeTimers(world);
        links = new Links(world, timers);
        exchanges = new ExchangeModel(world, broadcasts);
        view = new ClusterView(world, broadcasts);
        buffer = new UnsafeBuffer(new byte[Long.BYTES + settings.payloadLength]);
        broadcast.body(buffer, 0, buffer.capacity()).size(1, settings.payloadLength);
    }

    /**
     * Its links.
     *
     * @return what makes, breaks and mends them.
     */
    public Links links() {
        return links;
    }

    /**
     * What a watcher may ask.
     *
     * @return a view that goes along with the cluster.
     */
    public ClusterView view() {
        return view;
    }

    // ---- building

    /**
     * Lets the nodes find their neighbours themselves; before any node is added.
     *
     * @param options of the membership.
     * @param between what their messages travel over; links take as long.
     * @return the membership, without any node.
     */
    public Members membership(final HyParViewOptions options, final MemberNetwork between) {
        members = new Members(options, events, world.random.split(), between, new MembersLinks(links, between));
        return members;
    }

    /**
     * Starts a node that joins through a contact.
     *
     * @param node    the node.
     * @param contact another node, or this one if it is the first.
     */
    public void startMember(final int node, final int contact) {
        start(node);
        members.start(node, contact);
    }

    /**
     * Adds a node; it is not started.
     *
     * @return its number.
     */
    public int addNode() {
        final Node node = new Node(this, nodes.size(), settings.protocol.maxPeers());
        node.tickPhaseNs = world.random.nextLong(settings.lazyTickPeriodNs);
        nodes.add(node);
        return node.index;
    }

    /**
     * Starts a node whose peers in every tree are the ends of its links, all eager; the links come up.
     *
     * @param node the node.
     */
    public void start(final int node) {
        final long[] peers = nodes.get(node).links.stream().mapToLong(link -> Node.id(link.to)).toArray();
        start(node, peers, new long[0]);
    }

    /**
     * Starts a node with given sets; the links come up.
     *
     * @param node   the node.
     * @param eagers first eager peers, values of ids.
     * @param lazys  first lazy peers.
     */
    public void start(final int node, final long[] eagers, final long[] lazys) {
        final Node started = nodes.get(node);
        started.run++;
        started.isAlive = true;
        started.forgetFrames();
        started.busyUntilNs = 0;
        started.core = new Plumtree(started.id(), settings.protocol, started, started.localNs());
        started.core.start(
            started.links.stream().mapToLong(link -> Node.id(link.to)).toArray(), eagers, lazys);
        started.renumber();
        started.tickDueNs = Node.NEVER;
        started.timerDueNs = Node.NEVER;
        started.exchangeDueNs = Node.NEVER;
        exchanges.onStart(started);
        links.onStart(started);
    }

    // ---- time

    /**
     * The network's time.
     *
     * @return nanoseconds since the start.
     */
    public long nowNs() {
        return events.timeNs();
    }

    /**
     * Lets time pass.
     *
     * @param untilNs up to and including this time.
     */
    public void run(final long untilNs) {
        while (events.poll(untilNs)) {
            happen();
        }
        events.timeNs(Math.max(untilNs, events.timeNs()));
    }

    /**
     * Something that happens at a time.
     *
     * @param atNs   the time.
     * @param action what happens.
     */
    public void at(final long atNs, final Runnable action) {
        actions.add(action);
        events.add(atNs, ACTION, 0, actions.size() - 1);
    }

    private void happen() {
        final byte kind = events.kind();
        final int index = events.node();
        final int argument = events.argument();
        eventCount++;
        digest = (digest ^ nowNs() * 31 + kind ^ (long) index << 32 ^ argument) * 0x9e3779b97f4a7c15L;
        digest ^= digest >>> 29;
        switch (kind) {
            case Network.ARRIVAL -> onArrival(network.frame(argument));
            case ACTION -> actions.set(argument, null).run();
            case BROADCAST -> onBroadcast(nodes.get(index), argument);
            case ExchangeModel.EXCHANGED -> exchanges.onExchanged(argument);
            case Links.DETECT, Links.CONNECT -> links.happen(kind, index, argument);
            case NodeTimers.TICK, NodeTimers.TIMER, ExchangeModel.EXCHANGE ->
                onPlanned(kind, nodes.get(index), argument);
            default -> members.happen(kind, index, argument);
        }
    }

    private void onPlanned(final byte kind, final Node node, final int run) {
        if (!node.isAlive || node.run != run) {
            return;
        }
        switch (kind) {
            case NodeTimers.TICK -> timers.onTick(node);
            case NodeTimers.TIMER -> timers.onTimer(node);
            case ExchangeModel.EXCHANGE -> {
                exchanges.onTick(node);
                after(node);
            }
            default -> throw new IllegalStateException("unknown event: " + kind);
        }
    }

    private void after(final Node node) {
        timers.after(node);
    }

    // ---- broadcasts

    /**
     * A node broadcasts, unless it is dead by then. Where links are full it tries again until there is room.
     *
     * @param node the node.
     * @param atNs when.
     * @return the message's number.
     */
    public int broadcastAt(final int node, final long atNs) {
        final int message = broadcasts.add(node);
        events.add(atNs, BROADCAST, node, message);
        return message;
    }

    private void onBroadcast(final Node node, final int message) {
        if (!node.isAlive) {
            return;
        }
        if (!node.core.onBroadcastDue(HANDLER, node.localNs())) {
            events.add(nowNs() + RETRY_NS, BROADCAST, node.index, message);
            return;
        }
        broadcasts.onSent(message, nowNs());
        node.isRelayingRepaired = false;
        node.stored.add(message);
        observer.onBroadcast(node.index, message, nowNs());
        named(broadcast.key(), message, node.id(), 0);
        node.core.onBroadcast(broadcast, node.localNs());
        after(node);
    }

    long rootId(final int message) {
        return Node.id(broadcasts.root(message));
    }

    // ---- frames

    NetworkSettings settings() {
        return settings;
    }

    Network network() {
        return network;
    }

    ClusterObserver observer() {
        return observer;
    }

    private void onArrival(final Frame frame) {
        final DirectedLink link = frame.link;
        final Node node = nodes.get(link.to);
        if (!node.isAlive || frame.connection != link.connection || !link.reverse.isUp) {
            network.free(frame);
            return;
        }
        final long waitUntilNs = Math.max(node.busyUntilNs, link.stalledUntilNs);
        if (waitUntilNs > nowNs()) {
            events.add(waitUntilNs, Network.ARRIVAL, node.index, frame.index);
            return;
        }
        if (node.serviceNs > 0) {
            node.busyUntilNs = nowNs() + node.serviceNs;
        }
        if (frame.type == null) {
            if (!onPayload(frame, node)) {
                link.stalledUntilNs = nowNs() + RETRY_NS;
                events.add(link.stalledUntilNs, Network.ARRIVAL, node.index, frame.index);
                after(node);
                return;
            }
        } else {
            for (int i = 0; i < frame.count; i++) {
                final int message = frame.message(i);
                final long root = frame.isCommonTree(i) ? Roots.COMMON_TREE : rootId(message);
                node.core.onControl(
                    frame.type, link.reverse.peer, named(key, message, root, frame.round(i)), node.localNs());
            }
        }
        network.free(frame);
        after(node);
    }

    private boolean onPayload(final Frame frame, final Node node) {
        final int message = frame.message(0);
        arriving = frame;
        named(broadcast.key(), message, rootId(message), frame.round(0));
        return node.core.onGossip(frame.link.reverse.peer, broadcast, node.localNs());
    }

    /** Makes a message's number its id. */
    private MessageKey named(final MessageKey name, final int message, final long root, final int round) {
        buffer.putLong(0, message);
        name.id().wrap(buffer, 0, Long.BYTES);
        return name.set(root, round, HANDLER);
    }

    /** A payload has reached a node's handler; returns whether a graft was needed on its way. */
    boolean onMerge(final Node node, final int message, final boolean isNew) {
        final DirectedLink link = arriving.link;
        if (isNew) {
            observer.onDelivery(
                node.index, link.from, message, arriving.round(0) + 1, arriving.isRepaired, nowNs());
        } else {
            observer.onDuplicate(node.index, link.from, message, nowNs());
        }
        return arriving.isRepaired;
    }

    /** A node has been asked for an exchange by its core. */
    void exchangeSoon(final Node node) {
        exchanges.soon(node);
    }

    // ---- faults

    /**
     * A node crashes: what it had sent still arrives.
     *
     * @param node the node.
     */
    public void crash(final int node) {
        final Node crashed = nodes.get(node);
        if (!crashed.isAlive) {
            return;
        }
        observer.onFault("node " + node + " crashes", nowNs());
        crashed.isAlive = false;
        crashed.run++;
        if (members != null) {
            members.crash(node);
            crashed.links.clear();
            return;
        }
        links.onCrash(crashed);
    }

    /**
     * A crashed node is about to start again, with sets of its own: to be followed by a start.
     *
     * @param node      the node.
     * @param hasMemory whether its handler still has the messages that it had.
     */
    public void comeBack(final int node, final boolean hasMemory) {
        observer.onFault("node " + node + " starts again, " + (hasMemory ? "with" : "without") + " memory", nowNs());
        if (!hasMemory) {
            nodes.get(node).stored.clear();
        }
    }

    /**
     * A node takes so long for each frame.
     *
     * @param node      the node.
     * @param serviceNs nanoseconds; 0 for no time.
     */
    public void slow(final int node, final long serviceNs) {
        observer.onFault("node " + node + " takes " + serviceNs / 1_000 + " us for a frame", nowNs());
        nodes.get(node).serviceNs = serviceNs;
    }

    /**
     * A node's clock differs from the network's time; to be set before the node starts.
     *
     * @param node     the node.
     * @param offsetNs by how much at the start.
     * @param driftPpm by how much more, each million nanoseconds.
     */
    public void clock(final int node, final long offsetNs, final long driftPpm) {
        nodes.get(node).clockOffsetNs = offsetNs;
        nodes.get(node).clockDriftPpm = driftPpm;
    }

    /**
     * How much has happened.
     *
     * @return events.
     */
    public long eventCount() {
        return eventCount;
    }

    /**
     * Stands for all that has happened, and when.
     *
     * @return equal where all was.
     */
    public long digest() {
        return digest;
    }
}
