package io.plumtree.api;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The cluster as one node sees it.
 *
 * @param node      the node.
 * @param members   every member, the node itself included, by name.
 * @param connected those of the others whose links are up.
 * @param distant   those of the others to whom the node has no link, and wants none: with partial views most are so.
 */
public record MembersView(NodeId node, List<Member> members, Set<NodeId> connected, Set<NodeId> distant) {
    /**
     * Copies and sorts, so that the record is immutable.
     *
     * @param node      the node.
     * @param members   every member.
     * @param connected those whose links are up.
     * @param distant   those to whom no link is wanted.
     */
    public MembersView {
        Objects.requireNonNull(node, "node");
        members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
        connected = Set.copyOf(connected);
        distant = Set.copyOf(distant);
    }
}
