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
    final SeenSequences seen;
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
        seen = new SeenSequences(maxRuns);
    }

    /** Its latest known run; 0 if there is none yet. For the engine's thread. */
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
