package io.plumtree.protocol.options;

import io.plumtree.api.options.OptionChecks;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The protocol's options. The defaults are our protocol; {@link #reference()} is the reference's.
 *
 * <p>Set before the core is made, not changed afterwards. {@link #conclude()} checks ranges and relations.
 *
 * <p>What limits messages, announcements and grafts does so for each channel that handlers are on, so that no channel
 * uses up what another needs; it takes up memory as often, too. Peers and trees are the same for all channels.
 */
public final class PlumtreeOptions {
    /** Property of {@link #optimisationThresholdNs()}. */
    public static final String OPTIMISATION_THRESHOLD_PROPERTY = "plumtree.optimisation.threshold";
    /** Property of {@link #reannounceIntervalNs()}. */
    public static final String REANNOUNCE_INTERVAL_PROPERTY = "plumtree.reannounce.interval";
    /** Property of {@link #acknowledgementDelayNs()}. */
    public static final String ACKNOWLEDGEMENT_DELAY_PROPERTY = "plumtree.acknowledgement.delay";
    /** Property of {@link #hopCostNs()}. */
    public static final String HOP_COST_PROPERTY = "plumtree.hop.cost";
    /** Property of {@link #pruneGraceNs()}. */
    public static final String PRUNE_GRACE_PROPERTY = "plumtree.prune.grace";
    /** Property of {@link #maxPeers()}. */
    public static final String MAX_PEERS_PROPERTY = "plumtree.max.peers";
    /** Property of {@link #maxTrees()}. */
    public static final String MAX_TREES_PROPERTY = "plumtree.max.trees";
    /** Property of {@link #sharedTreeMessages()}. */
    public static final String SHARED_TREE_MESSAGES_PROPERTY = "plumtree.shared.tree.messages";
    /** Property of {@link #maxIdLength()}. */
    public static final String MAX_ID_LENGTH_PROPERTY = "plumtree.max.id.length";
    /** Property of {@link #maxAnnounced()}. */
    public static final String MAX_ANNOUNCED_PROPERTY = "plumtree.max.announced";
    /** Property of {@link #maxAnnouncementsPerTick()}. */
    public static final String MAX_ANNOUNCEMENTS_PER_TICK_PROPERTY = "plumtree.max.announcements.per.tick";
    /** Property of {@link #recentMessages()}. */
    public static final String RECENT_MESSAGES_PROPERTY = "plumtree.recent.messages";
    /** Property of {@link #impliedAcknowledgements()}. */
    public static final String IMPLIED_ACKNOWLEDGEMENTS_PROPERTY = "plumtree.implied.acknowledgements";
    /** Property of {@link #resetTreesOnJoin()}. */
    public static final String RESET_TREES_ON_JOIN_PROPERTY = "plumtree.reset.trees.on.join";
    /** Property of {@link #announcements()}. */
    public static final String ANNOUNCEMENTS_PROPERTY = "plumtree.announcements";
    /** Property of {@link #closeRing()}. */
    public static final String CLOSE_RING_PROPERTY = "plumtree.close.ring";
    /** Property of {@link #closeRingDelayNs()}. */
    public static final String CLOSE_RING_DELAY_PROPERTY = "plumtree.close.ring.delay";
    /** Default of {@link #optimisationThresholdNs()}. */
    public static final long OPTIMISATION_THRESHOLD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Default of {@link #reannounceIntervalNs()}. */
    public static final long REANNOUNCE_INTERVAL_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Default of {@link #acknowledgementDelayNs()}. */
    public static final long ACKNOWLEDGEMENT_DELAY_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Default of {@link #hopCostNs()}. */
    public static final long HOP_COST_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Default of {@link #pruneGraceNs()}: a guess that outlasts a round trip between loaded machines. */
    public static final long PRUNE_GRACE_DEFAULT_NS = TimeUnit.SECONDS.toNanos(1);
    /** Default of {@link #closeRingDelayNs()}. */
    public static final long CLOSE_RING_DELAY_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);
    /** Default of {@link #maxPeers()}. */
    public static final int MAX_PEERS_DEFAULT = 256;
    /** Default of {@link #maxTrees()}. */
    public static final int MAX_TREES_DEFAULT = 1024;
    /** Default of {@link #sharedTreeMessages()}. */
    public static final int SHARED_TREE_MESSAGES_DEFAULT = 1;
    /** Default of {@link #maxIdLength()}. */
    public static final int MAX_ID_LENGTH_DEFAULT = 64;
    /** Default of {@link #maxAnnounced()}. */
    public static final int MAX_ANNOUNCED_DEFAULT = 32 * 1024;
    /** Default of {@link #maxAnnouncementsPerTick()}. */
    public static final int MAX_ANNOUNCEMENTS_PER_TICK_DEFAULT = 4096;
    /** Default of {@link #recentMessages()}. */
    public static final int RECENT_MESSAGES_DEFAULT = 4096;

    private static final long MAX_TIMEOUT_NS = TimeUnit.MINUTES.toNanos(10);
    private long optimisationThresholdNs = OPTIMISATION_THRESHOLD_DEFAULT_NS;
    private long reannounceIntervalNs = REANNOUNCE_INTERVAL_DEFAULT_NS;
    private long acknowledgementDelayNs = ACKNOWLEDGEMENT_DELAY_DEFAULT_NS;
    private long hopCostNs = HOP_COST_DEFAULT_NS;
    private long pruneGraceNs = PRUNE_GRACE_DEFAULT_NS;
    private long closeRingDelayNs = CLOSE_RING_DELAY_DEFAULT_NS;
    private int maxPeers = MAX_PEERS_DEFAULT;
    private int maxTrees = MAX_TREES_DEFAULT;
    private int sharedTreeMessages = SHARED_TREE_MESSAGES_DEFAULT;
    private int maxIdLength = MAX_ID_LENGTH_DEFAULT;
    private int maxAnnounced = MAX_ANNOUNCED_DEFAULT;
    private int maxAnnouncementsPerTick = MAX_ANNOUNCEMENTS_PER_TICK_DEFAULT;
    private int recentMessages = RECENT_MESSAGES_DEFAULT;
    private GraftOptions grafts = new GraftOptions();
    private FlowControlOptions flowControl = new FlowControlOptions();
    private boolean impliedAcknowledgements = true;
    private boolean announcements = true;
    private boolean resetTreesOnJoin;
    private boolean closeRing = true;

    /** The defaults. */
    public PlumtreeOptions() {
    }

    /**
     * The reference's behaviour: grafts at once, every outstanding announcement at every tick, joins that reset the
     * trees, and none of our additions but the bounds and that nothing goes back to its root.
     *
     * @return new options.
     */
    public static PlumtreeOptions reference() {
        return new PlumtreeOptions()
            .grafts(new GraftOptions().graftTimeoutNs(0).adaptiveGraft(false).negativeGraftReplies(false))
            .flowControl(new FlowControlOptions().congestionBudgetNs(0))
            .optimisationThresholdNs(0)
            .reannounceIntervalNs(0)
            .acknowledgementDelayNs(0)
            .hopCostNs(0)
            .pruneGraceNs(0)
            .sharedTreeMessages(0)
            .recentMessages(0)
            .impliedAcknowledgements(false)
            .resetTreesOnJoin(true)
            .closeRing(false);
    }

    /**
     * Checks every range and relation.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public PlumtreeOptions conclude() {
        grafts.conclude();
        flowControl.conclude();
        OptionChecks.checkTime(OPTIMISATION_THRESHOLD_PROPERTY, optimisationThresholdNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(REANNOUNCE_INTERVAL_PROPERTY, reannounceIntervalNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(ACKNOWLEDGEMENT_DELAY_PROPERTY, acknowledgementDelayNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(HOP_COST_PROPERTY, hopCostNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(PRUNE_GRACE_PROPERTY, pruneGraceNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkTime(CLOSE_RING_DELAY_PROPERTY, closeRingDelayNs, 0, MAX_TIMEOUT_NS);
        OptionChecks.checkRange(MAX_PEERS_PROPERTY, maxPeers, 1, 65_536);
        OptionChecks.checkRange(MAX_TREES_PROPERTY, maxTrees, 1, 1 << 20);
        OptionChecks.checkRange(SHARED_TREE_MESSAGES_PROPERTY, sharedTreeMessages, 0, Integer.MAX_VALUE);
        OptionChecks.checkRange(MAX_ID_LENGTH_PROPERTY, maxIdLength, 1, 1024);
        OptionChecks.checkRange(MAX_ANNOUNCED_PROPERTY, maxAnnounced, 1, 1 << 24);
        OptionChecks.checkRange(MAX_ANNOUNCEMENTS_PER_TICK_PROPERTY, maxAnnouncementsPerTick, 1, Integer.MAX_VALUE);
        OptionChecks.checkRange(RECENT_MESSAGES_PROPERTY, recentMessages, 0, maxAnnounced / 2,
            "half of " + MAX_ANNOUNCED_PROPERTY + " (" + maxAnnounced + ")");
        return this;
    }

    /**
     * How much earlier than a payload its first announcement must have come for the announcer to become the parent
     * (paper, algorithm 4, with times for rounds).
     *
     * @return nanoseconds; 0 for never.
     */
    public long optimisationThresholdNs() {
        return optimisationThresholdNs;
    }

    /**
     * How much earlier than a payload its first announcement must have come for the announcer to become the parent in
     * a root's own tree. Default 20 ms, range 0 (never) to 10 min. Needs safe pruning: without it
     * ({@link #pruneGraceNs()} 0) no announcer becomes the parent. Counted: {@code protocol.optimisations}.
     *
     * @param thresholdNs nanoseconds.
     * @return these options.
     */
    public PlumtreeOptions optimisationThresholdNs(final long thresholdNs) {
        this.optimisationThresholdNs = thresholdNs;
        return this;
    }

    /**
     * When an announcement is repeated that was not acknowledged: after this time, then after twice, four, eight and
     * from then on sixteen times as long.
     *
     * @return nanoseconds; 0 for at every lazy tick.
     */
    public long reannounceIntervalNs() {
        return reannounceIntervalNs;
    }

    /**
     * When an announcement is first repeated that was not acknowledged. Default 200 ms, range 0 (at every lazy tick)
     * to 10 min.
     *
     * @param intervalNs nanoseconds.
     * @return these options.
     */
    public PlumtreeOptions reannounceIntervalNs(final long intervalNs) {
        this.reannounceIntervalNs = intervalNs;
        return this;
    }

    /**
     * How long the acknowledgement of an announcement may wait for others to share a frame with.
     *
     * @return nanoseconds; 0 to acknowledge at once.
     */
    public long acknowledgementDelayNs() {
        return acknowledgementDelayNs;
    }

    /**
     * How long the acknowledgement of an announcement may wait; it goes at the next lazy tick then. Default 50 ms,
     * range 0 to 10 min. No longer than half of {@link #reannounceIntervalNs()} in any case, so that nothing is
     * announced again meanwhile; only with {@link #impliedAcknowledgements()}.
     *
     * @param delayNs nanoseconds; 0 to acknowledge at once.
     * @return these options.
     */
    public PlumtreeOptions acknowledgementDelayNs(final long delayNs) {
        this.acknowledgementDelayNs = delayNs;
        return this;
    }

    /**
     * How much later a message may come, for each hop saved, where the common tree is shaped.
     *
     * @return nanoseconds a hop; 0 to take whatever comes first.
     */
    public long hopCostNs() {
        return hopCostNs;
    }

    /**
     * How much later a message may come, for each hop saved, and the link that brought it still be preferred to the one
     * that brought it first, where the common tree is shaped. Default 10 ms, range 0 to 10 min. Only with
     * {@link #sharedTreeMessages()}: a tree that many roots use is better flat than fast from one side.
     *
     * @param costNs nanoseconds a hop; 0 to take whatever comes first.
     * @return these options.
     */
    public PlumtreeOptions hopCostNs(final long costNs) {
        this.hopCostNs = costNs;
        return this;
    }

    /**
     * How long payloads of a peer that was pruned may still be ones sent before it learned of that. With messages of
     * one root under way on two paths at a time, the reference's rule (prune whoever sends a duplicate) can cut both.
     * So a duplicate from the parent, which is the last peer that brought a new payload and was not pruned, prunes
     * nothing; and a node without a parent takes the sender of a duplicate for one.
     *
     * @return nanoseconds; 0 for the reference's way.
     */
    public long pruneGraceNs() {
        return pruneGraceNs;
    }

    /**
     * How long payloads of a peer that was pruned may still be ones sent before. Default 1 s, range 0 (prune as the
     * reference does) to 10 min. With 0 trees have no parents, and so {@link #optimisationThresholdNs()} has no effect.
     *
     * @param graceNs nanoseconds.
     * @return these options.
     */
    public PlumtreeOptions pruneGraceNs(final long graceNs) {
        this.pruneGraceNs = graceNs;
        return this;
    }

    /**
     * The most members beside this node.
     *
     * @return the bound.
     */
    public int maxPeers() {
        return maxPeers;
    }

    /**
     * The most members beside this node. Default 256, range 1 to 65,536. More are refused.
     *
     * @param bound the bound.
     * @return these options.
     */
    public PlumtreeOptions maxPeers(final int bound) {
        this.maxPeers = bound;
        return this;
    }

    /**
     * The most roots with a tree of their own; the least recently used one goes back to the common sets.
     *
     * @return the bound.
     */
    public int maxTrees() {
        return maxTrees;
    }

    /**
     * The most roots with a tree of their own. Default 1,024, range 1 to 1,048,576. Counted:
     * {@code protocol.trees.evictions}.
     *
     * @param bound the bound.
     * @return these options.
     */
    public PlumtreeOptions maxTrees(final int bound) {
        this.maxTrees = bound;
        return this;
    }

    /**
     * How many messages of a root travel on the common tree; with the next one the root gets a tree of its own, by one
     * flood.
     *
     * @return messages; 0 for none: each root has a tree of its own as soon as it differs from the common sets.
     */
    public int sharedTreeMessages() {
        return sharedTreeMessages;
    }

    /**
     * How many messages of a root travel on the common tree. Default 1, range 0 (the reference's way) to
     * 2,147,483,647. A root that is seldom heard of costs no flood so, and one that is often heard of gets a tree with
     * the shortest delays.
     *
     * @param messages how many.
     * @return these options.
     */
    public PlumtreeOptions sharedTreeMessages(final int messages) {
        this.sharedTreeMessages = messages;
        return this;
    }

    /**
     * The longest message id.
     *
     * @return bytes.
     */
    public int maxIdLength() {
        return maxIdLength;
    }

    /**
     * The longest message id. Default 64, range 1 to 1,024 bytes. Longer ones are dropped and counted:
     * {@code protocol.ids.tooLong}.
     *
     * @param length bytes.
     * @return these options.
     */
    public PlumtreeOptions maxIdLength(final int length) {
        this.maxIdLength = length;
        return this;
    }

    /**
     * The most messages whose ids are kept for announcements, to whatever number of peers.
     *
     * @return the bound.
     */
    public int maxAnnounced() {
        return maxAnnounced;
    }

    /**
     * The most messages whose ids are kept for announcements. Default 32,768, range 1 to 16,777,216. What overflows
     * is left to an exchange: {@code protocol.outstanding.overflows}.
     *
     * @param bound the bound.
     * @return these options.
     */
    public PlumtreeOptions maxAnnounced(final int bound) {
        this.maxAnnounced = bound;
        return this;
    }

    /**
     * The most announcements to one peer at one lazy tick; the rest go at the next.
     *
     * @return the bound.
     */
    public int maxAnnouncementsPerTick() {
        return maxAnnouncementsPerTick;
    }

    /**
     * The most announcements to one peer at one lazy tick. Default 4,096, at least 1.
     *
     * @param bound the bound.
     * @return these options.
     */
    public PlumtreeOptions maxAnnouncementsPerTick(final int bound) {
        this.maxAnnouncementsPerTick = bound;
        return this;
    }

    /**
     * How many of the last messages are announced on a new link, so that a message whose path broke half-way still
     * arrives.
     *
     * @return messages; 0 for none.
     */
    public int recentMessages() {
        return recentMessages;
    }

    /**
     * How many of the last messages are announced on a new link. Default 4,096, range 0 (none) to half of
     * {@link #maxAnnounced()}.
     *
     * @param messages how many.
     * @return these options.
     */
    public PlumtreeOptions recentMessages(final int messages) {
        this.recentMessages = messages;
        return this;
    }

    /**
     * Whether everything that shows that a peer has a message (its announcement, its payload, its prune) acknowledges
     * our announcement to it, and whether a message's arrival is acknowledged to all who announced it.
     *
     * @return true if so.
     */
    public boolean impliedAcknowledgements() {
        return impliedAcknowledgements;
    }

    /**
     * Whether everything that shows that a peer has a message acknowledges our announcement to it. Default true.
     *
     * @param implied false for the reference's way.
     * @return these options.
     */
    public PlumtreeOptions impliedAcknowledgements(final boolean implied) {
        this.impliedAcknowledgements = implied;
        return this;
    }

    /**
     * Whether this node announces messages at all.
     *
     * @return true if so.
     */
    public boolean announcements() {
        return announcements;
    }

    /**
     * Whether this node announces messages to its lazy peers. Default true. Without announcements payloads are pushed
     * and trees are pruned as ever, and what others announce is grafted and acknowledged; but nothing is recorded as
     * outstanding, so nothing is waited for, and what a broken path loses is left to exchanges: a push that could not
     * be made marks its peer for one. For experiments, and for tests of exchanges.
     *
     * @param announced false for none.
     * @return these options.
     */
    public PlumtreeOptions announcements(final boolean announced) {
        this.announcements = announced;
        return this;
    }

    /**
     * Whether a join wipes every root's tree, as the reference does, or adds the new member to each.
     *
     * @return true if it wipes.
     */
    public boolean resetTreesOnJoin() {
        return resetTreesOnJoin;
    }

    /**
     * Whether a join wipes every root's tree. Default false: the new member becomes an eager peer in each.
     *
     * @param reset true for the reference's way.
     * @return these options.
     */
    public PlumtreeOptions resetTreesOnJoin(final boolean reset) {
        this.resetTreesOnJoin = reset;
        return this;
    }

    /**
     * Whether a node whose link to a peer goes down, or does not come up, makes sure of a link, lazy at first, to the
     * next member in id order that it can reach. With every survivor doing so, the survivors' links contain a ring, so
     * that no number of failures cuts a survivor off for good.
     *
     * @return true if so.
     */
    public boolean closeRing() {
        return closeRing;
    }

    /**
     * Whether failures are patched by a link to the next reachable member. Default true.
     *
     * @param close false for the reference's way.
     * @return these options.
     */
    public PlumtreeOptions closeRing(final boolean close) {
        this.closeRing = close;
        return this;
    }

    /**
     * How messages that were announced and have not come are fetched.
     *
     * @return these options, to be changed in place.
     */
    public GraftOptions grafts() {
        return grafts;
    }

    /**
     * Sets how messages that were announced and have not come are fetched.
     *
     * @param options which take the place of those before.
     * @return these options.
     */
    public PlumtreeOptions grafts(final GraftOptions options) {
        this.grafts = Objects.requireNonNull(options, "grafts");
        return this;
    }

    /**
     * How far a peer may fall behind.
     *
     * @return these options, to be changed in place.
     */
    public FlowControlOptions flowControl() {
        return flowControl;
    }

    /**
     * Sets how far a peer may fall behind.
     *
     * @param options which take the place of those before.
     * @return these options.
     */
    public PlumtreeOptions flowControl(final FlowControlOptions options) {
        this.flowControl = Objects.requireNonNull(options, "flowControl");
        return this;
    }

    /**
     * How long after peers have come the ring is looked at.
     *
     * @return nanoseconds.
     */
    public long closeRingDelayNs() {
        return closeRingDelayNs;
    }

    /**
     * How long after peers have come the ring is looked at ({@link #closeRing()}): a successor that has not come until
     * then is taken for one that is not there. Default 2 s, range 0 to 10 min. Counted: {@code protocol.links.patched}.
     *
     * @param delayNs nanoseconds.
     * @return these options.
     */
    public PlumtreeOptions closeRingDelayNs(final long delayNs) {
        this.closeRingDelayNs = delayNs;
        return this;
    }
}
