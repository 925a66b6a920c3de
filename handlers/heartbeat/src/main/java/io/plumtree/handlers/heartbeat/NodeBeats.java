package io.plumtree.handlers.heartbeat;

import io.plumtree.api.NodeId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is known of one node's heartbeats. Written on the engine's thread; {@link #lastHeard} is for any, which reads
 * again if it was written meanwhile.
 */
final class NodeBeats {
    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(NodeBeats.class, "version", long.class);
        } catch (final ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    final NodeId node;
    /** What heartbeats carry as payload. */
    final UnsafeBuffer name;
    /** The run that is gone by, and one that is claimed beside it. */
    BeatRun current;
    BeatRun claimed;
    /** When one has come, whether it was the latest or not. */
    long touchedNs;
    /** Its place in a ring of all nodes. */
    NodeBeats previous = this;
    NodeBeats next = this;

    /** Odd while what follows is written. */
    private long version;
    private long epoch;
    private long sequence;
    private long heardNs;

    NodeBeats(final NodeId node, final int maxRuns) {
        this.node = node;
        name = new UnsafeBuffer(node.name().getBytes(StandardCharsets.US_ASCII));
        current = new BeatRun(maxRuns);
        claimed = new BeatRun(maxRuns);
    }

    /** The run; null if it is not known. */
    BeatRun find(final long run) {
        if (current.epoch == run) {
            return current;
        }
        return claimed.epoch == run ? claimed : null;
    }

    /** The claimed run is the one that is gone by from now on. */
    void takeOver() {
        final BeatRun former = current;
        current = claimed;
        claimed = former;
        claimed.begin(0);
    }

    /** The run of its latest heartbeat; 0 if there is none yet. For the engine's thread. */
    long epoch() {
        return epoch;
    }

    void heard(final long newEpoch, final long newSequence, final long nowNs) {
        final long odd = version + 1;
        VERSION.setOpaque(this, odd);
        VarHandle.storeStoreFence();
        epoch = newEpoch;
        sequence = newSequence;
        heardNs = nowNs;
        VERSION.setRelease(this, odd + 1);
    }

    LastHeard lastHeard() {
        while (true) {
            final long before = (long) VERSION.getAcquire(this);
            final LastHeard copy = new LastHeard(node, epoch, sequence, heardNs);
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && before == (long) VERSION.getOpaque(this)) {
                return copy;
            }
            Thread.onSpinWait();
        }
    }

    void unlink() {
        previous.next = next;
        next.previous = previous;
    }

    void linkAfter(final NodeBeats other) {
        previous = other;
        next = other.next;
        other.next.previous = this;
        other.next = this;
    }
}
