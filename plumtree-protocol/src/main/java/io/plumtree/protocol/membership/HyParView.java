package io.plumtree.protocol.membership;

import io.plumtree.protocol.membership.PendingRequests.Request;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The membership of one node: HyParView, for a network that loses messages and nodes that come back.
 *
 * <p>Beyond the paper: a node becomes a neighbour only when it has agreed; requests are numbered and end in time; nodes
 * lost without a word are asked now and then whether they are back, so that the parts of a cluster find each other
 * after a partition; runs of a node are told apart; an isolated node never gives up; and who has joined exchanges some
 * neighbours for nodes far away, since nodes that join in a rush find but each other.
 *
 * <p>What a frame says is a claim: anybody can send one in any name. A neighbour whose link is up is given up neither
 * for a later run of it, before it has been asked where it listens, nor for a newcomer whose link is not up.
 *
 * <p>Here stands what happens in which order after an event. What is done has a class for each purpose: gaps are filled
 * ({@code GapFilling}), others' requests answered ({@code IncomingRequests}), and so on.
 *
 * <p>Events come in with the time, effects go out through {@link HyParViewEffects}, never later than the call that
 * caused them. For one thread. Times are compared by subtraction and may have any origin.
 */
public final class HyParView {
    private final HyParViewOptions options;
    private final HyParViewEffects effects;
    private final HyParViewCounters counters = new HyParViewCounters();
    private final Views views;
    private final ActiveView active;
    private final Contacts contacts;
    private final PendingRequests pending;
    private final GapFilling gaps;
    private final Reunions reunions;
    private final ContactProbing probing;
    private final Shuffling shuffling;
    private final Mixing mixing;
    private final NeighborChanges neighbors;
    private final Doubts doubts;
    private final NextDeadline deadline;
    private final Hearing hearing;
    private final IncomingRequests requests;
    private final Replies replies;
    private boolean hadNeighbors;
    private boolean hasLeft;

    /**
     * A node that knows nobody.
     *
     * @param self    this node, this run.
     * @param options the options; checked here.
     * @param random  all that is left to chance.
     * @param effects what it does to the world.
     * @param nowNs   the time.
     * @throws IllegalArgumentException if an option is out of its range.
     */
    public HyParView(
        final NodeDescriptor self,
        final HyParViewOptions options,
        final RandomGenerator random,
        final HyParViewEffects effects,
        final long nowNs) {
        this(self, options, random, random, effects, nowNs);
    }

    /**
     * A node that knows nobody, among others of which some may lie.
     *
     * @param self    this node, this run.
     * @param options the options; checked here.
     * @param random  all that is left to chance, but for the numbers of requests.
     * @param nonces  the numbers of requests: whoever is sent one must not be able to tell another.
     * @param effects what it does to the world.
     * @param nowNs   the time.
     * @throws IllegalArgumentException if an option is out of its range.
     */
    public HyParView(
        final NodeDescriptor self,
        final HyParViewOptions options,
        final RandomGenerator random,
        final RandomGenerator nonces,
        final HyParViewEffects effects,
        final long nowNs) {
        this.options = options.conclude();
        this.effects = effects;
        views = new Views(self, options, random, counters);
        active = views.active;
        contacts = new Contacts(self.endpoint(), random);
        pending = new PendingRequests(options, nonces, effects, counters);
        gaps = new GapFilling(options, random, views, contacts, pending);
        reunions = new Reunions(options, random, views, pending);
        probing = new ContactProbing(options, random, views, contacts, pending);
        shuffling = new Shuffling(views, options, random, effects, counters, nowNs);
        mixing = new Mixing(options, views, pending);
        neighbors = new NeighborChanges(options, views, pending, gaps, reunions, effects, counters, nowNs);
        doubts = new Doubts(options, views, pending, neighbors, counters);
        deadline = new NextDeadline(shuffling, pending, active, gaps, reunions, doubts, probing);
        hearing = new Hearing(views, neighbors, doubts, deadline, effects, counters);
        requests = new IncomingRequests(options, views, pending, neighbors, doubts, effects, counters, nowNs);
        replies = new Replies(options, views, pending, neighbors, reunions, effects, counters);
    }

    // ---- time, and what it brings

