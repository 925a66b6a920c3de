package io.plumtree.engine.view;

import io.plumtree.api.Member;
import java.util.Set;

/** Told when the members are others than before. */
@FunctionalInterface
public interface FullViewListener {
    /**
     * The members have changed; {@link FullView#members()} has the new list already. On the engine's thread, must not
     * block; what it throws is counted and reported.
     *
     * @param joined members as they were not before; immutable, this node is never there. One with another endpoint is
     *               in both sets.
     * @param left   members as they are no longer; immutable, this node is never there.
     */
    void onMembersChanged(Set<Member> joined, Set<Member> left);
}
