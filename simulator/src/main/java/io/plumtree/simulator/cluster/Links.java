package io.plumtree.simulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The links of a cluster: which there are, which are up, and when an end of one that has broken takes notice. */
public final class Links {
    static final byte DETECT = 6;
    static final byte CONNECT = 7;

    private final World world;
    private final NetworkSettings settings;
    private final EventQueue events;
    private final SplittableRandom random;
    private final ClusterObserver observer;
    private final NodeTimers timers;
    private final List<DirectedLink> allLinks = new ArrayList<>();

    Links(final World world, final NodeTimers timers) {
        this.world = world;
        this.timers = timers;
        settings = world.settings;
        events = world.events;
        random = world.random;
        observer = world.observer;
    }

    /**
     * Adds a link in both directions.
     *
     * @param a         a node.
     * @param b         another node.
     * @param latencyNs how long it takes in either direction.
     */
    public void add(final int a, final int b, final long latencyNs) {
        final DirectedLink there = new DirectedLink(allLinks.size(), a, b, latencyNs);
        final DirectedLink back = new DirectedLink(allLinks.size() + 1, b, a, latencyNs);
        there.reverse = back;
        back.reverse = there;
        world.node(a).links.add(there);
        world.node(b).links.add(back);
        allLinks.add(there);
        allLinks.add(back);
    }

    /**
     * Frames from one node to another vanish from now on.
     *
     * @param from a node.
     * @param to   one of its peers.
     */
    public void cut(final int from, final int to) {
        final DirectedLink link = world.node(from).linkTo(to);
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
        final DirectedLink link = world.node(a).linkTo(b);
        if (link != null) {
            observer.onLink(a, b, "heals, in both directions", nowNs());
            link.isCut = false;
            link.reverse.isCut = false;
            connectSoon(link, settings.detectionNs + 3 * link.latencyNs);
        }
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
        add(a, b, latencyNs);
        update(world.node(a));
        update(world.node(b));
        connectSoon(world.node(a).linkTo(b), 3 * latencyNs);
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

    private void connectSoon(final DirectedLink link, final long delayNs) {
        events.add(nowNs() + delayNs, CONNECT, link.index, world.node(link.from).run);
    }

    /** The links of a node that starts come up, a while later. */
    void onStart(final Node node) {
        for (final DirectedLink link : node.links) {
            link.isUp = false;
            connectSoon(link, nowNs() == 0 ? 0 : 3 * link.latencyNs);
        }
    }

    /** The links of a node that has crashed are down at its end; the other ends are still to notice. */
    void onCrash(final Node node) {
        for (final DirectedLink link : node.links) {
            link.isUp = false;
            detectSoon(link.reverse);
        }
    }

    void happen(final byte kind, final int index, final int argument) {
        switch (kind) {
            case DETECT -> onDetect(allLinks.get(index), argument);
            case CONNECT -> onConnect(allLinks.get(index), argument);
            default -> throw new IllegalStateException("unknown event: " + kind);
        }
    }

    /** Both ends have greeted each other, if they can. */
    private void onConnect(final DirectedLink link, final int run) {
        final Node from = world.node(link.from);
        final Node to = world.node(link.to);
        if (!from.isAlive || from.run != run || !to.isAlive || link.isCut || link.reverse.isCut
            || link.isUp && link.reverse.isUp || from.linkTo(link.to) != link) {
            return;
        }
        connect(link);
    }

    private void connect(final DirectedLink link) {
        down(link);
        down(link.reverse);
        link.connection++;
        link.reverse.connection++;
        up(link);
        up(link.reverse);
    }

    /** A node has a new neighbour, which may have it as one already. */
    void wanted(final int a, final int b, final long latencyNs) {
        DirectedLink link = world.node(b).linkTo(a);
        if (link == null) {
            link = new DirectedLink(allLinks.size(), b, a, latencyNs);
            link.reverse = new DirectedLink(allLinks.size() + 1, a, b, latencyNs);
            link.reverse.reverse = link;
            allLinks.add(link);
            allLinks.add(link.reverse);
        }
        world.node(a).links.add(link.reverse);
        update(world.node(a));
    }

    void unwanted(final int a, final int b) {
        remove(a, b);
    }

    void connected(final int a, final int b) {
        connect(world.node(a).linkTo(b));
    }

    void disconnected(final int a, final int b) {
        down(world.node(a).linkTo(b));
    }

    private void up(final DirectedLink link) {
        final Node node = world.node(link.from);
        link.isUp = true;
        link.stalledUntilNs = 0;
        link.fullSinceNs = 0;
        link.freeNs = nowNs();
        observer.onLink(link.from, link.to, "is up", nowNs());
        node.core.onLinkUp(link.peer, node.localNs());
        timers.after(node);
    }

    private void down(final DirectedLink link) {
        if (link.isUp) {
            final Node node = world.node(link.from);
            link.isUp = false;
            observer.onLink(link.from, link.to, "is down", nowNs());
            node.core.onLinkDown(link.peer, node.localNs());
            timers.after(node);
        }
    }

    private void detectSoon(final DirectedLink link) {
        final long delayNs = settings.detectionNs / 2 + random.nextLong(settings.detectionNs / 2 + 1);
        events.add(nowNs() + delayNs, DETECT, link.index, link.connection);
    }

    /** The sender's end of a link has heard nothing for long. */
    private void onDetect(final DirectedLink link, final int connection) {
        final Node node = world.node(link.from);
        final boolean isGone = !world.node(link.to).isAlive || link.isCut || link.reverse.isCut;
        if (isGone && node.isAlive && link.connection == connection && node.linkTo(link.to) == link) {
            down(link);
        }
    }

    private void remove(final int a, final int b) {
        final Node node = world.node(a);
        final DirectedLink link = node.linkTo(b);
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
            timers.after(node);
        }
    }

    private long nowNs() {
        return events.timeNs();
    }
}
