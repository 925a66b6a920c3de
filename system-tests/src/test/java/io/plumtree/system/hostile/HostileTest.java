package io.plumtree.system.hostile;

import static io.plumtree.system.hostile.HostileAssertions.assertUnharmed;
import static io.plumtree.system.hostile.HostileAssertions.assertWhole;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.harness.Patience;
import io.plumtree.system.hostile.HostileCluster.Node;
import io.plumtree.system.hostile.HostileCluster.Setup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a stranger or a member with a fault can do to a live cluster, one attack after the other, as numbered in
 * {@code docs/trust.md}. Whatever it is: once it is over traffic is whole again, by itself, and nothing was missed.
 */
@Tag("deep")
class HostileTest {
    private static final long MB = 1 << 20;

    // ---- 1

    @ParameterizedTest
    @EnumSource(MembershipKind.class)
    void shouldLetAMemberInWhoseClockWasADayAheadWhenItRanBefore(final MembershipKind kind) {
        final Setup setup = kind == MembershipKind.STATIC ? Setup.ofStatic() : Setup.ofHyParView();
        try (HostileCluster cluster = setup.later(1).start(); Attacks attacks = new Attacks(cluster)) {
            final Attack attack = attacks.lifeOfTomorrow(cluster.nextMember());
            assertUnharmed(cluster, attacks, attack);
            cluster.join();
            assertWhole(cluster, attacks, attack.name() + ", then the member itself, " + kind);
        }
    }

    // ---- 3

    /** On code that takes them in, one costs three times its length: looks before it goes on. */
    @Test
    void shouldTakeInNoSessionWithTermsOtherThanItsOwn() {
        try (HostileCluster cluster = Setup.ofStatic().start(); Attacks attacks = new Attacks(cluster)) {
            final long before = cluster.storageBytes();
            final long refusedBefore = cluster.total("aeron.setups.refused.");
            attacks.longTerms(1, 1, 0, 256).run();
            cluster.await("the node has refused it, or taken it in", () ->
                cluster.total("aeron.setups.refused.") > refusedBefore || cluster.storageBytes() > before + 64 * MB);
            assertTrue(cluster.storageBytes() < before + 64 * MB, () -> "the drivers' files: "
                + before / MB + " MB before, " + cluster.storageBytes() / MB + " MB after one SETUP of 40 bytes");
            attacks.longTerms(1, 1, 1, 1_024).run();
            final Attack attack = attacks.longTerms(3_000, 1_000, 0, 256);
            attack.runUntil(() -> cluster.storageBytes() > before + 64 * MB);
            assertWhole(cluster, attacks, attack.name());
            assertAll(
                () -> assertTrue(cluster.storageBytes() < before + 16 * MB, () -> "the drivers' files: "
                    + before / MB + " MB before, " + cluster.storageBytes() / MB + " MB after"),
                () -> assertEquals(0, cluster.total("aeron.rebuilds"), "transports built anew"),
                cluster::assertNothingMissed);
        }
    }

    @Test
    void shouldKeepItsDriverWhenASessionHasLongerTermsThanThereIsRoomFor() {
        try (HostileCluster cluster = Setup.ofStatic().start(); Attacks attacks = new Attacks(cluster)) {
            final long before = cluster.storageBytes();
            // No machine has room for the terms of all.
            final Attack attack = attacks.longTerms(4, 1, 0, 1_024);
            attack.runUntil(() -> cluster.storageBytes() > before + 64 * MB || cluster.total("aeron.rebuilds") > 0);
            assertWhole(cluster, attacks, attack.name());
            assertEquals(0, cluster.total("aeron.rebuilds"), "transports built anew");
            assertTrue(cluster.storageBytes() < before + 16 * MB, () -> "the drivers' files: "
                + before / MB + " MB before, " + cluster.storageBytes() / MB + " MB after");
            cluster.assertNothingMissed();
        }
    }

    // ---- 4

    @Test
    void shouldKeepNothingOfSessionsWithImpossibleTermIds() {
        try (HostileCluster cluster = Setup.ofStatic().later(1).start(); Attacks attacks = new Attacks(cluster)) {
            final Footprint before = cluster.footprint();
            final Attack attack = attacks.impossibleTerms(0);
            attack.runUntil(() -> Footprint.openDescriptors() > before.descriptors() + 1_000);
            assertWhole(cluster, attacks, attack.name());
            cluster.join();
            cluster.awaitWhole();
            final boolean isFlat = cluster.isReached(() -> Footprint.openDescriptors() < before.descriptors() + 100);
            final Footprint after = cluster.footprint();
            assertTrue(isFlat, () -> "before: " + before + "; after: " + after);
            cluster.assertNothingMissed();
        }
    }

    // ---- 6