    /**
     * Sets the contacts, at the start and whenever they change. One is asked at once if there is no neighbour.
     *
     * @param endpoints {@code host:port} each; this node's own is ignored.
     * @param nowNs     the time.
     */
    public void contacts(final List<String> endpoints, final long nowNs) {
        if (!hasLeft && contacts.set(endpoints)) {
            gaps.resetPauses();
            probing.restart(nowNs);
            settle(nowNs);
        }
    }

    /**
     * Does what is due; to be called at {@link #deadlineNs()} or later.
     *
     * @param nowNs the time.
     * @return how much there was to do; 0 for nothing.
     */
    public int onTimers(final long nowNs) {
        if (hasLeft || nowNs - deadline.dueNs() < 0) {
            return 0;
        }
        int count = 0;
        for (Request request = pending.takeOverdue(nowNs); request != null; request = pending.takeOverdue(nowNs)) {
            onTimeout(request, nowNs);
            count++;
        }
        count += neighbors.onTimers(nowNs);
        count += gaps.onTimers(nowNs);
        count += reunions.onTimers(nowNs);
        count += probing.onTimers(nowNs);
        count += doubts.onTimers(nowNs);
        count += shuffling.onTimers(nowNs);
        settle(nowNs);
        return count;
    }

    /**
     * When there is something to do next.
     *
     * @return the time; may have passed.
     */
    public long deadlineNs() {
        return deadline.dueNs();
    }

    private void onTimeout(final Request request, final long nowNs) {
        counters.increment(HyParViewCounter.TIMEOUTS);
        if (request.kind() == RequestKind.DOUBT) {
            doubts.onTimeout(request.node());
        } else if (request.node() != null && !active.contains(request.node())) {
            reunions.lose(request.node(), false, nowNs);
        }
    }

    // ---- requests of others

    /**
     * A node wants to be let into the cluster.
     *
     * @param from  the node.
     * @param nonce names the request.
     * @param nowNs the time.
     */
    public void onJoin(final NodeDescriptor from, final long nonce, final long nowNs) {
        if (isHeard(from, new Claim(from, nonce, true, true), nonce, nowNs)) {
            requests.onJoin(from, nonce, nowNs);
            settle(nowNs);
        }
    }

    /**
     * The walk of a join comes by.
     *
     * @param from       who has passed it on.
     * @param joined     who has joined.
     * @param timeToLive how many more hops it has; more than there can be are fewer here.
     * @param nowNs      the time.
     */
    public void onForwardJoin(
        final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive, final long nowNs) {
        if (isHeardAsNeighbour(from, nowNs)) {
            requests.onForwardJoin(from, joined, timeToLive, nowNs);
            settle(nowNs);
        }
    }

    /**
     * A node wants to become a neighbour.
     *
     * @param from           the node.
     * @param nonce          names the request.
     * @param isHighPriority whether it must be accepted, even if another neighbour has to go.
     * @param nowNs          the time.
     */
    public void onNeighbor(
        final NodeDescriptor from, final long nonce, final boolean isHighPriority, final long nowNs) {
        if (isHeard(from, new Claim(from, nonce, false, isHighPriority), nonce, nowNs)) {
            requests.onNeighbor(from, nonce, isHighPriority, nowNs);
            settle(nowNs);
        }
    }

    // ---- answers

    /**
     * A node answers a join or a request.
     *
     * @param from       the node.
     * @param nonce      names what it answers.
     * @param isAccepted whether it has this node as a neighbour now.
     * @param nowNs      the time.
     */
    public void onNeighborReply(
        final NodeDescriptor from, final long nonce, final boolean isAccepted, final long nowNs) {
        final Request request = hasLeft || views.isSelf(from) ? null : pending.take(nonce);
        if (request != null && request.node() != null && request.node().id().equals(from.id())) {
            final Claim claim = doubts.onShown(from, request);
            if (claim != null) {
                take(claim, nowNs);
            }
        }
        if (isHeard(from, nowNs)) {
            replies.onReply(from, request, isAccepted, nowNs);
            settle(nowNs);
        }
    }

    private void take(final Claim claim, final long nowNs) {
        if (claim.isJoin()) {
            onJoin(claim.from(), claim.nonce(), nowNs);
        } else {
            onNeighbor(claim.from(), claim.nonce(), claim.isHighPriority(), nowNs);
        }
    }

