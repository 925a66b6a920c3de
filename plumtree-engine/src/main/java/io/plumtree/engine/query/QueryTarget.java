package io.plumtree.engine.query;

import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import java.util.function.LongFunction;

/**
 * Whom to ask.
 *
 * @param node who has to answer; null if it is only known where it listens.
 * @param name what to call it in messages.
 * @param link finds the way at a time: a link that is connected, or null as long as there is none.
 */
public record QueryTarget(NodeId node, String name, LongFunction<Link> link) {
}
