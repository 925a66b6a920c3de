package io.plumtree.system.hostile;

/** What is right of a cluster after an attack. */
final class HostileAssertions {
    private HostileAssertions() {
    }

    /** Lets the attack end, waits until traffic is whole, and says how long that took. */
    static void assertWhole(final HostileCluster cluster, final Attacks attacks, final String attack) {
        attacks.settle();
        final long wholeMs = cluster.awaitWhole();
        System.out.println("[hostile] " + attack + ": whole after " + wholeMs + " ms, longest duty cycle "
            + cluster.longestCycleMs() + " ms, log " + cluster.log.length() + " characters"
            + (attacks.unsent() > 0 ? ", frames not taken " + attacks.unsent() : "")
            + (cluster.leftOut() > 0 ? ", frames without a link " + cluster.leftOut() : ""));
    }

    static void assertUnharmed(final HostileCluster cluster, final Attacks attacks, final Attack attack) {
        attack.run();
        assertWhole(cluster, attacks, attack.name());
        cluster.assertNothingMissed();
    }
}
