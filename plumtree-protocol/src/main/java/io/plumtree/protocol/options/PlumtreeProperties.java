package io.plumtree.protocol.options;

import io.plumtree.api.options.PropertyTable;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the protocol's options from properties, for a node's context and for whoever runs the protocol alone. */
public final class PlumtreeProperties {
    private static final PropertyTable<PlumtreeOptions> TABLE = new PropertyTable<PlumtreeOptions>()
        .duration(PlumtreeOptions.OPTIMISATION_THRESHOLD_PROPERTY,
            PlumtreeOptions::optimisationThresholdNs, PlumtreeOptions::optimisationThresholdNs)
        .duration(PlumtreeOptions.REANNOUNCE_INTERVAL_PROPERTY,
            PlumtreeOptions::reannounceIntervalNs, PlumtreeOptions::reannounceIntervalNs)
        .duration(PlumtreeOptions.ACKNOWLEDGEMENT_DELAY_PROPERTY,
            PlumtreeOptions::acknowledgementDelayNs, PlumtreeOptions::acknowledgementDelayNs)
        .duration(PlumtreeOptions.HOP_COST_PROPERTY, PlumtreeOptions::hopCostNs, PlumtreeOptions::hopCostNs)
        .duration(PlumtreeOptions.PRUNE_GRACE_PROPERTY, PlumtreeOptions::pruneGraceNs, PlumtreeOptions::pruneGraceNs)
        .duration(PlumtreeOptions.CLOSE_RING_DELAY_PROPERTY,
            PlumtreeOptions::closeRingDelayNs, PlumtreeOptions::closeRingDelayNs)
        .number(PlumtreeOptions.MAX_PEERS_PROPERTY, PlumtreeOptions::maxPeers, PlumtreeOptions::maxPeers)
        .number(PlumtreeOptions.MAX_TREES_PROPERTY, PlumtreeOptions::maxTrees, PlumtreeOptions::maxTrees)
        .number(PlumtreeOptions.SHARED_TREE_MESSAGES_PROPERTY,
            PlumtreeOptions::sharedTreeMessages, PlumtreeOptions::sharedTreeMessages)
        .number(PlumtreeOptions.MAX_ID_LENGTH_PROPERTY, PlumtreeOptions::maxIdLength, PlumtreeOptions::maxIdLength)
        .number(PlumtreeOptions.MAX_ANNOUNCED_PROPERTY, PlumtreeOptions::maxAnnounced, PlumtreeOptions::maxAnnounced)
        .number(PlumtreeOptions.MAX_ANNOUNCEMENTS_PER_TICK_PROPERTY,
            PlumtreeOptions::maxAnnouncementsPerTick, PlumtreeOptions::maxAnnouncementsPerTick)
        .number(
            PlumtreeOptions.RECENT_MESSAGES_PROPERTY, PlumtreeOptions::recentMessages, PlumtreeOptions::recentMessages)
        .flag(PlumtreeOptions.IMPLIED_ACKNOWLEDGEMENTS_PROPERTY,
            PlumtreeOptions::impliedAcknowledgements, PlumtreeOptions::impliedAcknowledgements)
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
        return TABLE.set(options, key, value) || GraftOptions.TABLE.set(options.grafts(), key, value)
            || FlowControlOptions.TABLE.set(options.flowControl(), key, value);
    }

    /**
     * The names of the protocol's properties.
     *
     * @return all names, sorted.
     */
    public static Set<String> keys() {
        final Set<String> keys = new TreeSet<>(TABLE.keys());
        keys.addAll(GraftOptions.TABLE.keys());
        keys.addAll(FlowControlOptions.TABLE.keys());
        return keys;
    }

    /**
     * What the protocol's options are set to, in the form that {@link #apply} reads.
     *
     * @param options the options.
     * @return the values of all, by property.
     */
    public static Map<String, String> values(final PlumtreeOptions options) {
        final Map<String, String> values = TABLE.values(options);
        values.putAll(GraftOptions.TABLE.values(options.grafts()));
        values.putAll(FlowControlOptions.TABLE.values(options.flowControl()));
        return values;
    }
}
