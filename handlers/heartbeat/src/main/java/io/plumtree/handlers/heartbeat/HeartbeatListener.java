package io.plumtree.handlers.heartbeat;

import io.plumtree.api.NodeId;

/** Told of heartbeats as they arrive. Runs on the engine's thread: it must not block. */
@FunctionalInterface
public interface HeartbeatListener {
    /**
     * Another node's heartbeat has arrived, the latest of it so far.
     *
     * @param node     the node.
     * @param epoch    its run: the node's incarnation, which grows from run to run.
     * @param sequence the heartbeat's number in that run, from 1.
     */
    void onHeartbeat(NodeId node, long epoch, long sequence);
}
