package io.plumtree.protocol.options;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlumtreeOptionsTest {
    private static void refuses(final String message, final UnaryOperator<PlumtreeOptions> change) {
        final PlumtreeOptions options = change.apply(new PlumtreeOptions());
        assertEquals(message, assertThrows(IllegalArgumentException.class, options::conclude).getMessage());
    }

    @Test
    void shouldAcceptTheDefaultsAndTheReference() {
        assertDoesNotThrow(() -> new PlumtreeOptions().conclude());
        assertDoesNotThrow(() -> PlumtreeOptions.reference().conclude());
    }

    @Test
    void shouldNameOptionValueAndRange() {
        refuses("plumtree.graft.timeout (-1ns) must be 0ns to 600s", o -> o
            .grafts(new GraftOptions().graftTimeoutNs(-1)));
        refuses("plumtree.graft.retry.timeout (0ns) must be 1ns to 600s", o -> o
            .grafts(new GraftOptions().graftRetryTimeoutNs(0)));
        refuses("plumtree.reannounce.interval (-5ns) must be 0ns to 600s", o -> o.reannounceIntervalNs(-5));
        refuses("plumtree.acknowledgement.delay (-1ns) must be 0ns to 600s", o -> o.acknowledgementDelayNs(-1));
        refuses("plumtree.optimisation.threshold (-1ns) must be 0ns to 600s", o -> o.optimisationThresholdNs(-1));
        refuses("plumtree.hop.cost (-1ns) must be 0ns to 600s", o -> o.hopCostNs(-1));
        refuses("plumtree.min.graft.timeout (0ns) must be 1ns to 600s", o -> o
            .grafts(new GraftOptions().minGraftTimeoutNs(0)));
        refuses("plumtree.prune.grace (-1ns) must be 0ns to 600s", o -> o.pruneGraceNs(-1));
        refuses("plumtree.congestion.budget (-1ns) must be 0ns to 600s", o -> o
            .flowControl(new FlowControlOptions().congestionBudgetNs(-1)));
        refuses("plumtree.close.ring.delay (-1ns) must be 0ns to 600s", o -> o.closeRingDelayNs(-1));
        refuses("plumtree.close.ring.delay (600.000000001s) must be 0ns to 600s",
            o -> o.closeRingDelayNs(600_000_000_001L));
        refuses("plumtree.max.peers (0) must be 1 to 65536", o -> o.maxPeers(0));
        refuses("plumtree.max.trees (0) must be 1 to 1048576", o -> o.maxTrees(0));
        refuses("plumtree.shared.tree.messages (-1) must be 0 to 2147483647", o -> o.sharedTreeMessages(-1));
        refuses("plumtree.max.id.length (1025) must be 1 to 1024", o -> o.maxIdLength(1025));
        refuses("plumtree.max.announced (0) must be 1 to 16777216", o -> o.maxAnnounced(0));
        refuses("plumtree.max.outstanding (0) must be 1 to 16777216", o -> o
            .flowControl(new FlowControlOptions().maxOutstanding(0)));
        refuses("plumtree.max.announcements.per.tick (0) must be 1 to 2147483647", o -> o.maxAnnouncementsPerTick(0));
        refuses("plumtree.max.missing (0) must be 1 to 16777216", o -> o.grafts(new GraftOptions().maxMissing(0)));
        refuses("plumtree.max.grafts (0) must be 1 to 1048576", o -> o.grafts(new GraftOptions().maxGrafts(0)));
        refuses("plumtree.max.announcers (65) must be 1 to 64", o -> o.grafts(new GraftOptions().maxAnnouncers(65)));
    }

    @Test
    void shouldNameBothOptionsOfARelation() {
        refuses("plumtree.max.outstanding.per.peer (11) must be 1 to plumtree.max.outstanding (10)",
            o -> o.flowControl(new FlowControlOptions().maxOutstanding(10).maxOutstandingPerPeer(11)));
        refuses("plumtree.recent.messages (51) must be 0 to half of plumtree.max.announced (100)",
            o -> o.maxAnnounced(100).recentMessages(51));
        assertDoesNotThrow(() -> new PlumtreeOptions()
            .grafts(new GraftOptions().adaptiveGraft(false).graftTimeoutNs(10)).conclude());
        assertDoesNotThrow(() -> new PlumtreeOptions().grafts(new GraftOptions().graftTimeoutNs(0)).conclude());
    }

    @Test
    void shouldRefuseTimesOfFlowControlThatDoNotGoTogether() {
        refusesFlow("plumtree.relay.hold (-1ns) must be 0ns to 600s", o -> o.relayHoldNs(-1));
        refusesFlow("plumtree.quench.period (-1ns) must be 0ns to 600s", o -> o.quenchPeriodNs(-1));
        refusesFlow("plumtree.limit.period (999.999us) must be 1ms to 1s", o -> o.limitPeriodNs(999_999));
        refusesFlow("plumtree.limit.period (1.000000001s) must be 1ms to 1s", o -> o.limitPeriodNs(1_000_000_001));
        refusesFlow("plumtree.limit.reaction (9ms) must be plumtree.limit.period (10ms) to 600s",
            o -> o.limitReactionNs(9_000_000));
        refusesFlow("plumtree.limit.quiet (19ms) must be plumtree.limit.reaction (20ms) to 600s",
            o -> o.limitQuietNs(19_000_000));
        refusesFlow("plumtree.limit.expiry (49ms) must be plumtree.limit.quiet (50ms) to 600s",
            o -> o.limitExpiryNs(49_000_000));
        refusesFlow("plumtree.limit.quiet (50ms) must be greater than plumtree.quench.period (50ms)",
            o -> o.quenchPeriodNs(50_000_000));
        refusesFlow("plumtree.limit.expiry (101s) must be at most 10000 times plumtree.limit.period (10ms)",
            o -> o.limitExpiryNs(101_000_000_000L));
        assertDoesNotThrow(() -> new FlowControlOptions().relayHoldNs(0).quenchPeriodNs(0).conclude());
        assertDoesNotThrow(() -> new FlowControlOptions().limitExpiryNs(100_000_000_000L).conclude());
    }

    private static void refusesFlow(final String message, final UnaryOperator<FlowControlOptions> change) {
        refuses(message, o -> o.flowControl(change.apply(new FlowControlOptions())));
    }
}
