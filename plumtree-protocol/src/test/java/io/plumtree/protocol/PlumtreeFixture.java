package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.protocol.options.GraftOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Node 100 with peers 0, 1, 2 and 3, which are nodes 10, 20, 30 and 40. */
abstract class PlumtreeFixture {
    static final long SELF = 100;
    static final long[] MEMBERS = {10, 20, 30, 40, SELF};
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    final RecordingEffects effects = new RecordingEffects();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    final PlumtreeOptions options = new PlumtreeOptions()
        .grafts(new GraftOptions().graftTimeoutNs(100 * MS).graftRetryTimeoutNs(50 * MS).adaptiveGraft(false))
        .optimisationThresholdNs(0)
        .reannounceIntervalNs(10 * MS)
        .acknowledgementDelayNs(0)
        .hopCostNs(0);
    /** Close to the end of the range, so that it wraps during the tests. */
    long nowNs = Long.MAX_VALUE - 120 * MS;
    Plumtree plumtree;
    /** How many messages each broadcast is. */
    int messageCount = 1;

    final void start(final long[] eagers, final long[] lazys) {
        plumtree = new Plumtree(SELF, options, effects, nowNs);
        plumtree.start(MEMBERS, eagers, lazys);
        for (int peer = 0; peer < 4; peer++) {
            plumtree.onLinkUp(peer, nowNs);
        }
    }

    static long[] nodes(final long... ids) {
        return ids;
    }

    final void broadcast(final long id) {
        effects.stored.add(id);
        buffer.putLong(0, id);
        plumtree.onBroadcast(Messages.broadcast(0, 0, 0, buffer, 8, 4).size(messageCount, 4), nowNs);
    }

    final boolean gossip(final int from, final long id, final int round, final long root) {
        buffer.putLong(0, id);
        return plumtree.onGossip(from, Messages.broadcast(root, round, 0, buffer, 8, 4).size(messageCount, 4), nowNs);
    }

    final void ihave(final int from, final long id, final int round, final long root) {
        buffer.putLong(0, id);
        plumtree.onControl(ControlMessage.I_HAVE, from, Messages.key(root, round, 0, buffer, 8), nowNs);
    }

    final void ack(final int from, final long id, final int round, final long root) {
        buffer.putLong(0, id);
        plumtree.onControl(ControlMessage.IGNORED_I_HAVE, from, Messages.key(root, round, 0, buffer, 8), nowNs);
    }

    final void graft(final int from, final long id, final int round, final long root) {
        buffer.putLong(0, id);
        plumtree.onControl(ControlMessage.GRAFT, from, Messages.key(root, round, 0, buffer, 8), nowNs);
    }

    final void graftFailed(final int from, final long id, final long root) {
        buffer.putLong(0, id);
        plumtree.onControl(ControlMessage.GRAFT_FAILED, from, Messages.key(root, 0, 0, buffer, 8), nowNs);
    }

    final void prune(final int from, final long id, final long root) {
        buffer.putLong(0, id);
        plumtree.onControl(ControlMessage.PRUNE, from, Messages.key(root, 0, 0, buffer, 8), nowNs);
    }

    /** Lets time pass in steps of a millisecond, with timers but without lazy ticks. */
    final void pass(final long milliseconds) {
        for (long i = 0; i < milliseconds; i++) {
            nowNs += MS;
            plumtree.onTimers(nowNs);
        }
    }

    final void lazyTick() {
        plumtree.onLazyTick(nowNs);
    }

    final void expect(final String... expected) {
        assertEquals(List.of(expected), effects.take());
    }

    final long count(final ProtocolCounter counter) {
        return plumtree.counter(counter);
    }
}
