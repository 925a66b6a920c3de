package io.plumtree.node.options;

/**
 * Where to listen, checked.
 *
 * @param text {@code host:port}.
 */
public record Endpoint(String text) {
    @Override
    public String toString() {
        return text;
    }
}
