package io.plumtree.node.inspect;

import io.plumtree.api.Exchange;
import io.plumtree.api.Member;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.TreeView;
import io.plumtree.engine.NodeContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A cluster of one process: what its nodes would say, and what was asked of whom with how much time. */
final class FakeCluster implements ClusterQueries {
    final List<String> asked = new ArrayList<>();
    final List<Duration> timeouts = new ArrayList<>();
    final Map<String, List<Exchange>> exchanges = new TreeMap<>();
    final Set<String> silent = new HashSet<>();
    final List<Member> members = new ArrayList<>();
    final Set<NodeId> linked = new TreeSet<>();
    final Set<NodeId> distant = new TreeSet<>();
    final Set<String> refusing = new HashSet<>();
    /** The contact's name, where its endpoint does not tell. */
    String self;
    /** Whether silence lasts beyond every timeout, as if it were not kept. */
    boolean isStuck;
    boolean isClosed;
    NodeContext context;

    FakeCluster member(final String member, final Exchange... running) {
        final Member added = Member.parse(member);
        members.add(added);
        exchanges.put(added.endpoint(), List.of(running));
        return this;
    }

    ClusterQueries launch(final NodeContext ctx) {
        context = ctx;
        return this;
    }

    private <T> CompletableFuture<T> answer(
        final String question, final String endpoint, final Duration timeout, final T answer) {
        asked.add(question + " " + endpoint);
        timeouts.add(timeout);
        if (refusing.contains(endpoint)) {
            return CompletableFuture.failedFuture(
                new PlumtreeException(PlumtreeException.Category.ENVIRONMENT, "answers no strangers"));
        }
        if (silent.contains(endpoint) || !exchanges.containsKey(endpoint)) {
            final CompletableFuture<T> never = new CompletableFuture<>();
            if (!isStuck) {
                CompletableFuture.delayedExecutor(timeout.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> never.completeExceptionally(new TimeoutException("no answer")));
            }
            return never;
        }
        return CompletableFuture.completedFuture(answer);
    }

    private NodeId at(final String endpoint) {
        if (self != null) {
            return NodeId.of(self);
        }
        return members.stream().filter(member -> member.endpoint().equals(endpoint)).map(Member::id).findFirst()
            .orElse(NodeId.of("none"));
    }

    @Override
    public CompletableFuture<MembersView> members(final String endpoint, final Duration timeout) {
        return answer("members", endpoint, timeout, new MembersView(at(endpoint), members, linked, distant));
    }

    @Override
    public CompletableFuture<List<Exchange>> exchanges(final String endpoint, final Duration timeout) {
        return answer("exchanges", endpoint, timeout, exchanges.get(endpoint));
    }

    @Override
    public CompletableFuture<TreeView> tree(final String contact, final NodeId root, final Duration timeout) {
        final Map<NodeId, PeerSets> nodes = new TreeMap<>();
        members.forEach(member -> nodes.put(member.id(), new PeerSets(Set.of(), Set.of())));
        return answer("tree of " + root, contact, timeout, TreeView.of(root, nodes, Set.of()));
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
