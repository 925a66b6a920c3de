package io.plumtree.engine.settings;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.protocol.StartingSets;
import io.plumtree.protocol.options.StartingPeers;
import java.util.Collection;

/**
 * The peers with which every tree starts, as values of ids.
 *
 * @param eagers the eager ones.
 * @param lazys  the lazy ones.
 */
public record StartingLinks(long[] eagers, long[] lazys) {
    /**
     * Computed from the members (the reference's {@code start_link/0}).
     *
     * @param how   how.
     * @param self  this node.
     * @param peers the other members.
     * @return the peers.
     */
    public static StartingLinks computed(
        final StartingPeers how, final NodeId self, final Collection<Member> peers) {
        final long[] members = peers.stream().mapToLong(member -> member.id().value()).toArray();
        return new StartingLinks(
            StartingSets.eagers(how, self.value(), members), StartingSets.lazys(how, self.value(), members));
    }

    /**
     * Given (the reference's {@code start_link/5}).
     *
     * @param eagers the eager ones, members.
     * @param lazys  the lazy ones, other members.
     * @return the peers.
     */
    public static StartingLinks given(final Collection<NodeId> eagers, final Collection<NodeId> lazys) {
        return new StartingLinks(
            eagers.stream().mapToLong(NodeId::value).toArray(), lazys.stream().mapToLong(NodeId::value).toArray());
    }
}
