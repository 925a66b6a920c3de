package io.plumtree.system.hostile;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.system.hostile.HostileCluster.Setup;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hostile datagrams of all kinds against a live cluster of four with traffic; {@code docs/trust.md} has the command for
 * a million of them.
 */
@Tag("deep")
class HostileStormTest {
    private static final int DATAGRAMS = Integer.getInteger("hostile.datagrams", 20_000);
    private static final long SEED = Long.getLong("hostile.seed", 1);
    private static final int PER_SECOND = Integer.getInteger("hostile.rate", 5_000);
    private static final int CAPTURED = 2_000;
    private static final long MB = 1 << 20;

    @Test
    void shouldMissNothingAndKeepNothingWhereNodesKnowAllMembers() {
        storm(Setup.ofStatic());
    }

    @Test
    void shouldMissNothingAndKeepNothingWhereNodesFindEachOther() {
        storm(Setup.ofHyParView().property("plumtree.full.view", "true"));
    }

    private static void storm(final Setup setup) {
        try (HostileCluster cluster = setup.nodes(4).relayed(3).start(); Attacks attacks = new Attacks(cluster)) {
            System.out.println("[hostile] " + DATAGRAMS + " datagrams of seed " + SEED);
            cluster.relay().capture(CAPTURED);
            cluster.await("datagrams are captured", () -> cluster.relay().captured().size() == CAPTURED);
            final List<byte[]> captured = cluster.relay().captured();
            final Noise noise = new Noise(cluster, attacks, captured, SEED);
            // What is loaded and made once is there before the first look.
            final Attack storm = new Attack("storm", DATAGRAMS / 2, PER_SECOND, i -> noise.next());
            storm.times(Math.min(20_000, DATAGRAMS / 10)).run();
            cluster.awaitWhole();
            final Footprint before = cluster.footprint();
            storm.run();
            attacks.settle();
            final long wholeMs = cluster.awaitWhole();
            cluster.isReached(() -> Footprint.openDescriptors() <= before.descriptors() + 50);
            final Footprint after = cluster.footprint();
            System.out.println("[hostile] storm: " + attacks.socket().datagramsSent() + " datagrams, "
                + noise.frameCount() + " of them frames of ours; whole after " + wholeMs
                + " ms; longest duty cycle " + cluster.longestCycleMs() + " ms\n[hostile] before: " + before
                + "\n[hostile] after:  " + after + "\n[hostile] refused: " + cluster.total("aeron.setups.refused."));
            assertAll("seed " + SEED,
                cluster::assertNothingMissed,
                () -> assertTrue(after.heapBytes() < before.heapBytes() + 64 * MB, "heap"),
                () -> assertTrue(after.descriptors() <= before.descriptors() + 50, "descriptors"),
                () -> assertTrue(after.storageBytes() < before.storageBytes() + 32 * MB, "drivers' files"),
                () -> assertTrue(after.logLength() < before.logLength() + 256 * 1024,
                    () -> "log: " + cluster.log.first()));
        }
    }
}
