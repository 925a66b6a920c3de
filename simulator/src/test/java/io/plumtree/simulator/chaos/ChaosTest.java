package io.plumtree.simulator.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.options.FlowControlOptions;
import io.plumtree.protocol.options.GraftOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chaos by seed, and that it finds what is broken. A seed that has found something stays, with what it was. */
class ChaosTest {
    private static final int SLOW_SEEDS = 80;
    private static final int DEEP_SEEDS = 600;

    static LongStream fewSeeds() {
        return LongStream.range(1_000, 1_020);
    }

    static LongStream manySeeds() {
        return LongStream.range(0, SLOW_SEEDS);
    }

    static LongStream manyMoreSeeds() {
        return LongStream.range(SLOW_SEEDS, DEEP_SEEDS);
    }

    private static void assertPasses(final long seed) {
        final ChaosResult result = Chaos.run(seed);
        assertTrue(
            result.passed(), () -> "seed " + seed + ": " + result.configuration() + "\n"
            + String.join("\n", result.failures()) + "\n" + result.trace());
        assertEquals("", result.trace());
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void shouldDeliverAndSettleWhateverHappens(final long seed) {
        assertPasses(seed);
    }

    @ParameterizedTest
    @MethodSource("manySeeds")
    @Tag("slow")
    void shouldDeliverAndSettleWhateverHappensForManySeeds(final long seed) {
        assertPasses(seed);
    }

    @ParameterizedTest
    @MethodSource("manyMoreSeeds")
    @Tag("deep")
    void shouldDeliverAndSettleWhateverHappensForManyMoreSeeds(final long seed) {
        assertPasses(seed);
    }

    /** A prune was lost: its receiver kept a parent, which it did not push to, nor did that one push to it. */
    @ParameterizedTest
    @ValueSource(longs = {0, 6, 13, 36})
    void shouldMakeLinksTheSameAtBothEndsAfterALostPrune(final long seed) {
        assertPasses(seed);
    }

    /** Three nodes had to graft each message, as those whom they grafted took them for parents. */
    @ParameterizedTest
    @ValueSource(longs = 28)
    void shouldPushToWhoHasGrafted(final long seed) {
        assertPasses(seed);
    }

    /** A clock below zero: who was once pushed to on the common tree was taken for pushed to lately, for good. */
    @ParameterizedTest
    @ValueSource(longs = 50)
    @Tag("slow")
    void shouldForgetWhomItHasPushedToWhateverTheOriginOfTime(final long seed) {
        assertPasses(seed);
    }

    /** A tree grown from the shared one had a parent, which without safe pruning nothing takes away. */
    @ParameterizedTest
    @ValueSource(longs = {7, 305, 472})
    void shouldHaveNoParentsWithoutSafePruning(final long seed) {
        assertPasses(seed);
    }

    /** A link that optimisation had replaced stayed eager at both ends, and closed a cycle. */
    @ParameterizedTest
    @ValueSource(longs = {106, 252})
    void shouldCutTheSlowerLinkAtBothEnds(final long seed) {
        assertPasses(seed);
    }

    /**
     * Without safe pruning a faster announcer took the parent's place, and was pruned by the payload that it had been
     * grafted for: nodes without an eager link grafted each message, for ever.
     */
    @ParameterizedTest
    @ValueSource(longs = {77_123_645, 880_001_372, 880_005_870})
    @Tag("slow")
    void shouldNotOptimiseWithoutSafePruning(final long seed) {
        assertPasses(seed);
    }

    // ---- that it can fail

    private static ChaosPlan lossyPlan() {
        final ChaosPlan plan = new ChaosPlan(5);
        plan.nodes = 12;
        plan.degree = 4;
        plan.messages = 100;
        plan.senders = 3;
        plan.loss = 0.05;
        plan.faultCount = 0;
        plan.isExchanging = true;
        plan.exchangePeriodNs = 0;
        plan.protocol = options();
        return plan;
    }

    private static PlumtreeOptions options() {
        return new PlumtreeOptions().maxPeers(64).maxIdLength(Long.BYTES).maxTrees(64).maxAnnounced(2_048)
            .flowControl(new FlowControlOptions().maxOutstanding(8_192).maxOutstandingPerPeer(2_048))
            .grafts(new GraftOptions().maxMissing(2_048)).recentMessages(1_024);
    }

    @Test
    void shouldMissMessagesThatNeitherAnnouncementsNorExchangesBring() {
        final ChaosPlan plan = lossyPlan();
        plan.protocol.announcements(false);
        final ChaosResult result = Chaos.run(plan);
        assertFalse(result.passed());
        final String first = result.failures().get(0);
        assertTrue(first.matches("[0-9.]+ ms node \\d+ has not got message \\d+ of root \\d+, sent at .*"), first);
        assertTrue(result.trace().contains("payload, lost"), result.trace());
        assertTrue(result.trace().length() < 40_000, "bounded");
    }

    @Test
    void shouldDeliverTheSameByExchangesAlone() {
        final ChaosPlan plan = lossyPlan();
        plan.protocol.announcements(false);
        plan.exchangePeriodNs = 2 * ChaosPlan.SECOND;
        assertEquals(List.of(), Chaos.run(plan).failures());
    }

    /** Its grafts do not wait for payloads. */
    @Test
    void shouldSeeTreesThatDoNotSettle() {
        final ChaosPlan plan = new ChaosPlan(16);
        plan.demandsSettling = true;
        final List<String> failures = Chaos.run(plan).failures();
        assertTrue(failures.stream().anyMatch(failure -> failure.contains(" grafts in a quiet cluster, not 0")),
            failures::toString);
    }

    // ---- runs

    @Test
    void shouldDoTheSameForTheSameSeed() {
        for (long seed = 40; seed < 50; seed++) {
            assertEquals(digest(seed), digest(seed), "seed " + seed);
        }
        assertNotEquals(digest(40), digest(41));
    }

    private static long digest(final long seed) {
        final ChaosRun run = new ChaosRun(new ChaosPlan(seed), List.of());
        run.run();
        return run.figures().digest();
    }

    @Test
    void shouldDoTheSameWhenItIsTraced() {
        final ChaosRun traced = new ChaosRun(new ChaosPlan(7), List.of(new Journey(0, 0)));
        traced.run();
        assertEquals(digest(7), traced.figures().digest());
    }

    @Test
    void shouldSayWhatWasDrawn() {
        final String text = new ChaosPlan(28).toString();
        assertTrue(text.startsWith("9 nodes, degree 3; latency 30ms, loss 8.2 %; clocks offset, tick 20 ms, "), text);
    }
}
