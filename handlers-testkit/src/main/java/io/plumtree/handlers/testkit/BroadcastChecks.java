package io.plumtree.handlers.testkit;

import io.plumtree.api.BroadcastResult;

/** Whether broadcastData, or what else broadcasts, copes with what can't be broadcast. */
final class BroadcastChecks {
    private BroadcastChecks() {
    }

    static void refusedData(final ContractCluster cluster) {
        final TestNode node = cluster.node("origin");
        for (final byte[] data : cluster.contract().refusedData()) {
            final TestMessage message = cluster.quietly("broadcastData of what it should refuse by not claiming, "
                + TestMessage.hex(data) + ",", () -> node.broadcast(data));
            if (message != null) {
                throw cluster.failure(
                    "broadcastData has not refused " + TestMessage.hex(data) + ", but made " + message + " of it");
            }
        }
        cluster.checkUsable(node, "data that was refused");
    }

    static void backPressure(final ContractCluster cluster) {
        final TestNode node = cluster.node("origin");
        for (final long result : new long[] {BroadcastResult.BACK_PRESSURED, BroadcastResult.PAYLOAD_TOO_LONG}) {
            final String name = BroadcastResult.name(result);
            node.claimResult(result);
            final int number = 1_000_000;
            cluster.quietly(
                "broadcasting while tryClaim says " + name, () -> cluster.contract().broadcast(node, number));
            node.claimResult(0);
            cluster.checkUsable(node, "tryClaim said " + name);
        }
    }
}
