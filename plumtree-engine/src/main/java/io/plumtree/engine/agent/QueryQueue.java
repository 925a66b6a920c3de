package io.plumtree.engine.agent;

import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Questions to the engine's thread, bounded. Any thread may ask; answers complete their futures on another thread than
 * the engine's, so that what hangs on them doesn't stop it.
 */
public final class QueryQueue {
    private static final int LIMIT = 16;

    private final ManyToOneConcurrentArrayQueue<Query<?>> queue;
    private final AtomicCounter rejected;
    /** Why the node has ended; null if it was asked to. */
    private volatile Throwable cause;
    private final Runnable waker;
    private volatile boolean isClosed;

    private record Query<T>(Supplier<T> question, CompletableFuture<T> answer) {
        void run() {
            try {
                final T value = question.get();
                answer.completeAsync(() -> value);
            } catch (final Throwable ex) {
                answer.completeExceptionally(ex);
                Failures.rethrowIfFatal(ex);
            }
        }
    }

    /** Questions of whose coming the engine's thread learns by the waker. */
    public QueryQueue(final int length, final EngineCounters counters, final Runnable waker) {
        this.waker = waker;
        this.queue = new ManyToOneConcurrentArrayQueue<>(length);
        this.rejected = counters.get(EngineCounter.QUERIES_REJECTED);
    }

    /**
     * Asks.
     *
     * @param question answered on the engine's thread.
     * @param <T>      what the answer is.
     * @return the answer; fails with an {@link IllegalStateException} where the node is closed, and with a
     *     {@link RejectedExecutionException} where too many queries wait.
     */
    public <T> CompletableFuture<T> ask(final Supplier<T> question) {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        if (isClosed) {
            return closed(answer);
        }
        if (!queue.offer(new Query<>(question, answer))) {
            rejected.increment();
            answer.completeExceptionally(new RejectedExecutionException(
                "too many queries wait: plumtree.query.queue.length (" + queue.capacity() + ")"));
        } else if (isClosed) {
            // The engine may have looked at the queue for the last time before this one was there.
            closed(answer);
        } else {
            waker.run();
        }
        return answer;
    }

    public int poll() {
        int count = 0;
        while (count < LIMIT) {
            final Query<?> query = queue.poll();
            if (query == null) {
                break;
            }
            query.run();
            count++;
        }
        return count;
    }

    /** Fails what waits, and all that is asked from now on, with a cause if there is one. */
    void close(final Throwable why) {
        cause = why;
        isClosed = true;
        for (Query<?> query = queue.poll(); query != null; query = queue.poll()) {
            closed(query.answer());
        }
    }

    private <T> CompletableFuture<T> closed(final CompletableFuture<T> answer) {
        answer.completeExceptionally(Failures.closed(cause));
        return answer;
    }
}
