package io.plumtree.transport.aeron;

import io.aeron.Aeron;
import java.util.Objects;

/**
 * Opens a publication or a subscription without waiting: asks the driver for it, looks at each cycle whether it is
 * there, and asks again some time after a failure. Failures are counted; of those in a row that say the same only the
 * first one is told.
 */
final class Opening {
    private final Attempt attempt;
    private final String what;
    private final TransportCounters counters;
    private final TransportCounter failures;
    private final long retryIntervalNs;
    private long registrationId = Aeron.NULL_VALUE;
    private boolean isRetryDue = true;
    private long retryDeadlineNs;
    private String lastFailure;

    /** What is opened. */
    interface Attempt {
        /** Asks for it; tells by which id the client knows it. */
        long request(Aeron aeron);

        /** Takes it if it is there; false if it is not there yet. */
        boolean take(Aeron aeron, long registrationId);

        /** Told of a failure that is none of the same kind as the one before. */
        void onFailure(Exception failure);
    }

    Opening(
        final Attempt attempt,
        final String what,
        final long retryIntervalNs,
        final TransportCounters counters,
        final TransportCounter failures) {
        this.attempt = attempt;
        this.what = what;
        this.retryIntervalNs = retryIntervalNs;
        this.counters = counters;
        this.failures = failures;
    }

    /** One step; 0 if there was nothing to do. */
    int doWork(final Aeron aeron, final long nowNs) {
        if (!isAsked() && !isRetryDue && nowNs - retryDeadlineNs < 0) {
            return 0;
        }
        isRetryDue = false;
        try {
            if (!isAsked()) {
                registrationId = attempt.request(aeron);
            } else if (attempt.take(aeron, registrationId)) {
                registrationId = Aeron.NULL_VALUE;
                lastFailure = null;
            } else {
                return 0;
            }
        } catch (final Exception ex) {
            registrationId = Aeron.NULL_VALUE;
            retryDeadlineNs = nowNs + retryIntervalNs;
            onFailure(ex);
        }
        return 1;
    }

    private void onFailure(final Exception ex) {
        counters.increment(failures);
        final String failure = String.valueOf(ex.getMessage());
        if (!Objects.equals(failure, lastFailure)) {
            lastFailure = failure;
            attempt.onFailure(StartFailures.again(what, ex));
        }
    }

    /** Whether it has been asked for, and is not there yet. */
    boolean isAsked() {
        return registrationId != Aeron.NULL_VALUE;
    }

    /**
     * Does not wait for it any longer.
     *
     * @return the id by which it has been asked for; {@link Aeron#NULL_VALUE} if it has not.
     */
    long cancel() {
        final long asked = registrationId;
        registrationId = Aeron.NULL_VALUE;
        return asked;
    }

    /** It is to be asked for at once. What was asked for before is gone. */
    void startAnew() {
        registrationId = Aeron.NULL_VALUE;
        isRetryDue = true;
    }

    /** It is to be asked for when a time has come, unless that has been done. */
    void startAt(final long startNs) {
        isRetryDue = false;
        retryDeadlineNs = startNs;
    }
}
