package io.plumtree.protocol.membership;

import io.plumtree.api.TokenBucket;
import io.plumtree.protocol.membership.PendingRequests.Request;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * <p>Events come in with the time, effects go out through {@link HyParViewEffects}, never later than the call that
 * caused them. For one thread. Times are compared by subtraction and may have any origin.
 */
public final class HyParView {
    /**
     * How many places must be free for a node to insist, when all candidates have refused. Few nodes with neighbours
     * among themselves alone would never be let in otherwise by others whose views are full; one free place is usual,
     * as not every number of nodes comes out even.
     */
    private static final int INSISTENT_GAP = 2;
    private static final long REUNION_MIN_NS = TimeUnit.SECONDS.toNanos(1);
    /** The longest pause between two contacts asked by way of trial, in terms of the longest retry. */
    private static final int MAX_PROBE_PAUSE = 32;
    /** How often a neighbour is asked who it is until it answers, in a request's time. */
    private static final int QUESTIONS = 8;
    /** How many Disconnects are believed in a second of nodes whose links are not up. */
    private static final int PARTINGS_A_SECOND = 20;

    private final HyParViewOptions options;
    private final HyParViewEffects effects;
    private final HyParViewCounters counters = new HyParViewCounters();
    private final Views views;
    private final ActiveView active;
    private final PassiveView passive;
    private final PendingRequests pending;
    private final Contacts contacts;
    private final Shuffling shuffling;
    private final Rebuffs rebuffs;
    private final Backoff retry;
    private final Alarm retryAt = new Alarm();
    private final Backoff reunion;
    private final Alarm reunionAt = new Alarm();
    private final Backoff probe;
    private final Alarm probeAt = new Alarm();
    private final JoinLimits joinLimits;
    /** Of those whose links are not up: nothing but a name shows who says so. */
    private final TokenBucket partings;
    private final Alarm questionAt = new Alarm();
    private long dueNs;
    private int mixesLeft;
    private boolean hadNeighbors;
    /** Whether the next candidate is asked as one must be who is alone. */
    private boolean isInsisting;
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
        passive = views.passive;
        pending = new PendingRequests(options.activeViewSize(), options.newcomers(), nonces);
        contacts = new Contacts(self.endpoint(), random);
        shuffling = new Shuffling(views, options, random, effects, counters, nowNs);
        rebuffs = new Rebuffs(options.requestTimeoutNs() / 2);
        retry = new Backoff(options.retryMinNs(), options.retryMaxNs(), random);
        reunion = new Backoff(Math.max(options.retryMinNs(), REUNION_MIN_NS), options.retryMaxNs(), random);
        probe = new Backoff(options.retryMaxNs(), MAX_PROBE_PAUSE * options.retryMaxNs(), random);
        joinLimits = new JoinLimits(options, nowNs);
        partings = new TokenBucket(PARTINGS_A_SECOND, PARTINGS_A_SECOND, nowNs);
        mixesLeft = options.activeViewSize();
        dueNs = shuffling.dueNs();
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
            retry.reset();
            retryAt.clear();
            probe.reset();
            probeAt.set(nowNs + probe.nextNs());
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
        if (hasLeft || nowNs - dueNs < 0) {
            return 0;
        }
        int count = 0;
        for (Request request = pending.takeOverdue(nowNs); request != null; request = pending.takeOverdue(nowNs)) {
            onTimeout(request, nowNs);
            count++;
        }
        for (NodeDescriptor node = active.overdue(nowNs); node != null; node = active.overdue(nowNs)) {
            onFailed(node, nowNs);
            count++;
        }
        if (retryAt.isDue(nowNs)) {
            retryAt.clear();
            passive.newRound();
            contacts.newRound();
            count++;
        }
        if (reunionAt.isDue(nowNs)) {
            reunionAt.clear();
            askLost(nowNs);
            count++;
        }
        if (probeAt.isDue(nowNs)) {
            askContact(nowNs);
            count++;
        }
        if (questionAt.isDue(nowNs)) {
            repeatQuestions(nowNs);
            count++;
        }
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
        return dueNs;
    }

    private void onTimeout(final Request request, final long nowNs) {
        counters.increment(HyParViewCounter.TIMEOUTS);
        if (request.kind() == RequestKind.DOUBT) {
            counters.increment(HyParViewCounter.CLAIMS_REFUTED);
            forgetClaim(request.node());
        } else if (request.node() != null && !active.contains(request.node())) {
            lose(request.node(), false, nowNs);
        }
    }

    private void askLost(final long nowNs) {
        if (!views.lost.isEmpty() && !pending.has(RequestKind.REUNION) && !pending.has(RequestKind.INSISTENCE)) {
            final NodeDescriptor node = views.lost.first();
            // It goes last, whatever comes of it.
            views.lose(node, false);
            if (pending.to(node) == null) {
                ask(RequestKind.REUNION, node, false, nowNs);
            }
        }
    }

    private void askContact(final long nowNs) {
        final String contact = active.isEmpty() || active.isFull() || pending.has(RequestKind.PROBE)
            ? null : contacts.anyBut(views::hasEndpoint);
        if (contact == null) {
            probeAt.set(nowNs + options.retryMaxNs());
        } else {
            join(RequestKind.PROBE, contact, nowNs);
            probeAt.set(nowNs + probe.nextNs());
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
        if (!isHeard(from, new Claim(from, nonce, true, true), nonce, nowNs)) {
            return;
        }
        counters.increment(HyParViewCounter.JOINS_RECEIVED);
        final boolean isNew = !active.contains(from);
        if (isNew && !joinLimits.admits(from.endpoint(), nowNs)) {
            counters.increment(HyParViewCounter.JOINS_LIMITED);
            settle(nowNs);
            return;
        }
        if (isNew) {
            befriend(from, false, nowNs);
        }
        effects.sendNeighborReply(from, nonce, true);
        if (isNew) {
            final int sent = sendWalks(from, true, options.activeViewSize());
            sendWalks(from, false, options.activeViewSize() - sent);
        }
        settle(nowNs);
    }

    /** Tells neighbours of one that has joined, of those that are up or of those that are not; returns how many. */
    private int sendWalks(final NodeDescriptor joined, final boolean areUp, final int max) {
        int count = 0;
        for (int i = 0; i < active.size() && count < max; i++) {
            if (active.isUp(i) == areUp && !active.get(i).id().equals(joined.id())) {
                effects.sendForwardJoin(active.get(i), joined, options.activeRandomWalkLength());
                count++;
            }
        }
        return count;
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
        if (!isHeardAsNeighbour(from, nowNs)) {
            return;
        }
        if (views.isOutdated(joined)) {
            counters.increment(HyParViewCounter.STALE);
        } else {
            walk(from, joined, Math.min(timeToLive, options.activeRandomWalkLength()), nowNs);
        }
        settle(nowNs);
    }

    private void walk(
        final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive, final long nowNs) {
        final NodeDescriptor next = timeToLive > 0 && active.size() > 1 ? active.anyBut(from, joined) : null;
        if (next != null) {
            if (timeToLive == options.passiveRandomWalkLength()) {
                views.remember(joined);
            }
            effects.sendForwardJoin(next, joined, timeToLive - 1);
        } else if (active.contains(joined)) {
            doubt(active.indexOf(joined), joined, null, nowNs);
        } else if (!views.isSelf(joined) && pending.to(joined) == null) {
            if (pending.isFullOfWalkEnds()) {
                counters.increment(HyParViewCounter.WALKS_DROPPED);
                views.remember(joined);
            } else {
                ask(RequestKind.WALK_END, joined, active.isEmpty(), nowNs);
            }
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
        if (!isHeard(from, new Claim(from, nonce, false, isHighPriority), nonce, nowNs)) {
            return;
        }
        if (isHighPriority && !active.contains(from) && !joinLimits.admits(from.endpoint(), nowNs)) {
            counters.increment(HyParViewCounter.JOINS_LIMITED);
            settle(nowNs);
            return;
        }
        // A neighbour that asks has lost this node, or has not got the answer. Who is asked by this node is welcome.
        final boolean isAccepted = active.contains(from) || isHighPriority || !active.isFull()
            || pending.to(from) != null;
        if (!isAccepted) {
            counters.increment(HyParViewCounter.REFUSALS);
            views.remember(from);
        } else if (!active.contains(from)) {
            befriend(from, false, nowNs);
        }
        effects.sendNeighborReply(from, nonce, isAccepted);
        settle(nowNs);
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
            onShown(from, request, nowNs);
        }
        if (!isHeard(from, nowNs)) {
            return;
        }
        if (request == null) {
            onLateReply(from, isAccepted);
        } else {
            if (request.node() != null && !request.node().id().equals(from.id())) {
                // Another node has taken over the endpoint of the one that was asked.
                views.forgetPassive(request.node());
            }
            if (isAccepted) {
                onAccepted(from, request, true, nowNs);
            } else if (request.contact() == null) {
                views.remember(from);
                passive.tried(from);
                if (request.kind() == RequestKind.REUNION && from.equals(request.node())) {
                    // It runs on, and has no place: so it was in another part of the cluster, which may be whole.
                    ask(RequestKind.INSISTENCE, from, true, nowNs);
                }
            }
        }
        settle(nowNs);
    }

    /** A node has answered where it was asked: if it was known as another run, that one is over. */
    private void onShown(final NodeDescriptor from, final Request request, final long nowNs) {
        final int index = active.indexOf(from);
        if (index == NodeList.NONE || !active.get(index).endpoint().equals(request.node().endpoint())) {
            return;
        }
        final Claim claim = active.claim(index);
        active.claim(index, null);
        if (active.get(index).incarnation() != from.incarnation()) {
            part(index);
            views.remember(from);
            if (claim != null && claim.from().equals(from)) {
                take(claim, nowNs);
            }
        } else if (request.kind() == RequestKind.DOUBT && request.node().equals(from)) {
            counters.increment(HyParViewCounter.CLAIMS_REFUTED);
        }
    }

    private void take(final Claim claim, final long nowNs) {
        if (claim.isJoin()) {
            onJoin(claim.from(), claim.nonce(), nowNs);
        } else {
            onNeighbor(claim.from(), claim.nonce(), claim.isHighPriority(), nowNs);
        }
    }

    /** Whoever has accepted what is not asked any more would keep half a link. */
    private void onLateReply(final NodeDescriptor from, final boolean isAccepted) {
        if (!active.contains(from)) {
            counters.increment(HyParViewCounter.STALE);
            if (isAccepted) {
                effects.sendDisconnect(from, false);
            }
        }
    }

    private void onAccepted(
        final NodeDescriptor from, final Request request, final boolean hasAnswered, final long nowNs) {
        final RequestKind kind = request.kind();
        // One that was restarted has found its way by itself: there is no need to make room for it.
        final boolean isRestarted = kind == RequestKind.REUNION && from.isLaterThan(request.node());
        if (kind == RequestKind.REUNION || kind == RequestKind.INSISTENCE) {
            counters.increment(HyParViewCounter.REUNIONS);
            reunion.reset();
        }
        if (active.contains(from)) {
            return;
        }
        if (kind == RequestKind.MIX) {
            counters.increment(HyParViewCounter.MIXES);
        }
        if ((kind == RequestKind.PROMOTION || isRestarted) && active.isFull()) {
            // The gap has been filled meanwhile.
            effects.sendDisconnect(from, false);
            views.remember(from);
        } else {
            befriend(from, hasAnswered, nowNs);
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
        if (!isHeard(from, nowNs)) {
            return;
        }
        final int index = active.indexOf(from);
        final boolean isUp = index != NodeList.NONE && active.isUp(index);
        if (!isUp && (index != NodeList.NONE || isLeaving) && !partings.take(nowNs)) {
            counters.increment(HyParViewCounter.DISCONNECTS_LIMITED);
            settle(nowNs);
            return;
        }
        if (index == NodeList.NONE) {
            // A request to it may have crossed this, and stands.
            counters.increment(HyParViewCounter.STALE);
        } else {
            counters.increment(HyParViewCounter.NEIGHBORS_PARTED);
            part(index);
        }
        if (isLeaving) {
            views.forgetPassive(from);
            pending.removeTo(from);
        } else if (index != NodeList.NONE) {
            views.remember(from);
            passive.tried(from);
        }
        settle(nowNs);
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
                mix(nowNs);
            } else {
                counters.increment(HyParViewCounter.STALE);
            }
            settle(nowNs);
        }
    }

    /**
     * When many join at once their walks end where they begin, and the overlay is long, or even in parts whose nodes
     * have neighbours enough and look for no others. Passive views are mixed by then: so each node exchanges as many
     * neighbours as it may have, one a shuffle, and then no more. Where the views have room for the whole cluster there
     * is nobody far away.
     */
    private void mix(final long nowNs) {
        if (mixesLeft > 0 && active.isFull() && passive.isFull() && !pending.has(RequestKind.MIX)) {
            mixesLeft--;
            final NodeDescriptor candidate = passive.any();
            if (pending.to(candidate) == null) {
                ask(RequestKind.MIX, candidate, true, nowNs);
            }
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
            lose(node, false, nowNs);
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
            // That run has greeted over its link: whatever was said of it before, this is the one that is there.
            views.raise(index, neighbour.incarnation());
            active.linkUp(index);
            if (active.isOverfull()) {
                evict(neighbour);
            }
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
            onFailed(neighbour, nowNs);
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
        if (!hasLeft && index != NodeList.NONE && !passive.isEmpty()) {
            counters.increment(HyParViewCounter.NEIGHBORS_SLOW);
            effects.sendDisconnect(neighbour, false);
            part(index);
            views.remember(neighbour);
            passive.tried(neighbour);
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
        if (!isHeard(from, null, nonce, nowNs)) {
            return;
        }
        if (!active.contains(from)) {
            Request request = pending.to(from);
            if (request == null) {
                request = pending.toContact(from.endpoint());
            }
            if (request == null || request.node() != null && !request.node().endpoint().equals(from.endpoint())) {
                if (rebuffs.isDue(from, nowNs)) {
                    effects.sendDisconnect(from, false);
                }
            } else if (request.node() != null || request.contact().equals(from.endpoint())) {
                pending.take(request.nonce());
                onAccepted(from, request, false, nowNs);
            }
            // Else it may be the contact, under another name than it was asked by: its answer tells.
        }
        settle(nowNs);
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
            dueNs = request.dueNs() - options.requestTimeoutNs();
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
        final Request request = hasLeft ? null : pending.toContact();
        if (request != null) {
            effects.sendJoin(request.contact(), request.nonce());
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
            dueNs = nowNs + Long.MAX_VALUE / 2;
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
        return passive.copy();
    }

    /**
     * How many nodes the passive view has.
     *
     * @return nodes.
     */
    public int passiveCount() {
        return passive.size();
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

    /**
     * The same as {@link #isHeard(NodeDescriptor, long)}; what is asked for waits if a neighbour has to be asked first
     * whether it is another run now.
     *
     * @param nonce names what the node has sent, where it is to be answered; 0 if it is not.
     */
    private boolean isHeard(final NodeDescriptor from, final Claim claim, final long nonce, final long nowNs) {
        if (hasLeft) {
            return false;
        }
        if (views.isSelf(from)) {
            counters.increment(HyParViewCounter.STALE);
            return false;
        }
        final int index = active.indexOf(from);
        if (index != NodeList.NONE && !from.equals(active.get(index))) {
            if (active.isUp(index)) {
                return isOfRunThatIsUp(index, from, claim, nonce, nowNs);
            }
            if (claim == null && !from.endpoint().equals(active.get(index).endpoint())) {
                counters.increment(HyParViewCounter.STALE);
                return false;
            }
            correct(index, from);
        }
        final NodeDescriptor later = views.laterThatWasUp(from);
        if (later != null) {
            // It may not know that it is taken for an earlier run where that one was known.
            effects.sendKnown(from, later, false, nonce);
        }
        views.heardFrom(from);
        return true;
    }

    /** Whether something comes from the run whose link is up; another one has to be shown by the neighbour itself. */
    private boolean isOfRunThatIsUp(
        final int index, final NodeDescriptor from, final Claim claim, final long nonce, final long nowNs) {
        final NodeDescriptor neighbour = active.get(index);
        if (from.incarnation() == neighbour.incarnation()) {
            return true;
        }
        final boolean isNamesakes = !from.endpoint().equals(neighbour.endpoint());
        if (isNamesakes || neighbour.isLaterThan(from)) {
            // One that has restarted elsewhere is heard once the link to its last run is down.
            counters.increment(HyParViewCounter.STALE);
            effects.sendKnown(from, neighbour, isNamesakes, nonce);
        } else {
            doubt(index, from, claim, nowNs);
            plan();
        }
        return false;
    }

    /** A neighbour whose link is not up says itself that it is another run, or elsewhere: it was not known better. */
    private void correct(final int index, final NodeDescriptor node) {
        effects.onNeighborDown(active.get(index));
        active.replace(index, node);
        effects.onNeighborUp(node);
    }

    /** A neighbour that is up may be another run now: it is asked, where it listens, which one is there. */
    private void doubt(final int index, final NodeDescriptor claimed, final Claim claim, final long nowNs) {
        final NodeDescriptor neighbour = active.get(index);
        if (!active.isUp(index) || !claimed.isLaterThan(neighbour) ||
            !claimed.endpoint().equals(neighbour.endpoint())) {
            return;
        }
        counters.increment(HyParViewCounter.CLAIMS);
        if (active.isQuestionDue(index, nowNs, options.requestTimeoutNs()) && pending.to(neighbour) == null) {
            ask(RequestKind.DOUBT, neighbour, false, nowNs);
            questionAt.setEarlier(nowNs + options.requestTimeoutNs() / QUESTIONS);
        }
        if (claim != null && pending.to(neighbour) != null) {
            active.claim(index, claim);
        }
    }

    /** A node that has just started may not have got the question. */
    private void repeatQuestions(final long nowNs) {
        questionAt.clear();
        for (int i = 0; i < pending.size(); i++) {
            final Request request = pending.get(i);
            if (request.kind() == RequestKind.DOUBT) {
                effects.sendNeighbor(request.node(), request.nonce(), false);
                questionAt.set(nowNs + options.requestTimeoutNs() / QUESTIONS);
            }
        }
    }

    private void forgetClaim(final NodeDescriptor node) {
        final int index = active.indexOf(node);
        if (index != NodeList.NONE) {
            active.claim(index, null);
        }
    }

    /** Makes a node a neighbour that is none; where there is no room for it, another goes whose link is not up. */
    private void befriend(final NodeDescriptor node, final boolean hasAgreed, final long nowNs) {
        if (active.isCrowded()) {
            final int index = active.oldestNewcomer();
            counters.increment(HyParViewCounter.NEWCOMERS_DROPPED);
            effects.sendDisconnect(active.get(index), false);
            effects.onNeighborDown(active.remove(index));
        }
        views.forgetPassive(node);
        views.lost.remove(node);
        pending.removeTo(node);
        active.add(node, hasAgreed, nowNs + options.linkTimeoutNs());
        counters.increment(HyParViewCounter.NEIGHBORS_UP);
        effects.onNeighborUp(node);
    }

    /** Another neighbour than the one that has come up goes, as there are more than there may be. */
    private void evict(final NodeDescriptor newest) {
        final NodeDescriptor evicted = active.anyBut(newest, newest);
        counters.increment(HyParViewCounter.NEIGHBORS_EVICTED);
        effects.sendDisconnect(evicted, false);
        pending.removeTo(evicted);
        active.remove(active.indexOf(evicted));
        effects.onNeighborDown(evicted);
        views.remember(evicted);
        passive.tried(evicted);
    }

    /** A neighbour is none any more: others are asked at once, and those anew that were asked in vain. */
    private void part(final int index) {
        if (active.isUp(index)) {
            // Otherwise nothing was gained since they were asked, and to ask at once might go on for ever.
            retry.reset();
            retryAt.clear();
            passive.newRound();
            contacts.newRound();
        }
        pending.removeTo(active.get(index));
        effects.onNeighborDown(active.remove(index));
    }

    private void onFailed(final NodeDescriptor neighbour, final long nowNs) {
        counters.increment(HyParViewCounter.NEIGHBORS_FAILED);
        final int index = active.indexOf(neighbour);
        final boolean wasUp = active.isUp(index);
        part(index);
        lose(neighbour, wasUp, nowNs);
    }

    private void lose(final NodeDescriptor node, final boolean wasUp, final long nowNs) {
        if (views.lose(node, wasUp)) {
            reunion.reset();
            reunionAt.setEarlier(nowNs + reunion.nextNs());
        }
    }

    private void ask(final RequestKind kind, final NodeDescriptor node, final boolean isHigh, final long nowNs) {
        final Request request = pending.add(kind, node, null, nowNs + options.requestTimeoutNs());
        counters.increment(HyParViewCounter.REQUESTS);
        effects.sendNeighbor(node, request.nonce(), isHigh);
    }

    private void join(final RequestKind kind, final String contact, final long nowNs) {
        final Request request = pending.add(kind, null, contact, nowNs + options.requestTimeoutNs());
        counters.increment(HyParViewCounter.JOINS);
        effects.sendJoin(contact, request.nonce());
    }

    /** After each event: gaps are filled as far as there is somebody to ask, and what comes next is planned. */
    private void settle(final long nowNs) {
        if (!active.isEmpty()) {
            hadNeighbors = true;
        } else if (hadNeighbors) {
            hadNeighbors = false;
            mixesLeft = options.activeViewSize();
            counters.increment(HyParViewCounter.ISOLATIONS);
        }
        fill(nowNs);
        if (views.lost.isEmpty()) {
            reunionAt.clear();
        } else if (!reunionAt.isSet() && !pending.has(RequestKind.REUNION)) {
            reunionAt.set(nowNs + reunion.nextNs());
        }
        plan();
    }

    private void fill(final long nowNs) {
        while (hasGap() && passive.hasUntried()) {
            final NodeDescriptor candidate = passive.next();
            if (pending.to(candidate) == null) {
                ask(RequestKind.PROMOTION, candidate, active.isEmpty() || isInsisting, nowNs);
                isInsisting = false;
            }
        }
        // Whoever has only asked to be let in may not be there.
        final boolean isAlone = !active.hasCompany();
        if (active.isFull() && !isAlone) {
            retry.reset();
            retryAt.clear();
        } else if (hasGap() || isAlone) {
            if (isAlone && !pending.has(RequestKind.JOIN) && contacts.hasUntried()) {
                join(RequestKind.JOIN, contacts.next(), nowNs);
            } else if (pending.places() == 0 && !retryAt.isSet()
                && (!passive.isEmpty() || isAlone && !contacts.isEmpty())) {
                retryAt.set(nowNs + retry.nextNs());
                isInsisting = active.size() <= options.activeViewSize() - INSISTENT_GAP;
            }
        }
    }

    private boolean hasGap() {
        return active.size() + pending.places() < options.activeViewSize();
    }

    private void plan() {
        long nextNs = shuffling.dueNs();
        nextNs = pending.earlierDeadlineNs(nextNs);
        nextNs = active.earlierDeadlineNs(nextNs);
        nextNs = retryAt.earlierNs(nextNs);
        nextNs = reunionAt.earlierNs(nextNs);
        nextNs = questionAt.earlierNs(nextNs);
        dueNs = probeAt.earlierNs(nextNs);
    }
}