    /**
     * A node says that it is no neighbour.
     *
     * @param from      the node.
     * @param isLeaving whether it leaves the cluster.
     * @param nowNs     the time.
     */
    public void onDisconnect(final NodeDescriptor from, final boolean isLeaving, final long nowNs) {
        if (isHeard(from, nowNs)) {
            neighbors.onDisconnect(from, isLeaving, nowNs);
            settle(nowNs);
        }
    }

    // ---- shuffles

    /**
     * A shuffle comes by.
     *
     * @param from       who has passed it on.
     * @param origin     who has started it.
     * @param timeToLive how many more hops it has; more than there can be are fewer here.
     * @param sample     nodes that the origin knows.
     * @param nowNs      the time.
     */
    public void onShuffle(
        final NodeDescriptor from,
        final NodeDescriptor origin,
        final int timeToLive,
        final List<NodeDescriptor> sample,
        final long nowNs) {
        if (isHeardAsNeighbour(from, nowNs)) {
            shuffling.onShuffle(from, origin, timeToLive, sample);
            settle(nowNs);
        }
    }

    /**
     * A shuffle is answered.
     *
     * @param from   the node at the end of its walk.
     * @param sample nodes that it knows.
     * @param nowNs  the time.
     */
    public void onShuffleReply(final NodeDescriptor from, final List<NodeDescriptor> sample, final long nowNs) {
        if (isHeard(from, nowNs)) {
            if (shuffling.onReply(sample)) {
                mixing.onShuffled(nowNs);
            } else {
                counters.increment(HyParViewCounter.STALE);
            }
            settle(nowNs);
        }
    }

    // ---- links

    /**
     * A node may be out of reach of this node's neighbours and theirs: nothing is heard of it any more. It is asked now
     * and then, as one that was lost.
     *
     * @param node  the node.
     * @param nowNs the time.
     */
    public void onMissed(final NodeDescriptor node, final long nowNs) {
        if (!hasLeft && !views.isSelf(node) && !active.contains(node) && !views.hasLater(node)) {
            reunions.lose(node, false, nowNs);
            settle(nowNs);
        }
    }

    /**
     * The link to an active neighbour has come up.
     *
     * @param neighbour the node, as it was told to {@link HyParViewEffects#onNeighborUp}.
     * @param nowNs     the time.
     */
    public void onLinkUp(final NodeDescriptor neighbour, final long nowNs) {
        final int index = active.indexOf(neighbour);
        if (!hasLeft && index != NodeList.NONE) {
            neighbors.onLinkUp(index, neighbour);
            settle(nowNs);
        }
    }

    /**
     * The link to an active neighbour is lost: it is dead, unreachable or was restarted.
     *
     * @param neighbour the node, as it was told to {@link HyParViewEffects#onNeighborUp}.
     * @param nowNs     the time.
     */
    public void onLinkDown(final NodeDescriptor neighbour, final long nowNs) {
        if (!hasLeft && active.indexOfRun(neighbour) != NodeList.NONE) {
            neighbors.onFailed(neighbour, nowNs);
            settle(nowNs);
        }
    }

    /**
     * An active neighbour takes things in too slowly for too long: it is replaced if there is somebody else.
     *
     * @param neighbour the node, as it was told to {@link HyParViewEffects#onNeighborUp}.
     * @param nowNs     the time.
     */
    public void onSlow(final NodeDescriptor neighbour, final long nowNs) {
        final int index = active.indexOfRun(neighbour);
        if (!hasLeft && index != NodeList.NONE && !views.passive.isEmpty()) {
            neighbors.onSlow(index, neighbour);
            settle(nowNs);
        }
    }

    /**
     * A node greets as if it were an active neighbour. One that was asked to be one has thereby accepted; another one
     * that is none is told so.
     *
     * @param from  the node.
     * @param nonce of the greeting; 0 for none.
     * @param nowNs the time.
     */
    public void onGreeted(final NodeDescriptor from, final long nonce, final long nowNs) {
        if (isHeard(from, null, nonce, nowNs)) {
            if (!active.contains(from)) {
                replies.onGreeted(from, nowNs);
            }
            settle(nowNs);
        }
    }

    // ---- this node

