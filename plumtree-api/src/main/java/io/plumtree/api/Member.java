package io.plumtree.api;

import java.util.Objects;

/**
 * A node and where it listens.
 *
 * @param id       the node.
 * @param endpoint {@code host:port}, as the transport understands it; IPv6 hosts in brackets.
 */
public record Member(NodeId id, String endpoint) {
    /**
     * Checks that both parts are there.
     *
     * @param id       the node.
     * @param endpoint where it listens.
     * @throws NullPointerException     if the id is null.
     * @throws IllegalArgumentException if the endpoint is not {@code host:port} with a port of 0 to 65535.
     */
    public Member {
        Objects.requireNonNull(id, "id");
        checkEndpoint(endpoint);
    }

    /**
     * Reads {@code name@host:port}.
     *
     * @param text the text.
     * @return the member.
     * @throws IllegalArgumentException if the text has another form.
     */
    public static Member parse(final String text) {
        final int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("member must be name@host:port: '" + text + "'");
        }
        return new Member(NodeId.of(text.substring(0, at)), text.substring(at + 1));
    }

    /**
     * Checks the form of an endpoint.
     *
     * @param endpoint the text.
     * @return the same text.
     * @throws IllegalArgumentException if it is not {@code host:port} with a port of 0 to 65535.
     */
    public static String checkEndpoint(final String endpoint) {
        final int colon = endpoint == null ? -1 : endpoint.lastIndexOf(':');
        if (colon > 0 && colon < endpoint.length() - 1 && endpoint.length() - colon <= 6) {
            int port = 0;
            for (int i = colon + 1; i < endpoint.length() && port >= 0; i++) {
                final char c = endpoint.charAt(i);
                port = c >= '0' && c <= '9' ? port * 10 + c - '0' : -1;
            }
            if (port >= 0 && port <= 65_535) {
                return endpoint;
            }
        }
        throw new IllegalArgumentException("endpoint must be host:port, with a port of 0 to 65535: '" + endpoint + "'");
    }

    @Override
    public String toString() {
        return id + "@" + endpoint;
    }
}
