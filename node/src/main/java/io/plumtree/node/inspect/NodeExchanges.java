package io.plumtree.node.inspect;

import io.plumtree.api.Exchange;
import java.util.List;

/**
 * What one node said of its exchanges.
 *
 * @param name      the node's name.
 * @param endpoint  where it listens.
 * @param exchanges its exchanges; null if it did not say.
 * @param error     why it did not; null if it did.
 */
record NodeExchanges(String name, String endpoint, List<Exchange> exchanges, String error) {
}
