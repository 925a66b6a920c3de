package io.plumtree.system.hostile;

import static io.plumtree.system.hostile.HostileAssertions.assertUnharmed;
import static io.plumtree.system.hostile.HostileAssertions.assertWhole;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.system.hostile.Attacks.By;
import io.plumtree.system.hostile.HostileCluster.Node;
import io.plumtree.system.hostile.HostileCluster.Setup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Frames in others' names, and of others: what they do must not depend on who sends them. A stranger's have a session
 * of their own, a member's come on its links. Numbered as in {@code docs/trust.md}.
 */
abstract class ForgeryTests {
    private final By by;

    ForgeryTests(final By by) {
        this.by = by;
    }

    // ---- 1

    @Test
    void shouldKeepAllNeighboursWhenJoinsInTheirNamesClaimTheLastRunThereCanBe() {
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

    // ---- 2

    @Test
    void shouldGoOnHearingAPublisherOfWhichLaterRunsAreMadeUp() {
        try (HostileCluster cluster = Setup.ofStatic().withFaultyMember().start();
            Attacks attacks = new Attacks(cluster)) {
            assertUnharmed(cluster, attacks, attacks.laterRuns(by, 1));
        }
    }

    @Test
    void shouldGoOnDeliveringInOrderWhatFollowsASequenceThatIsMadeUp() {
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

    // ---- 5

    @Test
    void shouldKeepLinksUpThatOthersSayGoodbyeTo() {
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

    // ---- 8

    @Test
    void shouldNotGiveNeighboursUpForMembersThatNeverGreet() {
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

    // ---- 12

    @Test
    void shouldNotSlowARootDownForQuenchesInOthersNames() {
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
