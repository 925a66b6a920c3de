package io.plumtree.engine.peers;

import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.codec.LinkFrameListener;
import io.plumtree.engine.codec.Namesake;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;

/** Takes in the frames of links. */
public final class LinkReceiver implements LinkFrameListener {
    private final FrameOrigin origin;
    private final LinkMonitor links;
    private final OwnRun run;
    private final Incarnations incarnations;
    private final Neighbours neighbours;
    private final EngineCounters counters;

    /**
     * A receiver.
     *
     * @param origin       of each frame.
     * @param links        told of what peers say.
     * @param run          told in which incarnation this node is known.
     * @param incarnations told of nodes that have this node's name.
     * @param neighbours   told of greetings of nodes that are no peers, if these are welcome.
     * @param counters     where to count.
     */
    public LinkReceiver(
        final FrameOrigin origin,
        final LinkMonitor links,
        final OwnRun run,
        final Incarnations incarnations,
        final Neighbours neighbours,
        final EngineCounters counters) {
        this.origin = origin;
        this.links = links;
        this.run = run;
        this.incarnations = incarnations;
        this.neighbours = neighbours;
        this.counters = counters;
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        return origin.acceptsPeer(cluster, sender);
    }

    /** A peer's on any session, as it shows by what it greets with which one is its own. */
    @Override
    public boolean acceptsGreeting(final long cluster, final long sender) {
        if (origin.isOfCluster(cluster) && !origin.isOwnName(sender) &&
            (origin.find(sender) != null || neighbours.areWelcome())) {
            return true;
        }
        return origin.acceptsPeer(cluster, sender);
    }

    @Override
    public boolean acceptsKnown(final long cluster, final long sender) {
        return origin.acceptsStranger(cluster, sender);
    }

    @Override
    public boolean acceptsNamesake(final long cluster, final long sender) {
        if (!origin.isOfCluster(cluster)) {
            counters.increment(EngineCounter.FRAMES_FOREIGN);
            return false;
        }
        if (!origin.isOwnName(sender)) {
            counters.increment(EngineCounter.FRAMES_STRANGERS);
            return false;
        }
        return true;
    }

    @Override
    public void onGreeting(final Greeting greeting) {
        final Peer peer = origin.peer();
        if (peer == null) {
            neighbours.onStrangersGreeting(greeting);
        } else if (greeting.sender().equals(peer.id)) {
            links.onGreeting(peer, greeting, origin.session(), origin.nowNs());
        } else {
            counters.increment(EngineCounter.FRAMES_STRANGERS);
        }
    }

    @Override
    public void onHeartbeat(final long sender, final long incarnation) {
        links.onHeartbeat(origin.peer(), incarnation, origin.nowNs());
    }

    @Override
    public void onGoodbye(final long sender, final long incarnation) {
        links.onGoodbye(origin.peer(), incarnation, origin.nowNs());
    }

    @Override
    public void onKnown(final long sender, final KnownIncarnation known) {
        run.onKnown(sender, known, origin.session(), origin.nowNs());
    }

    @Override
    public void onRaised(final long sender, final long former, final long incarnation) {
        links.onRaised(origin.peer(), former, incarnation, origin.nowNs());
    }

    @Override
    public void onNamesake(final Namesake namesake) {
        incarnations.namesakes().onNamesake(namesake, origin.nowNs());
    }
}
