package io.plumtree.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScenarioTest {
    private static void assertRefused(final String message, final Scenario scenario) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, scenario::conclude).getMessage());
    }

    @Test
    void shouldTakeTheDefaults() {
        final Scenario scenario = new Scenario();
        assertSame(scenario, scenario.conclude());
    }

    @Test
    void shouldSayWhichOptionIsOutOfItsRange() {
        assertRefused("nodes must be between 2 and 1000000: 1", new Scenario().nodes(1));
        assertRefused("degree must be between 1 and 64: 0", new Scenario().degree(0));
        assertRefused("degree must be between 1 and 64: 65", new Scenario().degree(65));
        assertRefused("degree must be between 1 and 9: 10", new Scenario().nodes(10).degree(10));
        assertRefused("joinIntervalNs must be between 0 and 60000000000: -1", new Scenario().joinIntervalNs(-1));
        assertRefused("cycles must be between 0 and 10000: -1", new Scenario().cycles(-1));
        assertRefused("messages must be between 1 and 1000000: 0", new Scenario().messages(0));
        assertRefused("warmup must be between 0 and 1000000: -1", new Scenario().warmup(-1));
        assertRefused("seeds must be between 1 and 10000: 0", new Scenario().seeds(0));
        assertRefused("intervalNs must be between 0 and 3600000000000: -1", new Scenario().intervalNs(-1));
        assertRefused("jitterNs must be between 0 and 60000000000: -1", new Scenario().jitterNs(-1));
        assertRefused("joinPerMessage must be between 0 and 1000: 1001", new Scenario().joinPerMessage(1_001));
        assertRefused("failPerMessage must be between 0 and 1000: 1001", new Scenario().failPerMessage(1_001));
        assertRefused("detectionNs must be between 0 and 60000000000: -1", new Scenario().detectionNs(-1));
        assertRefused(
            "lazyTickPeriodNs must be between 1000000 and 60000000000: 999999",
            new Scenario().lazyTickPeriodNs(999_999));
        assertRefused("bandwidth must be between 0 and 9223372036854775807: -1", new Scenario().bandwidth(-1));
        assertRefused("payloadLength must be between 0 and 1048576: 1048577", new Scenario().payloadLength(1_048_577));
    }

    @Test
    void shouldRefuseSharesThatAreNone() {
        assertRefused("loss must be 0 or more, and less than 1: 1.0", new Scenario().loss(1));
        assertRefused("loss must be 0 or more, and less than 1: NaN", new Scenario().loss(Double.NaN));
        assertRefused("fail must be 0 or more, and less than 1: -0.1", new Scenario().fail(-0.1));
    }

    @Test
    void shouldRefuseMoreSendersThanThereAreNodes() {
        assertRefused(
            "senders must be no more than nodes, which is 10: 11",
            new Scenario().nodes(10).senders(Senders.parse("rotating:11")));
        assertRefused(
            "with fresh senders, warmup + messages must be no more than nodes, which is 50: 90",
            new Scenario().nodes(50).senders(Senders.parse("fresh")));
    }

    @Test
    void shouldRefuseWhatWouldNotEnd() {
        assertRefused(
            "nodes, messages and senders together make 90000000000000 deliveries; 10000000000 is the most",
            new Scenario().nodes(1_000_000).senders(Senders.parse("all")));
    }

    @Test
    void shouldRefuseSettingsThatAreNone() {
        assertRefused("a setting must be reference, or PROPERTY=VALUE: 'fast'", new Scenario().set("fast"));
        assertRefused("no such option of the protocol: 'speed'", new Scenario().set("speed=1"));
    }

    @Test
    void shouldSetOptionsWithAndWithoutThePrefix() {
        assertEquals(70_000_000, new Scenario().set("graft.timeout=70ms").protocol().grafts().graftTimeoutNs());
        assertEquals(70_000_000,
            new Scenario().set("plumtree.graft.timeout=70ms").protocol().grafts().graftTimeoutNs());
        assertEquals(0, new Scenario().set("reference").protocol().grafts().graftTimeoutNs());
    }
}
