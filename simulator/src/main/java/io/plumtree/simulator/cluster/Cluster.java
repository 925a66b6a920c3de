package io.plumtree.simulator.cluster;

import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.ProtocolCounter;
import io.plumtree.protocol.Roots;
import io.plumtree.protocol.membership.HyParViewCounter;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Nodes and links on virtual time: the same protocol cores that run in production, one thread, one seed, and so one
 * run. Messages are numbered as they are broadcast, nodes as they are added.
 *
 * <p>What is the real core's: trees, announcements, grafts, timers. What is a model here: links (in order, unless told
 * otherwise), the detection of failures, and exchanges, which take two round trips and bring what either lacks.
 */
public final class Cluster {
    private static final byte TICK = 1;
    private static final byte TIMER = 2;
    private static final byte BROADCAST = 3;
    private static final byte EXCHANGE = 4;
    private static final byte EXCHANGED = 5;
    private static final byte DETECT = 6;
    private static final byte CONNECT = 7;
    private static final byte ACTION = 8;

    private static final int HANDLER = 0;
    private static final long RETRY_NS = 1_000_000;
    /** What is younger is left to the trees, as {@code pubsub} does it. */
    private static final long EXCHANGED_AGE_NS = 2_000_000_000L;

    private final NetworkSettings settings;
    private final SplittableRandom random;
    private final ClusterObserver observer;
    private final EventQueue events = new EventQueue();
    private final Network network;
    private final List<Node> nodes = new ArrayList<>();
    private Members members;
    private final List<Link> allLinks = new ArrayList<>();
    private final List<Runnable> actions = new ArrayList<>();
    private final List<int[]> exchanges = new ArrayList<>();
    private int[] roots = new int[64];
    private long[] sentNs = new long[64];
    private int messageCount;
    private final UnsafeBuffer buffer;
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
        this.random = new SplittableRandom(seed);
        this.observer = observer;
        this.network = new Network(settings, events, random, observer);
        this.buffer = new UnsafeBuffer(new byte[Long.BYTES + settings.payloadLength]);
    }

    // ---- building

    /**
     * Lets the nodes find their neighbours themselves; before any node is added.
     *
     * @param options of the membership.
     * @param between what their messages travel over; links take as long.
     */
    public void membership(final HyParViewOptions options, final MemberNetwork between) {
        members = new Members(options, events, random.split(), between, new MembersLinks(this, between));
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
        node.tickPhaseNs = random.nextLong(settings.lazyTickPeriodNs);
        nodes.add(node);
        return node.index;
    }

    /**
     * Adds a link in both directions.
     *
     * @param a         a node.
     * @param b         another node.
     * @param latencyNs how long it takes in either direction.
     */
    public void addLink(final int a, final int b, final long latencyNs) {
        final Link there = new Link(allLinks.size(), a, b, latencyNs);
        final Link back = new Link(allLinks.size() + 1, b, a, latencyNs);
        there.reverse = back;
        back.reverse = there;
        nodes.get(a).links.add(there);
        nodes.get(b).links.add(back);
        allLinks.add(there);
        allLinks.add(back);
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
        if (settings.exchangePeriodNs > 0) {
            exchangeAt(started, nowNs() + random.nextLong(settings.exchangePeriodNs));
        }
        for (final Link link : started.links) {
            link.isUp = false;
            connectSoon(link, nowNs() == 0 ? 0 : 3 * link.latencyNs);
        }
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
            case EXCHANGED -> onExchanged(exchanges.set(argument, null));
            case DETECT -> onDetect(allLinks.get(index), argument);
            case CONNECT -> onConnect(allLinks.get(index), argument);
            case TICK, TIMER, EXCHANGE -> onPlanned(kind, nodes.get(index), argument);
            default -> members.happen(kind, index, argument);
        }
    }

    private void onPlanned(final byte kind, final Node node, final int run) {
        if (!node.isAlive || node.run != run) {
            return;
        }
        switch (kind) {
            case TICK -> {
                if (nowNs() != node.tickDueNs) {
                    return;
                }
                node.tickDueNs = Node.NEVER;
                node.core.onLazyTick(node.localNs());
            }
            case TIMER -> {
                if (nowNs() != node.timerDueNs) {
                    return;
                }
                node.timerDueNs = Node.NEVER;
                node.core.onTimers(node.localNs());
            }
            case EXCHANGE -> onExchangeTick(node);
            default -> throw new IllegalStateException("unknown event: " + kind);
        }
        after(node);
    }

    /** After each event: what has gathered goes out, and what comes next is planned. */
    private void after(final Node node) {
        node.flush();
        final Plumtree core = node.core;
        final long waitNs = core.lazyTickWaitNs(node.localNs());
        if (waitNs != Long.MAX_VALUE) {
            final long dueNs = nextTickNs(node, nowNs() + waitNs);
            if (dueNs < node.tickDueNs) {
                node.tickDueNs = dueNs;
                events.add(dueNs, TICK, node.index, node.run);
            }
        }
        if (core.hasTimers()) {
            final long dueNs = Math.max(nowNs(), node.networkNs(core.timerDeadlineNs(), nowNs()));
            if (dueNs < node.timerDueNs) {
                node.timerDueNs = dueNs;
                events.add(dueNs, TIMER, node.index, node.run);
            }
        }
    }

    /** A node's first tick after now that is not before a time; those in which it has nothing to do are left out. */
    private long nextTickNs(final Node node, final long atNs) {
        final long fromNs = Math.max(atNs, nowNs() + 1) - node.tickPhaseNs;
        return node.tickPhaseNs + -Math.floorDiv(-fromNs, settings.lazyTickPeriodNs) * settings.lazyTickPeriodNs;
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
        if (messageCount == roots.length) {
            roots = Arrays.copyOf(roots, messageCount * 2);
            sentNs = Arrays.copyOf(sentNs, messageCount * 2);
        }
        roots[messageCount] = node;
        sentNs[messageCount] = -1;
        events.add(atNs, BROADCAST, node, messageCount);
        return messageCount++;
    }

    private void onBroadcast(final Node node, final int message) {
        if (!node.isAlive) {
            return;
        }
        if (!node.core.canBroadcast(HANDLER, node.localNs())) {
            events.add(nowNs() + RETRY_NS, BROADCAST, node.index, message);
            return;
        }
        sentNs[message] = nowNs();
        node.isRelayingRepaired = false;
        node.stored.add(message);
        observer.onBroadcast(node.index, message, nowNs());
        buffer.putLong(0, message);
        node.core.onBroadcast(HANDLER, buffer, 0, Long.BYTES, Long.BYTES, settings.payloadLength, node.localNs());
        after(node);
    }

    /**
     * How many messages there are, those included whose time has not come.
     *
     * @return messages.
     */
    public int messageCount() {
        return messageCount;
    }

    /**
     * Where a message was first broadcast.
     *
     * @param message the message.
     * @return the node.
     */
    public int root(final int message) {
        return roots[message];
    }

    /**
     * When a message was broadcast.
     *
     * @param message the message.
     * @return the time; -1 if it was not.
     */
    public long sentNs(final int message) {
        return sentNs[message];
    }

    long rootId(final int message) {
        return Node.id(roots[message]);
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
        final Link link = frame.link;
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
                buffer.putLong(0, message);
                node.core.onControl(
                    frame.type, link.reverse.peer, frame.isCommonTree(i) ? Roots.COMMON_TREE : rootId(message),
                    frame.round(i), HANDLER, buffer, 0, Long.BYTES, node.localNs());
            }
        }
        network.free(frame);
        after(node);
    }

    private boolean onPayload(final Frame frame, final Node node) {
        final int message = frame.message(0);
        arriving = frame;
        buffer.putLong(0, message);
        return node.core.onGossip(
            frame.link.reverse.peer, rootId(message), frame.round(0), HANDLER, buffer, 0, Long.BYTES,
            Long.BYTES, settings.payloadLength, node.localNs());
    }

    /** A payload has reached a node's handler; returns whether a graft was needed on its way. */
    boolean onMerge(final Node node, final int message, final boolean isNew) {
        final Link link = arriving.link;
        if (isNew) {
            observer.onDelivery(
                node.index, link.from, message, arriving.round(0) + 1, arriving.isRepaired, nowNs());
        } else {
            observer.onDuplicate(node.index, link.from, message, nowNs());
        }
        return arriving.isRepaired;
    }

    // ---- exchanges

    void exchangeSoon(final Node node) {
        exchangeAt(node, nowNs() + RETRY_NS);
    }

    private void exchangeAt(final Node node, final long atNs) {
        if (atNs < node.exchangeDueNs) {
            node.exchangeDueNs = atNs;
            events.add(atNs, EXCHANGE, node.index, node.run);
        }
    }

    private void onExchangeTick(final Node node) {
        if (nowNs() < node.exchangeDueNs) {
            return;
        }
        node.exchangeDueNs = Node.NEVER;
        boolean isAnyMarked = false;
        for (final Link link : node.links) {
            if (link.isUp && node.takeMark(link.peer)) {
                isAnyMarked = true;
                exchange(link, true);
            }
        }
        if (settings.exchangePeriodNs > 0) {
            final List<Link> reachable = node.links.stream().filter(link -> link.isUp).toList();
            if (!isAnyMarked && !reachable.isEmpty()) {
                exchange(reachable.get(random.nextInt(reachable.size())), false);
            }
            exchangeAt(node, nowNs() + settings.exchangePeriodNs / 2 + random.nextLong(settings.exchangePeriodNs));
        }
    }

    private void exchange(final Link link, final boolean isMarked) {
        exchanges.add(new int[]{link.from, link.to, link.connection, isMarked ? 1 : 0});
        events.add(nowNs() + 4 * link.latencyNs, EXCHANGED, link.from, exchanges.size() - 1);
    }

    private void onExchanged(final int[] exchange) {
        final Link link = nodes.get(exchange[0]).linkTo(exchange[1]);
        if (link != null && link.isUp && link.reverse.isUp && link.connection == exchange[2]
            && !link.isCut && !link.reverse.isCut
            && nodes.get(link.from).isAlive && nodes.get(link.to).isAlive) {
            bring(link.from, link.to, exchange[3] == 1);
            bring(link.to, link.from, exchange[3] == 1);
            nodes.get(link.from).core.onExchanged(link.peer, true, nowNs());
        }
    }

    private void bring(final int from, final int to, final boolean isMarked) {
        final MessageSet has = nodes.get(from).stored;
        final MessageSet lacks = nodes.get(to).stored;
        int message = has.nextNotIn(lacks, 0);
        while (message >= 0) {
            if (isMarked || nowNs() - sentNs[message] >= EXCHANGED_AGE_NS) {
                lacks.add(message);
                observer.onDelivery(to, from, message, ClusterObserver.BY_EXCHANGE, true, nowNs());
            }
            message = has.nextNotIn(lacks, message + 1);
        }
    }

    // ---- links

    private void connectSoon(final Link link, final long delayNs) {
        events.add(nowNs() + delayNs, CONNECT, link.index, nodes.get(link.from).run);
    }

    /** Both ends have greeted each other, if they can. */
    private void onConnect(final Link link, final int run) {
        final Node from = nodes.get(link.from);
        final Node to = nodes.get(link.to);
        if (!from.isAlive || from.run != run || !to.isAlive || link.isCut || link.reverse.isCut
            || link.isUp && link.reverse.isUp || from.linkTo(link.to) != link) {
            return;
        }
        connect(link);
    }

    private void connect(final Link link) {
        down(link);
        down(link.reverse);
        link.connection++;
        link.reverse.connection++;
        up(link);
        up(link.reverse);
    }

    // ---- links that the membership asks for

    /** A node has a new neighbour, which may have it as one already. */
    void wanted(final int a, final int b, final long latencyNs) {
        Link link = nodes.get(b).linkTo(a);
        if (link == null) {
            link = new Link(allLinks.size(), b, a, latencyNs);
            link.reverse = new Link(allLinks.size() + 1, a, b, latencyNs);
            link.reverse.reverse = link;
            allLinks.add(link);
            allLinks.add(link.reverse);
        }
        nodes.get(a).links.add(link.reverse);
        update(nodes.get(a));
    }

    void unwanted(final int a, final int b) {
        remove(a, b);
    }

    void connected(final int a, final int b) {
        connect(nodes.get(a).linkTo(b));
    }

    void disconnected(final int a, final int b) {
        down(nodes.get(a).linkTo(b));
    }

    private void up(final Link link) {
        final Node node = nodes.get(link.from);
        link.isUp = true;
        link.stalledUntilNs = 0;
        link.freeNs = nowNs();
        observer.onLink(link.from, link.to, "is up", nowNs());
        node.core.onLinkUp(link.peer, node.localNs());
        after(node);
    }

    private void down(final Link link) {
        if (link.isUp) {
            final Node node = nodes.get(link.from);
            link.isUp = false;
            observer.onLink(link.from, link.to, "is down", nowNs());
            node.core.onLinkDown(link.peer, node.localNs());
            after(node);
        }
    }

    private void detectSoon(final Link link) {
        final long delayNs = settings.detectionNs / 2 + random.nextLong(settings.detectionNs / 2 + 1);
        events.add(nowNs() + delayNs, DETECT, link.index, link.connection);
    }

    /** The sender's end of a link has heard nothing for long. */
    private void onDetect(final Link link, final int connection) {
        final Node node = nodes.get(link.from);
        final boolean isGone = !nodes.get(link.to).isAlive || link.isCut || link.reverse.isCut;
        if (isGone && node.isAlive && link.connection == connection && node.linkTo(link.to) == link) {
            down(link);
        }
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
        for (final Link link : crashed.links) {
            link.isUp = false;
            detectSoon(link.reverse);
        }
    }

    /**
     * A crashed node starts again, with all its links as first peers.
     *
     * @param node      the node.
     * @param hasMemory whether its handler still has the messages that it had.
     */
    public void restart(final int node, final boolean hasMemory) {
        comeBack(node, hasMemory);
        start(node);
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
     * Frames from one node to another vanish from now on.
     *
     * @param from a node.
     * @param to   one of its peers.
     */
    public void cut(final int from, final int to) {
        final Link link = nodes.get(from).linkTo(to);
        if (link != null && !link.isCut) {
            observer.onLink(from, to, "is cut", nowNs());
            link.isCut = true;
            detectSoon(link);
            detectSoon(link.reverse);
        }
    }

    /**
     * Frames arrive again, in both directions.
     *
     * @param a a node.
     * @param b one of its peers.
     */
    public void heal(final int a, final int b) {
        final Link link = nodes.get(a).linkTo(b);
        if (link != null) {
            observer.onLink(a, b, "heals, in both directions", nowNs());
            link.isCut = false;
            link.reverse.isCut = false;
            connectSoon(link, settings.detectionNs + 3 * link.latencyNs);
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
     * A new link between nodes that run: each is told of a new member.
     *
     * @param a         a node.
     * @param b         another node.
     * @param latencyNs how long it takes in either direction.
     */
    public void join(final int a, final int b, final long latencyNs) {
        observer.onLink(a, b, "is made, in both directions", nowNs());
        addLink(a, b, latencyNs);
        update(nodes.get(a));
        update(nodes.get(b));
        connectSoon(nodes.get(a).linkTo(b), 3 * latencyNs);
    }

    /**
     * Two nodes are peers no more: each is told that the other is no member.
     *
     * @param a a node.
     * @param b one of its peers.
     */
    public void part(final int a, final int b) {
        observer.onLink(a, b, "is taken away, in both directions", nowNs());
        remove(a, b);
        remove(b, a);
    }

    private void remove(final int a, final int b) {
        final Node node = nodes.get(a);
        final Link link = node.linkTo(b);
        if (link != null) {
            link.isUp = false;
            link.connection++;
            node.links.remove(link);
            update(node);
        }
    }

    private void update(final Node node) {
        if (node.isAlive) {
            node.core.update(
                node.links.stream().mapToLong(link -> Node.id(link.to)).toArray(), node.localNs());
            node.renumber();
            after(node);
        }
    }

    // ---- what a watcher asks

    /**
     * How many nodes there are, dead ones included.
     *
     * @return nodes.
     */
    public int size() {
        return nodes.size();
    }

    /**
     * Whether a node runs.
     *
     * @param node the node.
     * @return true if so.
     */
    public boolean isAlive(final int node) {
        return nodes.get(node).isAlive;
    }

    /**
     * Whether a node has a message.
     *
     * @param node    the node.
     * @param message the message.
     * @return true if so.
     */
    public boolean has(final int node, final int message) {
        return nodes.get(node).stored.contains(message);
    }

    /**
     * The other ends of a node's links.
     *
     * @param node the node.
     * @return nodes.
     */
    public int[] peers(final int node) {
        return nodes.get(node).links.stream().mapToInt(link -> link.to).toArray();
    }

    /**
     * How long a link takes.
     *
     * @param from a node.
     * @param to   one of its peers.
     * @return nanoseconds.
     */
    public long latencyNs(final int from, final int to) {
        return nodes.get(from).linkTo(to).latencyNs;
    }

    /**
     * Whether a node that runs takes one of its peers for reachable.
     *
     * @param from a node.
     * @param to   one of its peers.
     * @return true if so.
     */
    public boolean isUp(final int from, final int to) {
        return nodes.get(from).linkTo(to).isUp;
    }

    /**
     * Whether a peer is eager in the tree that holds for a root.
     *
     * @param root a node.
     * @param from a node that runs.
     * @param to   one of its peers.
     * @return true if so.
     */
    public boolean isEager(final int root, final int from, final int to) {
        return nodes.get(from).core.isEager(Node.id(root), nodes.get(from).linkTo(to).peer);
    }

    /**
     * Whether a peer is lazy in the tree that holds for a root.
     *
     * @param root a node.
     * @param from a node that runs.
     * @param to   one of its peers.
     * @return true if so.
     */
    public boolean isLazy(final int root, final int from, final int to) {
        return nodes.get(from).core.isLazy(Node.id(root), nodes.get(from).linkTo(to).peer);
    }

    /**
     * How much the node still has to do without further messages: announcements that are not acknowledged, messages
     * that are waited for, acknowledgements not sent.
     *
     * @param node a node that runs.
     * @return entries in its tables.
     */
    public int pending(final int node) {
        final Plumtree core = nodes.get(node).core;
        return core.outstandingCount() + core.missingCount() + core.pendingAcknowledgementCount();
    }

    /**
     * How many announcements of a node are outstanding.
     *
     * @param node a node that runs.
     * @return entries, of all its peers.
     */
    public int outstanding(final int node) {
        return nodes.get(node).core.outstandingCount();
    }

    /**
     * How many announcements of a node to one of its peers are outstanding.
     *
     * @param node a node that runs.
     * @param to   one of its peers.
     * @return entries.
     */
    public int outstanding(final int node, final int to) {
        return nodes.get(node).core.outstandingCount(nodes.get(node).linkTo(to).peer);
    }

    /**
     * How many announced messages a node waits for.
     *
     * @param node a node that runs.
     * @return messages.
     */
    public int missing(final int node) {
        return nodes.get(node).core.missingCount();
    }

    /**
     * Whether a node has a timer that runs.
     *
     * @param node a node that runs.
     * @return true if so.
     */
    public boolean hasTimers(final int node) {
        return nodes.get(node).core.hasTimers();
    }

    /**
     * A counter, summed over the nodes that run.
     *
     * @param counter the counter.
     * @return the sum.
     */
    public long total(final ProtocolCounter counter) {
        return nodes.stream().filter(node -> node.isAlive).mapToLong(node -> node.core.counter(counter)).sum();
    }

    /**
     * A counter of the membership, summed over the nodes that run.
     *
     * @param counter the counter.
     * @return the sum; 0 where the overlay is fixed.
     */
    public long total(final HyParViewCounter counter) {
        return members == null ? 0 : members.total(counter);
    }

    /**
     * The peers of a node with which it has a link that is up at both ends.
     *
     * @param node the node.
     * @return nodes; none if it does not run.
     */
    public int[] connected(final int node) {
        final Node from = nodes.get(node);
        return !from.isAlive ? new int[0] : from.links.stream()
            .filter(link -> link.isUp && link.reverse.isUp && nodes.get(link.to).isAlive)
            .mapToInt(link -> link.to).toArray();
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
