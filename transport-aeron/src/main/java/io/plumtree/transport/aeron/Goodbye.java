package io.plumtree.transport.aeron;

import io.aeron.Publication;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.status.CountersReader;

/**
 * Drives an embedded driver on after publications and subscription have been closed, until the receivers have confirmed
 * the end of the streams or the time is up: a driver that just stops is missed only when its peers' timeouts expire.
 */
final class Goodbye {
    /** The subscription's goodbye goes out in the next cycles, and is confirmed by nobody. */
    private static final long MIN_DURATION_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PARK_NS = 50_000;

    private final LongArrayList counterIds = new LongArrayList();
    private final LongArrayList registrationIds = new LongArrayList();

    /** To be called before the publication is closed. */
    void expectEndOf(final Publication publication) {
        counterIds.add((long) publication.positionLimitId());
        registrationIds.add(publication.registrationId());
    }

    /** Whether some receiver will confirm the end of a stream. */
    boolean isExpected() {
        return !counterIds.isEmpty();
    }

    void run(final AeronHost host, final long timeoutNs) {
        final long startNs = System.nanoTime();
        while (host.isAlive()) {
            final int workCount = host.doWork();
            final long elapsedNs = System.nanoTime() - startNs;
            if (elapsedNs >= timeoutNs
                || elapsedNs >= MIN_DURATION_NS && isConfirmed(host.aeron().countersReader())) {
                return;
            }
            if (workCount == 0) {
                LockSupport.parkNanos(PARK_NS);
            }
        }
    }

    /** The driver frees a publication's counters with it: when its receiver has seen the end, or is long gone. */
    private boolean isConfirmed(final CountersReader counters) {
        for (int i = 0; i < counterIds.size(); i++) {
            final int counterId = (int) counterIds.getLong(i);
            if (counters.getCounterState(counterId) == CountersReader.RECORD_ALLOCATED
                && counters.getCounterRegistrationId(counterId) == registrationIds.getLong(i)) {
                return false;
            }
        }
        return true;
    }
}
