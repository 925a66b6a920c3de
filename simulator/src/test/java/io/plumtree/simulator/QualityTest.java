package io.plumtree.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/evaluation.md shows for 10,000 nodes, kept up for a few hundred. */
@Tag("slow")
class QualityTest {
    private static final int NODES = 400;

    private static RunResult run(final Scenario scenario) {
        final RunResult result = ScenarioRun.run(scenario, 1, RunProgress.NONE);
        assertEquals(0, result.quality().missedInAll());
        return result;
    }

    private static Scenario scenario(final String senders) {
        return new Scenario().nodes(NODES).senders(Senders.parse(senders)).warmup(30).messages(30);
    }

    @Test
    void shouldBeAsFastAsFloodingWithoutRedundancyForSendersInTurn() {
        final RunResult result = run(scenario("rotating:10"));
        assertEquals(0, result.quality().redundancy());
        assertTrue(result.speed().p99OverFlood() < 1.05, () -> "p99 over flooding: " + result.speed().p99OverFlood());
    }

    @Test
    void shouldNotFloodForSendersNeverHeardOf() {
        final RunResult result = run(scenario("fresh"));
        assertTrue(result.quality().redundancy() < 0.01, () -> "redundancy: " + result.quality().redundancy());
        assertTrue(result.speed().p99OverFlood() < 2.2, () -> "p99 over flooding: " + result.speed().p99OverFlood());
        final RunResult flat = result;
        final RunResult fast = run(scenario("fresh").set("hop.cost=0"));
        assertTrue(flat.quality().lastHop() < fast.quality().lastHop(),
            () -> "last hop: " + flat.quality().lastHop() + ", " + fast.quality().lastHop());
    }

    @Test
    void shouldHaveNoRedundancyWhenAllSendAtOnce() {
        final RunResult result = run(new Scenario().nodes(60).senders(Senders.parse("all")).warmup(20).messages(5));
        assertTrue(result.quality().redundancy() < 0.01, () -> "redundancy: " + result.quality().redundancy());
    }

    @Test
    void shouldRepairLossSoonAndSoonerWithAdaptiveTimeouts() {
        final RunResult adaptive = run(scenario("rotating:10").loss(0.02));
        assertTrue(adaptive.speed().repaired() > 0);
        assertTrue(adaptive.speed().repairedP99Ms() < 5 * adaptive.speed().floodP99Ms(),
            () -> "p99: " + adaptive.speed().repairedP99Ms());
        final RunResult fixed = run(scenario("rotating:10").loss(0.02).set("adaptive.graft=false"));
        assertTrue(adaptive.speed().repairedP99Ms() < fixed.speed().repairedP99Ms(),
            () -> "p99: " + fixed.speed().repairedP99Ms());
    }

    @Test
    void shouldReachAllSurvivorsWithTheFirstMessageAndSettleWithinFour() {
        final RunResult result = run(scenario("single").fail(0.5));
        assertEquals(1, result.recovery().firstMessageAfterFailure());
        assertTrue(result.recovery().messagesToSettle() >= 0 && result.recovery().messagesToSettle() <= 4,
            () -> "messages to settle: " + result.recovery().messagesToSettle());
    }

    @Test
    void shouldNeedNoMoreThanThreeControlMessagesADeliveryAndFewerTheMoreShareATick() {
        final long tickNs = new Scenario().lazyTickPeriodNs();
        final RunResult one = run(scenario("single").intervalNs(tickNs));
        final RunResult four = run(scenario("single").intervalNs(tickNs / 4).warmup(120).messages(120));
        assertTrue(one.cost().controlPerDelivery() <= 3, () -> "one a tick: " + one.cost().controlPerDelivery());
        assertTrue(four.cost().controlPerDelivery() < one.cost().controlPerDelivery() / 2,
            () -> "four a tick: " + four.cost().controlPerDelivery());
    }

    @Test
    void shouldBecomeTheReferenceBySetting() {
        final RunResult reference = run(scenario("fresh").messages(5).set("reference"));
        assertTrue(reference.quality().redundancy() > 1, () -> "redundancy: " + reference.quality().redundancy());
    }
}
