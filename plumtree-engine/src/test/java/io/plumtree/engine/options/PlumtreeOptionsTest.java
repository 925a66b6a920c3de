package io.plumtree.engine.options;

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
        refuses("graftTimeoutNs must be between 0 and 600000000000: -1", o -> o.graftTimeoutNs(-1));
        refuses("graftRetryTimeoutNs must be between 1 and 600000000000: 0", o -> o.graftRetryTimeoutNs(0));
        refuses("reannounceIntervalNs must be between 0 and 600000000000: -5", o -> o.reannounceIntervalNs(-5));
        refuses("acknowledgementDelayNs must be between 0 and 600000000000: -1", o -> o.acknowledgementDelayNs(-1));
        refuses("optimisationThresholdNs must be between 0 and 600000000000: -1", o -> o.optimisationThresholdNs(-1));
        refuses("hopCostNs must be between 0 and 600000000000: -1", o -> o.hopCostNs(-1));
        refuses("minGraftTimeoutNs must be between 1 and 600000000000: 0", o -> o.minGraftTimeoutNs(0));
        refuses("pruneGraceNs must be between 0 and 600000000000: -1", o -> o.pruneGraceNs(-1));
        refuses("congestionBudgetNs must be between 0 and 600000000000: -1", o -> o.congestionBudgetNs(-1));
        refuses("maxPeers must be between 1 and 65536: 0", o -> o.maxPeers(0));
        refuses("maxTrees must be between 1 and 1048576: 0", o -> o.maxTrees(0));
        refuses("sharedTreeMessages must be between 0 and 2147483647: -1", o -> o.sharedTreeMessages(-1));
        refuses("maxIdLength must be between 1 and 1024: 1025", o -> o.maxIdLength(1025));
        refuses("maxAnnounced must be between 1 and 16777216: 0", o -> o.maxAnnounced(0));
        refuses("maxOutstanding must be between 1 and 16777216: 0", o -> o.maxOutstanding(0));
        refuses("maxAnnouncementsPerTick must be between 1 and 2147483647: 0", o -> o.maxAnnouncementsPerTick(0));
        refuses("maxMissing must be between 1 and 16777216: 0", o -> o.maxMissing(0));
        refuses("maxGrafts must be between 1 and 1048576: 0", o -> o.maxGrafts(0));
        refuses("maxAnnouncers must be between 1 and 64: 65", o -> o.maxAnnouncers(65));
    }

    @Test
    void shouldNameBothOptionsOfARelation() {
        refuses("maxOutstandingPerPeer must be between 1 and maxOutstanding, which is 10: 11",
            o -> o.maxOutstanding(10).maxOutstandingPerPeer(11));
        refuses("recentMessages must be between 0 and half of maxAnnounced, which is 50: 51",
            o -> o.maxAnnounced(100).recentMessages(51));
        assertDoesNotThrow(() -> new PlumtreeOptions().adaptiveGraft(false).graftTimeoutNs(10).conclude());
        assertDoesNotThrow(() -> new PlumtreeOptions().graftTimeoutNs(0).conclude());
    }
}
