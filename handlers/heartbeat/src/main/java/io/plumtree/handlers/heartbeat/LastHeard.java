package io.plumtree.handlers.heartbeat;

import io.plumtree.api.NodeId;

/**
 * The latest heartbeat of a node that is known here.
 *
 * @param node     the node.
 * @param epoch    its run: the node's incarnation, positive, growing from run to run.
 * @param sequence the heartbeat's number in that run, from 1.
 * @param heardNs  when it came, as {@link System#nanoTime()} of this JVM; up to a lazy tick of the node too early, as
 *     it is the time of the engine's last housekeeping.
 */
public record LastHeard(NodeId node, long epoch, long sequence, long heardNs) {
}
