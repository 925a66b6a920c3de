package io.plumtree.system.hostile;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.harness.Patience;
import io.plumtree.system.hostile.Attacks.By;
import io.plumtree.system.hostile.HostileCluster.Node;
import io.plumtree.system.hostile.HostileCluster.Setup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a stranger or a member with a fault can do to a live cluster, one attack after the other, as numbered in
 * {@code docs/trust.md}. Whatever it is: once it is over traffic is whole again, by itself, and nothing was missed.
 */
@Tag("slow")
class HostileTest {
    private static final long MB = 1 << 20;

    /** Lets the attack end, waits until traffic is whole, and says how long that took. */
    private static void assertWhole(final HostileCluster cluster, final Attacks attacks, final String attack) {
        attacks.settle();
        final long wholeMs = cluster.awaitWhole();
        System.out.println("[hostile] " + attack + ": whole after " + wholeMs + " ms, longest duty cycle "
            + cluster.longestCycleMs() + " ms, log " + cluster.log.length() + " characters"
            + (attacks.unsent() > 0 ? ", frames not taken " + attacks.unsent() : "")
            + (cluster.leftOut() > 0 ? ", frames without a link " + cluster.leftOut() : ""));
    }

    private static void assertUnharmed(final HostileCluster cluster, final Attacks attacks, final Attack attack) {
        attack.run();
        assertWhole(cluster, attacks, attack.name());
        cluster.assertNothingMissed();
    }

    // ---- 1

    @ParameterizedTest
    @EnumSource(By.class)
    void shouldKeepAllNeighboursWhenJoinsInTheirNamesClaimTheLastRunThereCanBe(final By by) {
        try (HostileCluster cluster = Setup.ofHyParView().nodes(4).later(1).withFaultyMember().start();
            Attacks attacks = new Attacks(cluster)) {
            final long removed = cluster.total("engine.links.down.removed");
            final Attack attack = attacks.joinsOfTheLastRun(by);
            attack.run();
            assertWhole(cluster, attacks, attack.name());
            // Links are tried, and given up, in seconds.
            cluster.awaitMore(400);
            assertWhole(cluster, attacks, attack.name() + ", and later");
            assertAll(
                () -> assertEquals(removed, cluster.total("engine.links.down.removed"), "links given up"),
                cluster::assertNothingMissed);
            cluster.join();
            cluster.awaitWhole();
        }
    }

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

    // ---- 2

    @ParameterizedTest
    @EnumSource(By.class)
    void shouldGoOnHearingAPublisherOfWhichLaterRunsAreMadeUp(final By by) {
        try (HostileCluster cluster = Setup.ofStatic().withFaultyMember().start();
            Attacks attacks = new Attacks(cluster)) {
            assertUnharmed(cluster, attacks, attacks.laterRuns(by, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void shouldGoOnDeliveringInOrderWhatFollowsASequenceThatIsMadeUp(final By by) {
        try (HostileCluster cluster = Setup.ofStatic().withFaultyMember()
            .property("handler.pubsub.holdback.timeout", "500ms")
            .property("handler.pubsub.holdback.exchange", "1s").start();
            Attacks attacks = new Attacks(cluster)) {
            final Attack attack = attacks.farSequence(by, 1);
            attack.run();
            // Several times what is waited for before a gap is given up.
            cluster.awaitMore(200);
            assertWhole(cluster, attacks, attack.name());
            cluster.assertNothingMissed();
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

    // ---- 5

    @ParameterizedTest
    @EnumSource(By.class)
    void shouldKeepLinksUpThatOthersSayGoodbyeTo(final By by) {
        try (HostileCluster cluster = Setup.ofHyParView().withFaultyMember().start();
            Attacks attacks = new Attacks(cluster)) {
            final long goodbyes = cluster.total("engine.links.down.goodbye");
            final long removed = cluster.total("engine.links.down.removed");
            final Attack attack = attacks.endsOfLinks(by, 4);
            assertUnharmed(cluster, attacks, attack);
            assertAll(
                () -> assertEquals(goodbyes, cluster.total("engine.links.down.goodbye"), "links down by goodbyes"),
                () -> assertEquals(removed, cluster.total("engine.links.down.removed"), "links given up"));
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

    // ---- 8

    @ParameterizedTest
    @EnumSource(By.class)
    void shouldNotGiveNeighboursUpForMembersThatNeverGreet(final By by) {
        try (HostileCluster cluster = Setup.ofHyParView().nodes(6).withFaultyMember()
            .property("plumtree.hyparview.active.view.size", "3").start();
            Attacks attacks = new Attacks(cluster)) {
            final long removed = cluster.total("engine.links.down.removed");
            final Attack attack = attacks.joinsOfFakes(by);
            assertUnharmed(cluster, attacks, attack);
            final long given = cluster.total("engine.links.down.removed") - removed;
            // Views change by themselves, a little.
            assertTrue(given < 12, () -> "links given up: " + given);
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
        try (HostileCluster cluster = withCheckedPayloads(Setup.ofStatic().relayed(1)).start();
            Attacks attacks = new Attacks(cluster)) {
            flip(cluster, BitFlips.Where.TEXT, 10);
            assertWhole(cluster, attacks, "9 a flipped bit in a text");
            cluster.assertNothingMissed();
        }
    }

    /** Payloads are checked by option. */
    private static Setup withCheckedPayloads(final Setup setup) {
        return setup;
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

    // ---- 12

    @ParameterizedTest
    @EnumSource(By.class)
    void shouldNotSlowARootDownForQuenchesInOthersNames(final By by) {
        try (HostileCluster cluster = Setup.ofStatic().withFaultyMember().start();
            Attacks attacks = new Attacks(cluster)) {
            final Attack attack = attacks.quenches(by, 0, 3);
            final Attack nothing = new Attack("nothing", attack.count(), attack.perSecond(), i -> { });
            final long alone = broadcast(cluster, nothing);
            final long attacked = broadcast(cluster, attack);
            final String figures = alone + " messages broadcast without, " + attacked + " with";
            assertWhole(cluster, attacks, attack.name() + ": " + figures);
            assertTrue(attacked > alone / 8, figures);
            cluster.assertNothingMissed();
        }
    }

    /** How many messages a root broadcasts while something is done. */
    private static long broadcast(final HostileCluster cluster, final Attack attack) {
        final AtomicBoolean isOver = new AtomicBoolean();
        final byte[] message = new byte[100];
        final Node root = cluster.node(0);
        final CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!isOver.get()) {
                root.pubsub.publish("load", message);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            }
        });
        final long before = root.counter("engine.messages.broadcast");
        attack.run();
        final long count = root.counter("engine.messages.broadcast") - before;
        isOver.set(true);
        load.join();
        return count;
    }
}
