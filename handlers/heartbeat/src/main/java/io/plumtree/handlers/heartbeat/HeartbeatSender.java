package io.plumtree.handlers.heartbeat;

import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.HandlerContext;
import java.nio.charset.StandardCharsets;

/** Broadcasts this node's heartbeats, on the engine's thread. */
final class HeartbeatSender {
    private final HandlerContext context;
    private final BroadcastClaim claim;
    private final HeartbeatCounters counters;
    private final byte[] name;
    private final long value;
    private final long intervalNs;
    private long sequence;
    private long nextNs;

    HeartbeatSender(
        final HandlerContext context, final long intervalNs, final HeartbeatCounters counters, final long nowNs) {
        this.context = context;
        this.claim = context.newClaim();
        this.counters = counters;
        this.name = context.self().name().getBytes(StandardCharsets.US_ASCII);
        this.value = context.self().value();
        this.intervalNs = intervalNs;
        nextNs = nowNs + intervalNs;
    }

    int doWork(final long nowNs) {
        if (nowNs - nextNs < 0) {
            return 0;
        }
        if (claim.tryClaim(HeartbeatLayout.ID_LENGTH, name.length) < 0) {
            // Due as before, so that the next housekeeping tries again.
            counters.backPressured.incrementRelease();
            return 0;
        }
        sequence++;
        HeartbeatLayout.encodeId(claim.buffer(), claim.idOffset(), value, context.incarnation(), sequence);
        claim.buffer().putBytes(claim.payloadOffset(), name);
        claim.commit();
        // At the same pace, but without a burst after a pause.
        nextNs += intervalNs;
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + intervalNs;
        }
        return 1;
    }
}
