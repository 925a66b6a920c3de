package io.plumtree.api;

import java.util.Objects;

/** Which exchanges to cancel (the reference's type {@code selector()}). */
public sealed interface ExchangeSelector {
    /**
     * Whether an exchange is meant.
     *
     * @param exchange the exchange.
     * @return true if so.
     */
    boolean matches(Exchange exchange);

    /**
     * Every exchange (the reference's {@code all}).
     *
     * @return the selector.
     */
    static ExchangeSelector all() {
        return new All();
    }

    /**
     * Those with one peer (the reference's {@code {peer, Node}}).
     *
     * @param peer the peer.
     * @return the selector.
     */
    static ExchangeSelector peer(final NodeId peer) {
        return new ByPeer(peer);
    }

    /**
     * Those of one handler (the reference's {@code {mod, Module}}).
     *
     * @param handler name of the handler.
     * @return the selector.
     */
    static ExchangeSelector handler(final String handler) {
        return new ByHandler(handler);
    }

    /**
     * The one with an id (the reference's reference).
     *
     * @param id the id, as in {@link Exchange#id()}.
     * @return the selector.
     */
    static ExchangeSelector id(final long id) {
        return new ById(id);
    }

    /**
     * The one with a handle (the reference's pid): never one of another run that has the same id.
     *
     * @param handle the handle.
     * @return the selector.
     */
    static ExchangeSelector handle(final ExchangeHandle handle) {
        return new ByHandle(handle);
    }

    /** Every exchange. */
    record All() implements ExchangeSelector {
        @Override
        public boolean matches(final Exchange exchange) {
            return true;
        }
    }

    /**
     * Those with one peer.
     *
     * @param peer the peer.
     */
    record ByPeer(NodeId peer) implements ExchangeSelector {
        /**
         * Checks that the peer is there.
         *
         * @param peer the peer.
         */
        public ByPeer {
            Objects.requireNonNull(peer, "peer");
        }

        @Override
        public boolean matches(final Exchange exchange) {
            return exchange.peer().equals(peer);
        }
    }

    /**
     * Those of one handler.
     *
     * @param handler its name.
     */
    record ByHandler(String handler) implements ExchangeSelector {
        /**
         * Checks that the name is there.
         *
         * @param handler its name.
         */
        public ByHandler {
            Objects.requireNonNull(handler, "handler");
        }

        @Override
        public boolean matches(final Exchange exchange) {
            return exchange.handler().equals(handler);
        }
    }

    /**
     * The one with an id.
     *
     * @param id the id.
     */
    record ById(long id) implements ExchangeSelector {
        @Override
        public boolean matches(final Exchange exchange) {
            return exchange.id() == id;
        }
    }

    /**
     * The one with a handle.
     *
     * @param handle the handle.
     */
    record ByHandle(ExchangeHandle handle) implements ExchangeSelector {
        /**
         * Checks that the handle is there.
         *
         * @param handle the handle.
         */
        public ByHandle {
            Objects.requireNonNull(handle, "handle");
        }

        @Override
        public boolean matches(final Exchange exchange) {
            return exchange.handle().equals(handle);
        }
    }
}
