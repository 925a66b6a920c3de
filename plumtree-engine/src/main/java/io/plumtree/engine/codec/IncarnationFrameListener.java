package io.plumtree.engine.codec;

/**
 * Is told of frames about incarnations. {@code from} is the value of the node that sent the frame; incarnations are
 * positive, and endpoints have a form that can be.
 */
public interface IncarnationFrameListener {
    /**
     * Whether to look at a {@code Namesake}; called first, instead of {@link FrameListener#accepts}. Must do no more
     * than answer.
     *
     * @param cluster what stands for the sender's cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of the sender's id.
     * @return false to drop the frame as a {@link DecodeResult#STRANGER}'s; so, unless overridden.
     */
    default boolean acceptsNamesake(final long cluster, final long sender) {
        return false;
    }

    /**
     * A node tells another one in which incarnation its name is known. The sender may be a stranger.
     *
     * @param from  the node.
     * @param known what it says.
     */
    default void onKnown(final long from, final KnownIncarnation known) {
    }

    /**
     * A node goes on in a later incarnation.
     *
     * @param from        the node.
     * @param former      the incarnation until now.
     * @param incarnation the one from now on, later than the former.
     */
    default void onRaised(final long from, final long former, final long incarnation) {
    }

    /**
     * A node of the receiver's own name asks, or answers.
     *
     * @param namesake what it says.
     */
    default void onNamesake(final Namesake namesake) {
    }
}
