package io.plumtree.engine.query;

import io.plumtree.api.Durations;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** For how long those who ask wait. */
public final class Timeouts {
    private static final long MAX_TIMEOUT_NS = TimeUnit.DAYS.toNanos(365);

    private Timeouts() {
    }

    /**
     * Checks a timeout.
     *
     * @param timeout how long to wait.
     * @return the same in nanoseconds, a year at most.
     * @throws IllegalArgumentException if it is not positive.
     */
    public static long timeoutNs(final Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
        return timeout.compareTo(Duration.ofNanos(MAX_TIMEOUT_NS)) > 0 ? MAX_TIMEOUT_NS : timeout.toNanos();
    }

    /**
     * An answer that is late by itself, so that one is not waited for longer even if whatever should answer is stuck.
     *
     * @param from      who has to answer.
     * @param timeoutNs how long to wait.
     * @param <R>       what the answer is.
     * @return an answer to be completed; fails with a {@link TimeoutException} at that time.
     */
    public static <R> CompletableFuture<R> within(final String from, final long timeoutNs) {
        final CompletableFuture<R> answer = new CompletableFuture<>();
        final CompletableFuture<Void> timer = new CompletableFuture<Void>().orTimeout(timeoutNs, TimeUnit.NANOSECONDS);
        timer.whenComplete((done, error) -> {
            if (error instanceof TimeoutException) {
                CompletableFuture.runAsync(() -> answer.completeExceptionally(new TimeoutException(
                    "no answer from " + from + " within " + Durations.format(timeoutNs))));
            }
        });
        answer.whenComplete((done, error) -> timer.complete(null));
        return answer;
    }
}
