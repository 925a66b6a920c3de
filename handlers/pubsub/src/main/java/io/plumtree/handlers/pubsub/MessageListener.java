package io.plumtree.handlers.pubsub;

import org.agrona.DirectBuffer;

/**
 * Gets the messages of a topic. Runs on the engine's thread: it must not block, and the buffer is valid during the
 * call only. One that throws is counted and reported; other listeners go on.
 */
@FunctionalInterface
public interface MessageListener {
    /**
     * A message of the topic arrived, or was published here. Origin, incarnation and sequence identify it.
     *
     * @param origin      {@link io.plumtree.api.NodeId#value()} of the node where it was published.
     * @param incarnation which run of that node; grows from run to run.
     * @param sequence    its place among all that the node published in that run, whatever the topic; from 1, without
     *                    gaps.
     * @param buffer      holds the message.
     * @param offset      where it starts.
     * @param length      its length in bytes.
     */
    void onMessage(long origin, long incarnation, long sequence, DirectBuffer buffer, int offset, int length);
}
