package io.plumtree.transport.aeron;

import io.aeron.exceptions.StorageSpaceException;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/** Counts the datagrams that come to nothing, whoever sent them, and says of some in a line why. */
final class DroppedDatagrams {
    private final TransportCounters counters;
    private final ErrorFunnel errors;

    DroppedDatagrams(final TransportCounters counters, final ErrorFunnel errors) {
        this.counters = counters;
        this.errors = errors;
    }

    /** Whether it can be looked at, where Aeron knows what it is; counted if not. */
    boolean isSound(final UnsafeBuffer buffer, final int length, final boolean isOfAeron) {
        if (isOfAeron && DatagramShapes.isSound(buffer, length)) {
            return true;
        }
        counters.increment(TransportCounter.DATAGRAMS_MALFORMED);
        return false;
    }

    /** Something was wrong with it, or was lacking here: nothing for which the transport would build itself anew. */
    void onFailure(final Exception ex, final InetSocketAddress from) {
        if (StorageSpaceException.isStorageSpaceError(ex)) {
            counters.increment(TransportCounter.SETUPS_REFUSED_ROOM);
            return;
        }
        counters.increment(TransportCounter.DATAGRAMS_FAILED);
        final String hint = StartFailures.hint(ex);
        errors.warn("dropped a datagram from " + from.getAddress().getHostAddress() + ':' + from.getPort() + ": "
            + (hint == null ? StartFailures.text(ex) : hint));
    }
}
