package io.plumtree.simulator.cluster;

import io.plumtree.protocol.ControlMessage;

/** Watches a cluster from outside; nodes and messages are numbers from 0, times those of the network. */
public interface ClusterObserver {
    /** Hops of a delivery that no tree has made. */
    int BY_EXCHANGE = -1;

    /**
     * A node broadcasts.
     *
     * @param node    the node.
     * @param message the message.
     * @param nowNs   the time.
     */
    default void onBroadcast(final int node, final int message, final long nowNs) {
    }

    /**
     * A payload arrives that is new at its node.
     *
     * @param node       the node.
     * @param from       the node that sent it.
     * @param message    the message.
     * @param hops       hops from the root, the first being 1; or {@link #BY_EXCHANGE}.
     * @param isRepaired whether a graft was needed on its way.
     * @param nowNs      the time.
     */
    default void onDelivery(
        final int node, final int from, final int message, final int hops, final boolean isRepaired, final long nowNs) {
    }

    /**
     * A payload arrives that its node has.
     *
     * @param node    the node.
     * @param from    the node that sent it.
     * @param message the message.
     * @param nowNs   the time.
     */
    default void onDuplicate(final int node, final int from, final int message, final long nowNs) {
    }

    /**
     * A node sends a payload.
     *
     * @param from    the node.
     * @param to      the receiver.
     * @param message the message.
     * @param length  of the frame, in bytes.
     * @param isLost  whether it will not arrive.
     * @param nowNs   the time.
     */
    default void onPayloadSent(
        final int from, final int to, final int message, final int length, final boolean isLost, final long nowNs) {
    }

    /**
     * A node sends a frame of control messages.
     *
     * @param from   the node.
     * @param to     the receiver.
     * @param frame  the frame; valid during the call.
     * @param isLost whether it will not arrive.
     * @param nowNs  the time.
     */
    default void onControlFrameSent(
        final int from, final int to, final ControlFrame frame, final boolean isLost, final long nowNs) {
    }

    /**
     * A control message is put into a frame.
     *
     * @param from    the node that sends it.
     * @param to      the receiver.
     * @param type    what it is.
     * @param message the message that it names.
     * @param nowNs   the time.
     */
    default void onControl(
        final int from, final int to, final ControlMessage type, final int message, final long nowNs) {
    }

    /**
     * Something happens to a node, or to many.
     *
     * @param text  what, for a reader.
     * @param nowNs the time.
     */
    default void onFault(final String text, final long nowNs) {
    }

    /**
     * Something happens to one direction of a link.
     *
     * @param from  the node at its start.
     * @param to    the node at its end.
     * @param text  what, for a reader.
     * @param nowNs the time.
     */
    default void onLink(final int from, final int to, final String text, final long nowNs) {
    }
}
