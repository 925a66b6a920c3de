package io.plumtree.engine.settings;

/**
 * How long something waits for room in a peer's link.
 *
 * @param shortQueueLength bytes in the queue beyond which this node's own broadcasts wait.
 * @param queueWaitNs      how long they wait for a longer queue to become short.
 * @param budgetNs         how long a peer without room may hold others up.
 */
public record RoomLimits(long shortQueueLength, long queueWaitNs, long budgetNs) {
}
