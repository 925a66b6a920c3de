package io.plumtree.engine.codec;

import io.plumtree.api.NodeId;
import java.util.List;

/**
 * What a node tells a peer about itself. Greetings are rare, so this is an object, unlike every other message.
 *
 * @param sender      the node.
 * @param incarnation its run: positive, growing from run to run.
 * @param wantsReply  whether it asks to be greeted in turn.
 * @param endpoint    where it listens, {@code host:port}; empty if it does not say. At most
 *                    {@value #MAX_ENDPOINT_LENGTH} printable ASCII characters without spaces.
 * @param handlers    names of its handlers, at most {@value #MAX_HANDLERS}.
 */
public record Greeting(NodeId sender, long incarnation, boolean wantsReply, String endpoint, List<String> handlers) {
    /** Most handlers that a node can name. */
    public static final int MAX_HANDLERS = 64;
    /** Longest endpoint, in bytes (which are ASCII characters). */
    public static final int MAX_ENDPOINT_LENGTH = 254;

    /**
     * Checks everything, since what is encoded must decode.
     *
     * @param sender      the node.
     * @param incarnation its run.
     * @param wantsReply  whether it asks to be greeted in turn.
     * @param endpoint    where it listens, or empty.
     * @param handlers    names of its handlers.
     * @throws IllegalArgumentException if something is out of its range.
     */
    public Greeting {
        handlers = List.copyOf(handlers);
        if (sender == null) {
            throw new IllegalArgumentException("sender must be given");
        }
        if (incarnation <= 0) {
            throw new IllegalArgumentException("incarnation must be positive: " + incarnation);
        }
        if (!isEndpoint(endpoint)) {
            throw new IllegalArgumentException("endpoint must have at most " + MAX_ENDPOINT_LENGTH +
                " printable ASCII characters without spaces: '" + endpoint + "'");
        }
        if (handlers.size() > MAX_HANDLERS) {
            throw new IllegalArgumentException(
                "a node can name at most " + MAX_HANDLERS + " handlers: " + handlers.size());
        }
        for (final String handler : handlers) {
            NameHash.ofHandler(handler);
        }
    }

    private static boolean isEndpoint(final String endpoint) {
        return endpoint.length() <= MAX_ENDPOINT_LENGTH && endpoint.chars().allMatch(Greeting::isEndpointCharacter);
    }

    static boolean isEndpointCharacter(final int c) {
        return c > ' ' && c < 0x7F;
    }
}
