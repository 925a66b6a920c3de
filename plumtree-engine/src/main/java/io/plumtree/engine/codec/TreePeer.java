package io.plumtree.engine.codec;

import io.plumtree.api.NodeId;

/**
 * A peer in the tree of a root.
 *
 * @param id      the peer.
 * @param isEager whether payloads are pushed to it.
 * @param isLazy  whether messages are announced to it.
 */
public record TreePeer(NodeId id, boolean isEager, boolean isLazy) {
}
