package io.plumtree.handlers.pubsub;

import org.agrona.DirectBuffer;

/** Gets the messages of every topic; otherwise like {@link MessageListener}. */
@FunctionalInterface
public interface TopicListener {
    /**
     * A message arrived, or was published here.
     *
     * @param origin      {@link io.plumtree.api.NodeId#value()} of the node where it was published.
     * @param incarnation which run of that node.
     * @param sequence    its place among all that the node published in that run.
     * @param buffer      holds topic and message.
     * @param topicOffset where the topic starts.
     * @param topicLength length of the topic in bytes: UTF-8, unless a publisher of raw frames wrote something else.
     * @param offset      where the message starts.
     * @param length      its length in bytes.
     */
    void onMessage(
        long origin,
        long incarnation,
        long sequence,
        DirectBuffer buffer,
        int topicOffset,
        int topicLength,
        int offset,
        int length);
}
