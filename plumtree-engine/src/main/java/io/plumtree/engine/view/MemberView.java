package io.plumtree.engine.view;

import io.plumtree.api.Member;
import java.util.List;
import java.util.SortedMap;

/** What a node knows of members beyond its neighbours. Unless a method says otherwise, for the engine's thread. */
public interface MemberView {
    /**
     * Every member that is known. Any thread.
     *
     * @param neighbours this node and its neighbours, by name.
     * @return the members, by name.
     */
    List<Member> members(List<Member> neighbours);

    /**
     * Whether it tells of members that come and go; otherwise who comes and goes as a neighbour is told.
     *
     * @return true if so.
     */
    boolean tellsChanges();

    /**
     * The run in which a node is known, be it a member or gone.
     *
     * @param node the node's value.
     * @return its incarnation; 0 if it is not known.
     */
    long incarnation(long node);

    /**
     * Whether a node is a member, as far as is known here.
     *
     * @param node the node's value.
     * @return true if it is.
     */
    boolean isMember(long node);

    /**
     * The run in which a member has failed, for who would ask whether it is cut off.
     *
     * @param member      the member, as it was.
     * @param isConfirmed whether to leave out those that nothing but a single announcement has ever told of.
     * @return its incarnation; 0 if it is not known to have failed, or is left out.
     */
    long failedRun(Member member, boolean isConfirmed);

    /**
     * Where a later run of this node's name listens, as far as others tell.
     *
     * @param incarnation the run.
     * @return {@code host:port}; empty if that run is not known.
     */
    String rivalEndpoint(long incarnation);

    /**
     * A node has greeted this one: it is there, at that endpoint, in that run, whatever others have said.
     *
     * @param node        the node's value.
     * @param endpoint    where it says that it listens, {@code host:port}; empty if it does not say so.
     * @param incarnation its run, positive.
     */
    void confirm(long node, String endpoint, long incarnation);

    /** A link has come up: who is there gets to hear of this node. */
    void announce();

    /**
     * Says to all that this node leaves.
     *
     * @return true once it is said; false if there is no room: call it again.
     */
    boolean leave();

    /**
     * Adds what peers should have set as this node has.
     *
     * @param settings by their keys.
     */
    void addSettings(SortedMap<String, String> settings);
}