    /**
     * A node has been heard of that has this node's own name: a contact is this node itself.
     *
     * @param contact the contact, which is not asked again until there are others.
     * @param nonce   of the join; 0 if it is not known.
     */
    public void onSelf(final String contact, final long nonce) {
        contacts.removeOwn(contact);
        final Request request = hasLeft ? null : pending.take(nonce);
        if (request != null) {
            if (request.node() != null) {
                views.forgetPassive(request.node());
                views.lost.remove(request.node());
            }
            // There is no time to act at: what follows is done as soon as that is told.
            deadline.set(request.dueNs() - options.requestTimeoutNs());
        }
    }

    /**
     * This node goes on in a later incarnation. A contact that has been asked may have turned the former one away: it
     * is asked again.
     *
     * @param self this node.
     */
    public void onRaised(final NodeDescriptor self) {
        views.self = self;
        if (!hasLeft) {
            pending.repeatJoin();
        }
    }

    /**
     * An active neighbour goes on in a later incarnation; its link stays as it is.
     *
     * @param neighbour   the node, as it was.
     * @param incarnation the incarnation from now on.
     */
    public void onRaised(final NodeDescriptor neighbour, final long incarnation) {
        final int index = active.indexOfRun(neighbour);
        if (index != NodeList.NONE) {
            views.raise(index, incarnation);
        }
    }

    /**
     * Tells all neighbours that this node leaves the cluster; nothing happens here any more after that.
     *
     * @param nowNs the time.
     */
    public void leave(final long nowNs) {
        if (!hasLeft) {
            hasLeft = true;
            for (int i = 0; i < active.size(); i++) {
                effects.sendDisconnect(active.get(i), true);
            }
            deadline.set(nowNs + Long.MAX_VALUE / 2);
        }
    }

    /**
     * Whether somebody has been asked something under a number, and has neither answered nor let the time pass.
     *
     * @param nonce the number.
     * @return true if it was; only who was asked knows the number.
     */
    public boolean hasAsked(final long nonce) {
        return pending.contains(nonce);
    }

    /**
     * The active view.
     *
     * @return a copy.
     */
    public List<NodeDescriptor> active() {
        return active.copy();
    }

    /**
     * The passive view.
     *
     * @return a copy.
     */
    public List<NodeDescriptor> passive() {
        return views.passive.copy();
    }

    /**
     * How many nodes the passive view has.
     *
     * @return nodes.
     */
    public int passiveCount() {
        return views.passive.size();
    }

    /**
     * How many nodes were lost without a word, and may be back.
     *
     * @return nodes.
     */
    public int lostCount() {
        return views.lost.size();
    }

    /**
     * The nodes that were lost without a word, and may be back.
     *
     * @return a copy.
     */
    public List<NodeDescriptor> lost() {
        return views.lost.copy();
    }

    /**
     * A counter.
     *
     * @param counter which.
     * @return its value.
     */
    public long get(final HyParViewCounter counter) {
        return counters.get(counter);
    }

    // ---- what all have in common

    /** Whether what a node has sent is to be heeded. */
    private boolean isHeard(final NodeDescriptor from, final long nowNs) {
        return isHeard(from, null, 0, nowNs);
    }

    /** The same, of what only neighbours pass on: others would have nodes take in whatever they make up. */
    private boolean isHeardAsNeighbour(final NodeDescriptor from, final long nowNs) {
        if (!isHeard(from, nowNs)) {
            return false;
        }
        if (!active.contains(from)) {
            counters.increment(HyParViewCounter.WALKS_OF_STRANGERS);
            settle(nowNs);
            return false;
        }
        return true;
    }

    /** The same, of what asks for something, or is to be answered. */
    private boolean isHeard(final NodeDescriptor from, final Claim claim, final long nonce, final long nowNs) {
        return !hasLeft && hearing.isHeard(from, claim, nonce, nowNs);
    }

    /** After each event: gaps are filled as far as there is somebody to ask, and what comes next is planned. */
    private void settle(final long nowNs) {
        if (!active.isEmpty()) {
            hadNeighbors = true;
        } else if (hadNeighbors) {
            hadNeighbors = false;
            mixing.restart();
            counters.increment(HyParViewCounter.ISOLATIONS);
        }
        gaps.fill(nowNs);
        reunions.plan(nowNs);
        deadline.plan();
    }
}
