package io.plumtree.engine;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a collection of members must be like, at the launch and in an update. */
final class MemberChecks {
    private MemberChecks() {
    }

    /**
     * Checks members.
     *
     * @param what     where they are from, for messages.
     * @param self     this node, which may be among them.
     * @param members  the members.
     * @param maxPeers how many there may be beside this node.
     * @return the others, each once, in the order in which they were given.
     */
    static List<Member> peers(
        final String what, final NodeId self, final Collection<Member> members, final int maxPeers) {
        final Map<NodeId, Member> byId = new LinkedHashMap<>();
        final Map<Long, NodeId> byValue = new HashMap<>();
        byValue.put(self.value(), self);
        for (final Member member : members) {
            final Member earlier = byId.putIfAbsent(member.id(), member);
            if (earlier != null && !earlier.equals(member)) {
                throw fail(what + ": '" + member.id() + "' is there twice: " + earlier + " and " + member);
            }
            final NodeId twin = byValue.putIfAbsent(member.id().value(), member.id());
            if (twin != null && !twin.equals(member.id())) {
                throw fail(what + ": '" + twin + "' and '" + member.id() + "' have the same value, " + twin.value() +
                    ": rename one of them");
            }
            if (!member.id().equals(self) && member.endpoint().endsWith(":0")) {
                throw fail(what + ": " + member + " has port 0; a peer's port must be known");
            }
        }
        byId.remove(self);
        if (byId.size() > maxPeers) {
            throw fail(what + " (" + byId.size() + " besides this node) must be no more than " +
                PlumtreeOptions.MAX_PEERS_PROPERTY + " (" + maxPeers + ")");
        }
        return List.copyOf(byId.values());
    }

    private static PlumtreeException fail(final String message) {
        return new PlumtreeException(Category.CONFIGURATION, message);
    }
}
