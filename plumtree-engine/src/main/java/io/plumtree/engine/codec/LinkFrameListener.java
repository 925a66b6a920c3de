package io.plumtree.engine.codec;

/**
 * Is told how links come and go: greetings, heartbeats and goodbyes, and in which incarnation a node is; see
 * {@link FrameListeners}. Incarnations are positive, and endpoints have a form that can be.
 */
public interface LinkFrameListener {
    /**
     * Whether to look at a frame at all, of this family or of a message that this version doesn't know; for three
     * messages those below are asked in its place. Must do no more than answer.
     *
     * @param cluster what stands for the sender's cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of the sender's id.
     * @return false to drop the frame as a {@link DecodeResult#STRANGER}'s.
     */
    boolean accepts(long cluster, long sender);

    /**
     * As {@link #accepts}, for a Greeting: a node may greet before it is known here that it is a peer.
     *
     * @param cluster what stands for the sender's cluster.
     * @param sender  value of the sender's id.
     * @return false to drop the frame.
     */
    boolean acceptsGreeting(long cluster, long sender);

    /**
     * As {@link #accepts}, for a Known, whose sender may be a stranger.
     *
     * @param cluster what stands for the sender's cluster.
     * @param sender  value of the sender's id.
     * @return false to drop the frame.
     */
    boolean acceptsKnown(long cluster, long sender);

    /**
     * As {@link #accepts}, for a Namesake, whose sender has the receiver's own name.
     *
     * @param cluster what stands for the sender's cluster.
     * @param sender  value of the sender's id.
     * @return false to drop the frame.
     */
    boolean acceptsNamesake(long cluster, long sender);

    /**
     * A node has introduced itself. The value of its name is that of the frame's sender, and its handlers' hashes are
     * those of their names.
     *
     * @param greeting what it says.
     */
    void onGreeting(Greeting greeting);

    /**
     * A node is there.
     *
     * @param sender      the node.
     * @param incarnation its run, positive.
     */
    void onHeartbeat(long sender, long incarnation);

    /**
     * A node ends its run.
     *
     * @param sender      the node.
     * @param incarnation the run, positive.
     */
    void onGoodbye(long sender, long incarnation);

    /**
     * A node tells another one in which incarnation its name is known. The sender may be a stranger.
     *
     * @param sender the node.
     * @param known  what it says.
     */
    void onKnown(long sender, KnownIncarnation known);

    /**
     * A node goes on in a later incarnation.
     *
     * @param sender      the node.
     * @param former      the incarnation until now.
     * @param incarnation the one from now on, later than the former.
     */
    void onRaised(long sender, long former, long incarnation);

    /**
     * A node of the receiver's own name asks, or answers.
     *
     * @param namesake what it says.
     */
    void onNamesake(Namesake namesake);
}
