package io.plumtree.engine;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.options.StartingOptions;
import java.util.HashSet;
import java.util.Set;

/** Whether the peers to start with can be: computed in one of the ways, or given as members of two disjoint sets. */
final class StartingChecks {
    private StartingChecks() {
    }

    static void check(final NodeContext ctx) {
        final StartingOptions starting = ctx.starting();
        if (!starting.hasGivenPeers()) {
            return;
        }
        if (starting.hasStartingPeers()) {
            throw fail(StartingOptions.STARTING_PEERS_PROPERTY + " (" + starting.startingPeers().text() +
                ") says how to compute what " + StartingOptions.EAGER_PEERS_PROPERTY + " (" + starting.eagerPeers() +
                ") and " + StartingOptions.LAZY_PEERS_PROPERTY + " (" + starting.lazyPeers() +
                ") give: set the one or the others");
        }
        final Set<NodeId> members = new HashSet<>();
        for (final Member member : ctx.members()) {
            members.add(member.id());
        }
        checkMembers(StartingOptions.EAGER_PEERS_PROPERTY, starting.eagerPeers(), members, ctx.name());
        checkMembers(StartingOptions.LAZY_PEERS_PROPERTY, starting.lazyPeers(), members, ctx.name());
        for (final NodeId eager : starting.eagerPeers()) {
            if (starting.lazyPeers().contains(eager)) {
                throw fail("'" + eager + "' is in both " + StartingOptions.EAGER_PEERS_PROPERTY + " and " +
                    StartingOptions.LAZY_PEERS_PROPERTY);
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
