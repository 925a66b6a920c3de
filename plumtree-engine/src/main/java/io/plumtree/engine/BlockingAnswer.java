package io.plumtree.engine;

import io.plumtree.engine.runtime.EngineAgent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what the engine answers; never on the engine's own thread, where the answer would not come. */
final class BlockingAnswer {
    private BlockingAnswer() {
    }

    static <T> T of(final EngineAgent agent, final Supplier<CompletableFuture<T>> question)
        throws InterruptedException {
        check(agent);
        try {
            return question.get().get();
        } catch (final ExecutionException ex) {
            throw unwrap(ex);
        }
    }

    static <T> T of(final EngineAgent agent, final Supplier<CompletableFuture<T>> question, final Duration timeout)
        throws InterruptedException, TimeoutException {
        check(agent);
        try {
            return question.get().get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (final ExecutionException ex) {
            throw unwrap(ex);
        }
    }

    private static void check(final EngineAgent agent) {
        if (agent.isOnEngineThread()) {
            throw new IllegalStateException("the engine's thread can't wait for itself: ask asynchronously");
        }
    }

    private static RuntimeException unwrap(final ExecutionException failure) {
        return failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
    }
}
