package io.plumtree.engine.codec;

/**
 * A question to a node about itself. Queries are rare, so this is an object.
 *
 * @param correlation names the question.
 * @param code        what is asked, as {@link QueryType#code()} has it, or a code that only a newer version knows.
 * @param root        value of the tree's root, for {@link QueryType#PEERS}; otherwise 0.
 * @param timeoutMs   how long an answer is waited for, in milliseconds: 0 to {@value #MAX_TIMEOUT_MS}.
 * @param replyTo     where the answer is waited for: {@code host:port}, with a port of 1 to 65535.
 */
public record Query(long correlation, int code, long root, long timeoutMs, String replyTo) {
    /** The longest time that the wire has room for, in milliseconds. */
    public static final long MAX_TIMEOUT_MS = 0xFFFF_FFFEL;

    /**
     * Checks what must decode.
     *
     * @param correlation names the question.
     * @param code        what is asked.
     * @param root        value of the tree's root.
     * @param timeoutMs   how long an answer is waited for.
     * @param replyTo     where the answer is waited for.
     * @throws IllegalArgumentException if something is out of its range.
     */
    public Query {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("code must be 0 to 255: " + code);
        }
        if (timeoutMs < 0 || timeoutMs > MAX_TIMEOUT_MS) {
            throw new IllegalArgumentException("timeoutMs must be 0 to " + MAX_TIMEOUT_MS + ": " + timeoutMs);
        }
        if (!isEndpoint(replyTo)) {
            throw new IllegalArgumentException("replyTo must be host:port, with a port of 1 to 65535: '" +
                replyTo + "'");
        }
    }

    /**
     * What is asked.
     *
     * @return the type; null for one that only a newer version knows.
     */
    public QueryType type() {
        return QueryType.of(code);
    }

    /**
     * Whether a text can be where a node listens, as the wire has room for it.
     *
     * @param endpoint the text.
     * @return true if it is {@code host:port}, with a port of 1 to 65535, of at most
     *     {@value Greeting#MAX_ENDPOINT_LENGTH} printable ASCII characters without spaces.
     */
    public static boolean isEndpoint(final String endpoint) {
        final int colon = endpoint.lastIndexOf(':');
        final int digits = endpoint.length() - colon - 1;
        if (colon <= 0 || digits < 1 || digits > 5 || endpoint.length() > Greeting.MAX_ENDPOINT_LENGTH) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            if (!Greeting.isEndpointCharacter(endpoint.charAt(i))) {
                return false;
            }
        }
        int port = 0;
        for (int i = colon + 1; i < endpoint.length(); i++) {
            final char c = endpoint.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = port * 10 + c - '0';
        }
        return port >= 1 && port <= 65_535;
    }
}
