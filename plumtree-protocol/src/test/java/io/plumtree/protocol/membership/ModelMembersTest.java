package io.plumtree.protocol.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.membership.ModelMembers.Member;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole overlays: whatever has happened, in the end there is one, and it is symmetric. */
class ModelMembersTest {
    private static final int NODES = 100;
    private static final long SECOND = ModelMembers.SECOND;

    private final HyParViewOptions options = new HyParViewOptions();
    private final long seed = ThreadLocalRandom.current().nextLong();
    private ModelMembers members = new ModelMembers(options, seed);

    private void join(final int count) {
        for (int i = 0; i < count; i++) {
            members.add(List.of("n0:1"));
        }
    }

    /** Lets time pass until there is one overlay, and some more; it must still be one then. */
    private void settle(final long limitNs) {
        awaitOne(limitNs);
        members.run(10 * SECOND);
        // Neighbours may just be exchanged, and views not be symmetric for a moment.
        awaitOne(30 * SECOND);
        for (final Member member : members.alive()) {
            assertTrue(member.view.active().size() <= options.activeViewSize() + options.newcomers(), "seed " + seed);
            assertTrue(!member.neighbours().contains(member), "seed " + seed);
        }
    }

    private void awaitOne(final long limitNs) {
        for (long timeNs = 0; timeNs < limitNs && !isOne(); timeNs += SECOND / 10) {
            members.run(SECOND / 10);
        }
        assertTrue(isOne(), () -> "not one overlay, seed " + seed + ": " + views());
    }

    private boolean isOne() {
        final List<Member> alive = members.alive();
        return ModelMembers.reached(alive.get(0)).size() == alive.size() && alive.stream().allMatch(
            member -> member.neighbours().stream().allMatch(other -> other.isAlive
                && other.neighbours().contains(member)));
    }

    private String views() {
        final StringBuilder text = new StringBuilder();
        members.alive().forEach(member -> text.append(member).append(member.neighbours()).append(' '));
        return text.toString();
    }

    @Test
    void shouldMakeOneOverlayOfNodesThatJoinAtOnce() {
        join(NODES);
        settle(30 * SECOND);
        final double mean = members.alive().stream().mapToInt(member -> member.neighbours().size()).average().orElse(0);
        assertTrue(mean > 4.5, mean + " neighbours, seed " + seed);
    }

    /** Four neighbours are few: in a rush some find but each other, and are content. */
    @Test
    void shouldNotFallIntoIslandsOfNodesThatHaveNeighboursEnough() {
        options.activeViewSize(4);
        for (int i = 0; i < 20; i++) {
            members = new ModelMembers(options, seed + i);
            join(40);
            settle(60 * SECOND);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7})
    void shouldMakeOneOverlayOfFewNodes(final int count) {
        join(count);
        settle(30 * SECOND);
    }

    @Test
    void shouldMakeOneOverlayThoughMessagesAreLost() {
        members.loss = 0.1;
        join(NODES);
        members.run(30 * SECOND);
        members.loss = 0;
        settle(60 * SECOND);
    }

    @Test
    void shouldMendTheOverlayWhenHalfOfItIsKilledTheContactIncluded() {
        join(NODES);
        settle(30 * SECOND);
        members.run(60 * SECOND);
        members.alive().stream().limit(NODES / 2).forEach(Member::crash);
        settle(60 * SECOND);
    }

    @Test
    void shouldTakeRestartedNodesForTheirNewRuns() {
        join(20);
        settle(30 * SECOND);
        for (final Member member : List.copyOf(members.alive()).subList(1, 11)) {
            member.crash();
            member.start(List.of("n0:1"));
        }
        settle(60 * SECOND);
    }

    @Test
    void shouldGrowTogetherAfterAPartitionInWhichBothHalvesHaveFilledTheirViews() {
        join(NODES);
        settle(30 * SECOND);
        members.alive().stream().limit(NODES / 2).forEach(member -> member.group = 1);
        members.run(120 * SECOND);
        assertEquals(NODES / 2, ModelMembers.reached(members.alive().get(0)).size(), "seed " + seed);
        members.alive().forEach(member -> member.group = 0);
        settle(120 * SECOND);
    }

    @Test
    void shouldGrowTogetherThoughTwoGroupsHaveStartedApart() {
        for (int i = 0; i < 5; i++) {
            members.add(List.of("n0:1", "n5:1"));
        }
        members.run(20 * SECOND);
        for (int i = 0; i < 5; i++) {
            members.add(List.of("n5:1"));
        }
        settle(120 * SECOND);
    }

    @Test
    void shouldKeepTryingWhileTheOnlyContactIsDown() {
        members.add(List.of("n1:1"));
        members.run(120 * SECOND);
        members.add(List.of());
        settle(30 * SECOND);
    }
}
