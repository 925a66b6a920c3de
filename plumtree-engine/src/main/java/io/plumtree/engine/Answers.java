package io.plumtree.engine;

import io.plumtree.api.Durations;
import io.plumtree.engine.agent.EngineAgent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets callers wait for what the engine answers, unless it is the engine itself that would wait. */
final class Answers {
    private final EngineAgent agent;

    Answers(final EngineAgent agent) {
        this.agent = agent;
    }

    <T> T await(final String what, final Supplier<CompletableFuture<T>> question) throws InterruptedException {
        checkThread(what);
        try {
            return question.get().get();
        } catch (final ExecutionException ex) {
            throw failure(ex);
        }
    }

    <T> T await(final String what, final Duration timeout, final Supplier<CompletableFuture<T>> question)
        throws InterruptedException, TimeoutException {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(what + ": timeout must be more than 0: " + timeout);
        }
        checkThread(what);
        final CompletableFuture<T> answer = question.get();
        try {
            return answer.get(saturatedNs(timeout), TimeUnit.NANOSECONDS);
        } catch (final ExecutionException ex) {
            throw failure(ex);
        } catch (final TimeoutException ex) {
            answer.cancel(false);
            throw new TimeoutException(what + ": no answer within " + Durations.format(saturatedNs(timeout)));
        }
    }

    /** Waits for an answer that fails with a {@link TimeoutException} by itself. */
    <T> T awaitTimed(final String what, final Supplier<CompletableFuture<T>> question)
        throws InterruptedException, TimeoutException {
        checkThread(what);
        try {
            return question.get().get();
        } catch (final ExecutionException ex) {
            if (ex.getCause() instanceof TimeoutException late) {
                throw late;
            }
            throw failure(ex);
        }
    }

    /** A duration in nanoseconds; the longest that can be told for one that is longer. */
    static long saturatedNs(final Duration duration) {
        final Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        return duration.compareTo(longest) > 0 ? Long.MAX_VALUE :
            duration.compareTo(longest.negated()) < 0 ? -Long.MAX_VALUE : duration.toNanos();
    }

    private void checkThread(final String what) {
        if (agent.isDriver()) {
            throw new IllegalStateException(
                what + " would wait for ever for this thread itself, which runs the engine: use the form that returns" +
                    " a future");
        }
    }

    private static RuntimeException failure(final ExecutionException ex) {
        if (ex.getCause() instanceof Error error) {
            throw error;
        }
        return ex.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(ex.getCause());
    }
}
