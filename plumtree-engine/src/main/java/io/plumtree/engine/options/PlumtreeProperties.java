package io.plumtree.engine.options;

import io.plumtree.api.Durations;

/** Reads the protocol's options from properties, for a node's context and for whoever runs the protocol alone. */
public final class PlumtreeProperties {
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
        switch (key) {
            case PlumtreeOptions.GRAFT_TIMEOUT_PROPERTY -> options.graftTimeoutNs(durationNs(key, value));
            case PlumtreeOptions.GRAFT_RETRY_TIMEOUT_PROPERTY -> options.graftRetryTimeoutNs(durationNs(key, value));
            case PlumtreeOptions.ADAPTIVE_GRAFT_PROPERTY -> options.adaptiveGraft(parseBoolean(value));
            case PlumtreeOptions.MIN_GRAFT_TIMEOUT_PROPERTY -> options.minGraftTimeoutNs(durationNs(key, value));
            case PlumtreeOptions.OPTIMISATION_THRESHOLD_PROPERTY ->
                options.optimisationThresholdNs(durationNs(key, value));
            case PlumtreeOptions.REANNOUNCE_INTERVAL_PROPERTY -> options.reannounceIntervalNs(durationNs(key, value));
            case PlumtreeOptions.ACKNOWLEDGEMENT_DELAY_PROPERTY ->
                options.acknowledgementDelayNs(durationNs(key, value));
            case PlumtreeOptions.HOP_COST_PROPERTY -> options.hopCostNs(durationNs(key, value));
            case PlumtreeOptions.PRUNE_GRACE_PROPERTY -> options.pruneGraceNs(durationNs(key, value));
            case PlumtreeOptions.CONGESTION_BUDGET_PROPERTY -> options.congestionBudgetNs(durationNs(key, value));
            case PlumtreeOptions.MAX_PEERS_PROPERTY -> options.maxPeers(Integer.parseInt(value));
            case PlumtreeOptions.MAX_TREES_PROPERTY -> options.maxTrees(Integer.parseInt(value));
            case PlumtreeOptions.SHARED_TREE_MESSAGES_PROPERTY -> options.sharedTreeMessages(Integer.parseInt(value));
            case PlumtreeOptions.MAX_ID_LENGTH_PROPERTY -> options.maxIdLength(Integer.parseInt(value));
            case PlumtreeOptions.MAX_ANNOUNCED_PROPERTY -> options.maxAnnounced(Integer.parseInt(value));
            case PlumtreeOptions.MAX_OUTSTANDING_PROPERTY -> options.maxOutstanding(Integer.parseInt(value));
            case PlumtreeOptions.MAX_OUTSTANDING_PER_PEER_PROPERTY ->
                options.maxOutstandingPerPeer(Integer.parseInt(value));
            case PlumtreeOptions.MAX_ANNOUNCEMENTS_PER_TICK_PROPERTY ->
                options.maxAnnouncementsPerTick(Integer.parseInt(value));
            case PlumtreeOptions.MAX_MISSING_PROPERTY -> options.maxMissing(Integer.parseInt(value));
            case PlumtreeOptions.MAX_ANNOUNCERS_PROPERTY -> options.maxAnnouncers(Integer.parseInt(value));
            case PlumtreeOptions.MAX_GRAFTS_PROPERTY -> options.maxGrafts(Integer.parseInt(value));
            case PlumtreeOptions.RECENT_MESSAGES_PROPERTY -> options.recentMessages(Integer.parseInt(value));
            case PlumtreeOptions.IMPLIED_ACKNOWLEDGEMENTS_PROPERTY ->
                options.impliedAcknowledgements(parseBoolean(value));
            case PlumtreeOptions.NEGATIVE_GRAFT_REPLIES_PROPERTY -> options.negativeGraftReplies(parseBoolean(value));
            case PlumtreeOptions.RESET_TREES_ON_JOIN_PROPERTY -> options.resetTreesOnJoin(parseBoolean(value));
            case PlumtreeOptions.ANNOUNCEMENTS_PROPERTY -> options.announcements(parseBoolean(value));
            case PlumtreeOptions.CLOSE_RING_PROPERTY -> options.closeRing(parseBoolean(value));
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a truth value strictly, so that {@code yes} is no silent {@code false}.
     *
     * @param value {@code true} or {@code false}.
     * @return the value.
     * @throws IllegalArgumentException if it is something else.
     */
    public static boolean parseBoolean(final String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static long durationNs(final String key, final String value) {
        return Durations.parse(key, value);
    }
}
