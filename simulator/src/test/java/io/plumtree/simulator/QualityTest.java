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
        assertEquals(0, result.missedInAll());
        return result;
    }

    private static Scenario scenario(final String senders) {
        return new Scenario().nodes(NODES).senders(Senders.parse(senders)).warmup(30).messages(30);
    }

    @Test
    void shouldBeAsFastAsFloodingWithoutRedundancyForSendersInTurn() {
        final RunResult result = run(scenario("rotating:10"));
        assertEquals(0, result.redundancy());
        assertTrue(result.p99OverFlood() < 1.05, () -> "p99 over flooding: " + result.p99OverFlood());
    }

    @Test
    void shouldNotFloodForSendersNeverHeardOf() {
        final RunResult result = run(scenario("fresh"));
        assertTrue(result.redundancy() < 0.01, () -> "redundancy: " + result.redundancy());
        assertTrue(result.p99OverFlood() < 2.2, () -> "p99 over flooding: " + result.p99OverFlood());
        final RunResult flat = result;
        final RunResult fast = run(scenario("fresh").set("hop.cost=0"));
        assertTrue(flat.lastHop() < fast.lastHop(), () -> "last hop: " + flat.lastHop() + ", " + fast.lastHop());
    }

    @Test
    void shouldHaveNoRedundancyWhenAllSendAtOnce() {
        final RunResult result = run(new Scenario().nodes(60).senders(Senders.parse("all")).warmup(20).messages(5));
        assertTrue(result.redundancy() < 0.01, () -> "redundancy: " + result.redundancy());
    }

    @Test
    void shouldRepairLossSoonAndSoonerWithAdaptiveTimeouts() {
        final RunResult adaptive = run(scenario("rotating:10").loss(0.02));
        assertTrue(adaptive.repaired() > 0);
        assertTrue(adaptive.repairedP99Ms() < 5 * adaptive.floodP99Ms(), () -> "p99: " + adaptive.repairedP99Ms());
        final RunResult fixed = run(scenario("rotating:10").loss(0.02).set("adaptive.graft=false"));
        assertTrue(adaptive.repairedP99Ms() < fixed.repairedP99Ms(), () -> "p99: " + fixed.repairedP99Ms());
    }

    @Test
    void shouldReachAllSurvivorsWithTheFirstMessageAndSettleWithinFour() {
        final RunResult result = run(scenario("single").fail(0.5));
        assertEquals(1, result.firstMessageAfterFailure());
        assertTrue(result.messagesToSettle() >= 0 && result.messagesToSettle() <= 4,
            () -> "messages to settle: " + result.messagesToSettle());
    }

    @Test
    void shouldNeedNoMoreThanThreeControlMessagesADeliveryAndFewerTheMoreShareATick() {
        final long tickNs = new Scenario().lazyTickPeriodNs();
        final RunResult one = run(scenario("single").intervalNs(tickNs));
        final RunResult four = run(scenario("single").intervalNs(tickNs / 4).warmup(120).messages(120));
        assertTrue(one.controlPerDelivery() <= 3, () -> "one a tick: " + one.controlPerDelivery());
        assertTrue(four.controlPerDelivery() < one.controlPerDelivery() / 2,
            () -> "four a tick: " + four.controlPerDelivery());
    }

    @Test
    void shouldBecomeTheReferenceBySetting() {
        final RunResult reference = run(scenario("fresh").messages(5).set("reference"));
        assertTrue(reference.redundancy() > 1, () -> "redundancy: " + reference.redundancy());
    }
}