    @Test
    void shouldHoldFewMembersThatOnlyOneHasSpokenOf() {
        try (HostileCluster cluster = Setup.ofHyParView().withFaultyMember()
            .property("plumtree.full.view", "true")
            .property("plumtree.full.view.refresh.period", "1s")
            .property("plumtree.full.view.expiry", "4s").start();
            Attacks attacks = new Attacks(cluster)) {
            final int announcements = 13_000;
            final Attack attack = attacks.madeUpMembers(announcements);
            attack.run();
            // Questions are answered meanwhile.
            for (final Node node : cluster.nodes) {
                final CompletableFuture<?> answer = node.node.broadcastMembersAsync();
                cluster.await(node.name() + " says its members", answer::isDone);
            }
            final long most = cluster.nodes.stream().mapToLong(HostileTest::fakes).max().orElse(0);
            assertWhole(cluster, attacks, attack.name());
            cluster.await("made-up members are gone", () ->
                cluster.nodes.stream().allMatch(node -> fakes(node) == 0));
            assertTrue(most < announcements / 8, () -> "made-up members held at once: " + most);
            cluster.assertNothingMissed();
        }
    }

    private static long fakes(final Node node) {
        return node.node.broadcastMembersAsync().orTimeout(60, TimeUnit.SECONDS).join().stream()
            .map(Member::id).map(NodeId::name).filter(name -> name.startsWith(Attacks.FAKE)).count();
    }

    // ---- 7

    @Test
    void shouldKeepTheOriginsOfMembersWhenOthersAreMadeUp() {
        try (HostileCluster cluster = Setup.ofStatic().withFaultyMember().start();
            Attacks attacks = new Attacks(cluster)) {
            final Attack attack = attacks.madeUpOrigins(20_000);
            // One that is quiet for the time being.
            cluster.traffic.pause("n3");
            attack.run();
            attacks.settle();
            cluster.traffic.resume("n3");
            assertWhole(cluster, attacks, attack.name());
            cluster.assertNothingMissed();
        }
    }

    // ---- 9

    @Test
    void shouldMissNothingOfAPublisherWhoseSequencesHadABitFlipped() {
        try (HostileCluster cluster = Setup.ofStatic().relayed(1).start();
            Attacks attacks = new Attacks(cluster)) {
            flip(cluster, BitFlips.Where.SEQUENCE, 3);
            assertWhole(cluster, attacks, "9 a flipped bit in a sequence");
            cluster.assertNothingMissed();
        }
    }

    @Test
    void shouldDeliverNoTextInWhichABitWasFlipped() {
        try (HostileCluster cluster = Setup.ofStatic().relayed(1).start();
            Attacks attacks = new Attacks(cluster)) {
            flip(cluster, BitFlips.Where.TEXT, 10);
            assertWhole(cluster, attacks, "9 a flipped bit in a text");
            cluster.assertNothingMissed();
        }
    }

    private static void flip(final HostileCluster cluster, final BitFlips.Where where, final int count) {
        final BitFlips flips = new BitFlips(where, cluster.node(0), count);
        cluster.relay().filter(flips);
        cluster.await("bits were flipped", flips::isDone);
    }

    // ---- 10

    @Test
    void shouldLogFewLinesOfWhatStrangersSend() {
        try (HostileCluster cluster = Setup.ofStatic().start(); Attacks attacks = new Attacks(cluster)) {
            final long before = cluster.log.length();
            final Attack attack = attacks.wordyDatagrams(0);
            assertUnharmed(cluster, attacks, attack);
            final long length = cluster.log.length() - before;
            assertTrue(length < 32 * 1024, () -> "logged: " + length + " characters; " + cluster.log.first());
        }
    }

    // ---- 11

    /** Images live for a minute here, so that it shows what closes one before. */
    @Test
    void shouldSendLittleToAnAddressThatNeverGreets() {
        try (HostileCluster cluster = Setup.ofStatic()
            .property("aeron.imageLivenessTimeout", "60s").property("plumtree.liveness.timeout", "2s").start();
            Attacks attacks = new Attacks(cluster)) {
            final Attack attack = attacks.reflection(0);
            attack.run();
            final HostileSocket socket = attacks.socket();
            // For three seconds in which this thread ran: a minute's image would answer 60 times.
            final Patience patience = new Patience(3);
            while (!patience.isOver()) {
                socket.receive((datagram, length) -> { });
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            System.out.println("[hostile] 11: " + socket.bytesSent() + " bytes sent, "
                + socket.bytesReceived() + " came back");
            assertTrue(socket.bytesReceived() <= 25 * socket.bytesSent(), () ->
                socket.bytesReceived() + " bytes came back for " + socket.bytesSent());
            assertWhole(cluster, attacks, attack.name());
            cluster.assertNothingMissed();
        }
    }
}
