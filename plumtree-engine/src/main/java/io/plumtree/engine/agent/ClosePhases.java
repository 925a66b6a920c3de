package io.plumtree.engine.agent;

import io.plumtree.engine.peers.Neighbours;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerTable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.LongToIntFunction;

/** The phases of a node's shutdown that have to wait for others. */
final class ClosePhases {
    /** How long a node that leaves waits at most until its neighbours have let go of it. */
    static final long LEAVE_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** A goodbye is tried so often at least: a machine that stands still must not cost the peers their word. */
    static final int MIN_GOODBYE_TRIES = 64;

    private ClosePhases() {
    }

    /**
     * Pushes the broadcasts that were taken before the close. Pushes none where the duty cycle has just failed.
     *
     * @param waiting how many bytes of broadcasts are still to be pushed.
     * @param cycle   runs one duty cycle.
     */
    record Drain(LongSupplier waiting, LongToIntFunction cycle) implements ClosePhase {
        @Override
        public long begin(final long nowNs, final long leftNs, final boolean isOrderly) {
            return isOrderly ? leftNs : 0;
        }

        @Override
        public int minSteps() {
            return 0;
        }

        @Override
        public int step(final long nowNs) {
            return waiting.getAsLong() == 0 ? OVER : cycle.applyAsInt(nowNs);
        }
    }

    /**
     * Tells the neighbours, and goes on passing messages on until they have let go and found others.
     *
     * @param neighbours tells them.
     * @param peers      the neighbours that are linked.
     * @param cycle      runs one duty cycle.
     */
    record Leave(Neighbours neighbours, PeerTable peers, LongToIntFunction cycle) implements ClosePhase {
        @Override
        public long begin(final long nowNs, final long leftNs, final boolean isOrderly) {
            return neighbours.leave(nowNs) && isOrderly ? Math.min(LEAVE_TIMEOUT_NS, leftNs) : 0;
        }

        @Override
        public int minSteps() {
            return 0;
        }

        @Override
        public int step(final long nowNs) {
            return hasPeersUp() ? cycle.applyAsInt(nowNs) : OVER;
        }

        private boolean hasPeersUp() {
            for (final Peer peer : peers.all()) {
                if (peer.isUp()) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Says goodbye to the peers. A peer that is back-pressured is given time to make room, but no more than one that
     * may be dead.
     *
     * @param goodbye           says it; true once every peer has it.
     * @param transport         does the transport's work, which makes room.
     * @param livenessTimeoutNs after how long a silent peer counts as dead.
     */
    record Goodbye(BooleanSupplier goodbye, LongToIntFunction transport, long livenessTimeoutNs)
        implements ClosePhase {
        @Override
        public long begin(final long nowNs, final long leftNs, final boolean isOrderly) {
            return Math.min(livenessTimeoutNs, leftNs);
        }

        @Override
        public int minSteps() {
            return MIN_GOODBYE_TRIES;
        }

        @Override
        public int step(final long nowNs) {
            return goodbye.getAsBoolean() ? OVER : transport.applyAsInt(nowNs);
        }
    }

    /**
     * Waits for the tasks of exchanges, which run on threads of their own: handlers close after them, unless a task
     * does not end.
     *
     * @param hasTasks whether any of them runs.
     */
    record AwaitTasks(BooleanSupplier hasTasks) implements ClosePhase {
        @Override
        public long begin(final long nowNs, final long leftNs, final boolean isOrderly) {
            return leftNs;
        }

        @Override
        public int minSteps() {
            return 0;
        }

        @Override
        public int step(final long nowNs) {
            return hasTasks.getAsBoolean() ? 0 : OVER;
        }
    }
}
