package io.plumtree.engine.peers;

import io.plumtree.api.Member;
import io.plumtree.engine.counting.Failures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where updates of the members wait for the engine. Room for one: a newer update replaces the one that waits, and
 * those who wait for that one wait for this one. Any thread puts them in, and never waits.
 */
final class UpdateMailbox {
    private static final Update CLOSED = new Update(List.of(), new SharedResult());

    private final AtomicReference<Update> waiting = new AtomicReference<>();
    /** Why the node has ended; null if it was asked to. Written before the box is closed. */
    private volatile Throwable cause;

    /**
     * An update.
     *
     * @param peers  the members to be, checked, without this node.
     * @param result ends once they are.
     */
    record Update(List<Member> peers, SharedResult result) {
    }

    CompletableFuture<Void> put(final List<Member> peers) {
        while (true) {
            final Update earlier = waiting.get();
            if (earlier == CLOSED) {
                return CompletableFuture.failedFuture(closed());
            }
            final Update update = new Update(peers, earlier == null ? new SharedResult() : earlier.result);
            if (waiting.compareAndSet(earlier, update)) {
                return update.result;
            }
        }
    }

    /** The update that waits, if any; null otherwise. */
    Update take() {
        while (true) {
            final Update update = waiting.get();
            if (update == null || update == CLOSED) {
                return null;
            }
            if (waiting.compareAndSet(update, null)) {
                return update;
            }
        }
    }

    void close(final Throwable why) {
        cause = why;
        final Update last = waiting.getAndSet(CLOSED);
        if (last != null) {
            last.result.fail(closed());
        }
    }

    private IllegalStateException closed() {
        return Failures.closed(cause);
    }
}
