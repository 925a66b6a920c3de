package io.plumtree.engine;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.util.HashSet;
import java.util.Set;

/** Whether the peers to start with can be: computed in one of the ways, or given as members of two disjoint sets. */
final class StartingChecks {
    private StartingChecks() {
    }

    static void check(final NodeContext ctx) {
        if (!ctx.hasGivenPeers()) {
            return;
        }
        if (ctx.hasStartingPeers()) {
            throw fail(NodeContext.STARTING_PEERS_PROPERTY + " (" + ctx.startingPeers().text() +
                ") says how to compute what " + NodeContext.EAGER_PEERS_PROPERTY + " (" + ctx.eagerPeers() + ") and " +
                NodeContext.LAZY_PEERS_PROPERTY + " (" + ctx.lazyPeers() + ") give: set the one or the others");
        }
        final Set<NodeId> members = new HashSet<>();
        for (final Member member : ctx.members()) {
            members.add(member.id());
        }
        checkMembers(NodeContext.EAGER_PEERS_PROPERTY, ctx.eagerPeers(), members, ctx.name());
        checkMembers(NodeContext.LAZY_PEERS_PROPERTY, ctx.lazyPeers(), members, ctx.name());
        for (final NodeId eager : ctx.eagerPeers()) {
            if (ctx.lazyPeers().contains(eager)) {
                throw fail("'" + eager + "' is in both " + NodeContext.EAGER_PEERS_PROPERTY + " and " +
                    NodeContext.LAZY_PEERS_PROPERTY);
            }
        }
    }

    private static void checkMembers(
        final String what, final Set<NodeId> peers, final Set<NodeId> members, final String self) {
        for (final NodeId peer : peers) {
            if (peer.name().equals(self)) {
                throw fail(what + ": '" + peer + "' is this node itself");
            }
            if (!members.contains(peer)) {
                throw fail(what + ": '" + peer + "' is not in " + NodeContext.MEMBERS_PROPERTY);
            }
        }
    }

    private static PlumtreeException fail(final String message) {
        return new PlumtreeException(Category.CONFIGURATION, message);
    }
}
