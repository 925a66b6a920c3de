package io.plumtree.protocol.options;

import io.plumtree.api.options.PropertyTable;
import java.util.Map;
import java.util.Set;

/** Reads the protocol's options from properties, for a node's context and for whoever runs the protocol alone. */
public final class PlumtreeProperties {
    private static final PropertyTable<PlumtreeOptions> TABLE = new PropertyTable<PlumtreeOptions>()
        .duration(
            PlumtreeOptions.GRAFT_TIMEOUT_PROPERTY, PlumtreeOptions::graftTimeoutNs, PlumtreeOptions::graftTimeoutNs)
        .duration(PlumtreeOptions.GRAFT_RETRY_TIMEOUT_PROPERTY,
            PlumtreeOptions::graftRetryTimeoutNs, PlumtreeOptions::graftRetryTimeoutNs)
        .flag(PlumtreeOptions.ADAPTIVE_GRAFT_PROPERTY, PlumtreeOptions::adaptiveGraft, PlumtreeOptions::adaptiveGraft)
        .duration(PlumtreeOptions.MIN_GRAFT_TIMEOUT_PROPERTY,
            PlumtreeOptions::minGraftTimeoutNs, PlumtreeOptions::minGraftTimeoutNs)
        .duration(PlumtreeOptions.OPTIMISATION_THRESHOLD_PROPERTY,
            PlumtreeOptions::optimisationThresholdNs, PlumtreeOptions::optimisationThresholdNs)
        .duration(PlumtreeOptions.REANNOUNCE_INTERVAL_PROPERTY,
            PlumtreeOptions::reannounceIntervalNs, PlumtreeOptions::reannounceIntervalNs)
        .duration(PlumtreeOptions.ACKNOWLEDGEMENT_DELAY_PROPERTY,
            PlumtreeOptions::acknowledgementDelayNs, PlumtreeOptions::acknowledgementDelayNs)
        .duration(PlumtreeOptions.HOP_COST_PROPERTY, PlumtreeOptions::hopCostNs, PlumtreeOptions::hopCostNs)
        .duration(PlumtreeOptions.PRUNE_GRACE_PROPERTY, PlumtreeOptions::pruneGraceNs, PlumtreeOptions::pruneGraceNs)
        .duration(PlumtreeOptions.CONGESTION_BUDGET_PROPERTY,
            PlumtreeOptions::congestionBudgetNs, PlumtreeOptions::congestionBudgetNs)
        .number(PlumtreeOptions.MAX_PEERS_PROPERTY, PlumtreeOptions::maxPeers, PlumtreeOptions::maxPeers)
        .number(PlumtreeOptions.MAX_TREES_PROPERTY, PlumtreeOptions::maxTrees, PlumtreeOptions::maxTrees)
        .number(PlumtreeOptions.SHARED_TREE_MESSAGES_PROPERTY,
            PlumtreeOptions::sharedTreeMessages, PlumtreeOptions::sharedTreeMessages)
        .number(PlumtreeOptions.MAX_ID_LENGTH_PROPERTY, PlumtreeOptions::maxIdLength, PlumtreeOptions::maxIdLength)
        .number(PlumtreeOptions.MAX_ANNOUNCED_PROPERTY, PlumtreeOptions::maxAnnounced, PlumtreeOptions::maxAnnounced)
        .number(
            PlumtreeOptions.MAX_OUTSTANDING_PROPERTY, PlumtreeOptions::maxOutstanding, PlumtreeOptions::maxOutstanding)
        .number(PlumtreeOptions.MAX_OUTSTANDING_PER_PEER_PROPERTY,
            PlumtreeOptions::maxOutstandingPerPeer, PlumtreeOptions::maxOutstandingPerPeer)
        .number(PlumtreeOptions.MAX_ANNOUNCEMENTS_PER_TICK_PROPERTY,
            PlumtreeOptions::maxAnnouncementsPerTick, PlumtreeOptions::maxAnnouncementsPerTick)
        .number(PlumtreeOptions.MAX_MISSING_PROPERTY, PlumtreeOptions::maxMissing, PlumtreeOptions::maxMissing)
        .number(
            PlumtreeOptions.MAX_ANNOUNCERS_PROPERTY, PlumtreeOptions::maxAnnouncers, PlumtreeOptions::maxAnnouncers)
        .number(PlumtreeOptions.MAX_GRAFTS_PROPERTY, PlumtreeOptions::maxGrafts, PlumtreeOptions::maxGrafts)
        .number(
            PlumtreeOptions.RECENT_MESSAGES_PROPERTY, PlumtreeOptions::recentMessages, PlumtreeOptions::recentMessages)
        .flag(PlumtreeOptions.IMPLIED_ACKNOWLEDGEMENTS_PROPERTY,
            PlumtreeOptions::impliedAcknowledgements, PlumtreeOptions::impliedAcknowledgements)
        .flag(PlumtreeOptions.NEGATIVE_GRAFT_REPLIES_PROPERTY,
            PlumtreeOptions::negativeGraftReplies, PlumtreeOptions::negativeGraftReplies)
        .flag(PlumtreeOptions.RESET_TREES_ON_JOIN_PROPERTY,
            PlumtreeOptions::resetTreesOnJoin, PlumtreeOptions::resetTreesOnJoin)
        .flag(PlumtreeOptions.ANNOUNCEMENTS_PROPERTY, PlumtreeOptions::announcements, PlumtreeOptions::announcements)
        .flag(PlumtreeOptions.CLOSE_RING_PROPERTY, PlumtreeOptions::closeRing, PlumtreeOptions::closeRing);

    private PlumtreeProperties() {
    }

    /**
     * Sets the option that a property names.
     *
     * @param options which are set; ranges are checked by {@link PlumtreeOptions#conclude()}.
     * @param key     the property, such as {@code plumtree.graft.timeout}.
     * @param value   its value: {@code true} or {@code false}, a number, or a duration with its unit, such as
     *                {@code 100ms}.
     * @return false if no option of the protocol has this property.
     * @throws IllegalArgumentException if the value is of another form.
     */
    public static boolean apply(final PlumtreeOptions options, final String key, final String value) {
        return TABLE.set(options, key, value);
    }

    /**
     * The names of the protocol's properties.
     *
     * @return all names, sorted.
     */
    public static Set<String> keys() {
        return TABLE.keys();
    }

    /**
     * What the protocol's options are set to, in the form that {@link #apply} reads.
     *
     * @param options the options.
     * @return the values of all, by property.
     */
    public static Map<String, String> values(final PlumtreeOptions options) {
        return TABLE.values(options);
    }
}
