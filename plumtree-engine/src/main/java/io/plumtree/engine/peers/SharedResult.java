package io.plumtree.engine.peers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A result that several callers wait for with one and the same future, so that however many they are, there is one.
 * None of them can end it for the others: completing and cancelling it fails, and a timeout is a caller's own.
 */
final class SharedResult extends CompletableFuture<Void> {
    /** Ends it, on another thread than the caller's, so that what hangs on it doesn't stop the engine. */
    void end() {
        super.completeAsync(() -> null, defaultExecutor());
    }

    void fail(final Throwable error) {
        try {
            defaultExecutor().execute(() -> super.completeExceptionally(error));
        } catch (final OutOfMemoryError ex) {
            // There may be no room for another thread. Whoever waits must not wait for ever.
            super.completeExceptionally(error);
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public boolean complete(final Void value) {
        return false;
    }

    @Override
    public boolean completeExceptionally(final Throwable error) {
        return false;
    }

    @Override
    public boolean cancel(final boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public CompletableFuture<Void> completeAsync(final Supplier<? extends Void> supplier, final Executor executor) {
        throw new UnsupportedOperationException("others wait for this result too");
    }

    @Override
    public void obtrudeValue(final Void value) {
        throw new UnsupportedOperationException("others wait for this result too");
    }

    @Override
    public void obtrudeException(final Throwable error) {
        throw new UnsupportedOperationException("others wait for this result too");
    }

    @Override
    public CompletableFuture<Void> orTimeout(final long timeout, final TimeUnit unit) {
        return copy().orTimeout(timeout, unit);
    }

    @Override
    public CompletableFuture<Void> completeOnTimeout(final Void value, final long timeout, final TimeUnit unit) {
        return copy().completeOnTimeout(value, timeout, unit);
    }
}
