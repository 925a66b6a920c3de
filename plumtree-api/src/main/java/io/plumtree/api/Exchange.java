package io.plumtree.api;

import java.time.Duration;
import java.util.Objects;

/**
 * An exchange that runs: one handler here compares what it has with the same handler there (the reference's type
 * {@code exchange()}).
 *
 * @param handle  which one it is.
 * @param handler name of the handler.
 * @param peer    the node that it is with.
 * @param age     how long it had been running when this was made.
 */
public record Exchange(ExchangeHandle handle, String handler, NodeId peer, Duration age) {
    /**
     * Checks that all is there.
     *
     * @param handle  which one it is.
     * @param handler name of the handler.
     * @param peer    the node that it is with.
     * @param age     how long it has been running.
     * @throws NullPointerException if one is null.
     */
    public Exchange {
        Objects.requireNonNull(handle, "handle");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(age, "age");
    }

    /**
     * Its id in this run of its initiator (the reference's exchange reference).
     *
     * @return positive.
     */
    public long id() {
        return handle.id();
    }
}
