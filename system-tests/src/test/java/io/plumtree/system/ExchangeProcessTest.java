package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges between processes, over real UDP. */
@Tag("slow")
@Timeout(600)
class ExchangeProcessTest {
    @TempDir
    Path directory;
    private ProcessCluster cluster;

    @AfterEach
    void closeNodes() {
        cluster.close();
    }

    @Test
    void shouldConvergeByExchangeAloneAfterTwoNodesWereCutOffFromEachOther() throws Exception {
        cluster = new ProcessCluster(2, directory, List.of(
            "plumtree.announcements=false", "plumtree.exchange.tick.period=200ms",
            "handler.pubsub.exchange.settle=100ms"), List.of(), List.of());
        final NodeProcess one = cluster.node(0);
        final NodeProcess other = cluster.node(1);
        one.ask("cut " + other.endpoint);
        other.ask("cut " + one.endpoint);
        cluster.await("each notices", () -> one.ask("connected").isEmpty() && other.ask("connected").isEmpty());
        one.ask("publish one 500");
        other.ask("publish other 700");
        cluster.await("each has its own", () -> ProcessCluster.words(one.ask("received")).size() == 500 &&
            ProcessCluster.words(other.ask("received")).size() == 700);
        one.ask("heal " + other.endpoint);
        other.ask("heal " + one.endpoint);
        cluster.await("both have everything", () -> ProcessCluster.words(one.ask("received")).size() == 1_200 &&
            ProcessCluster.words(other.ask("received")).size() == 1_200);
        assertEquals(one.ask("received"), other.ask("received"));
        for (final NodeProcess node : cluster.nodes()) {
            assertEquals("0", node.ask("counter protocol.announcements"), node.name);
            assertEquals("0", node.ask("counter protocol.grafts"), node.name);
        }
        cluster.assertNoErrors();
    }

    @Test
    void shouldCancelWhatEachSelectorNamesWhileOthersGoOn() throws Exception {
        // Five handlers on each node; those of the first exchange with one peer or the other, and never end.
        cluster = new ProcessCluster(
            3, directory, List.of(
                "plumtree.exchange.tick.period=50ms", "plumtree.exchange.inbound.limit=8",
                "handler.pubsub.exchange=false"),
            List.of("endless=a:n1", "endless=b:n1", "endless=c:n2", "endless=d:n2", "endless=e:n1"),
            List.of("endless=a:-", "endless=b:-", "endless=c:-", "endless=d:-", "endless=e:-"));
        final NodeProcess first = cluster.node(0);
        cluster.await("all run", () -> endless(first).keySet().equals(Set.of("a", "b", "c", "d", "e")));
        for (final NodeProcess node : cluster.nodes()) {
            node.ask("tick PT0S");
        }
        assertEquals(first.ask("exchanges"), cluster.node(2).ask("exchanges-of n0"));

        cancel("peer n2", Set.of("c", "d"), Set.of("a", "b", "e"));
        cancel("handler b", Set.of("b"), Set.of("a", "e"));
        final String[] handle = endless(first).get("a").split(":")[2].split("/");
        cancel("id " + handle[2], Set.of("a"), Set.of("e"));
        first.ask("tick PT0.05S");
        cluster.await("all run again", () -> endless(first).keySet().equals(Set.of("a", "b", "c", "d", "e")));
        first.ask("tick PT0S");
        cancel("handle " + endless(first).get("c").split(":")[2], Set.of("c"), Set.of("a", "b", "d", "e"));
        assertEquals("", first.ask("cancel handle n0/1/1"));
        cancel("all", Set.of("a", "b", "d", "e"), Set.of());
        cluster.assertNoErrors();
    }

    /** Cancels, and sees that both sides of what is meant have ended, and both sides of the rest still talk. */
    private void cancel(final String selector, final Set<String> cancelled, final Set<String> goingOn)
        throws Exception {
        final NodeProcess first = cluster.node(0);
        final List<String> endsBefore = new ArrayList<>();
        for (final String handler : cancelled) {
            endsBefore.add(first.ask("ends " + handler) + " " + peerOf(handler).ask("ends " + handler));
        }
        final String answer = first.ask("cancel " + selector);
        assertEquals(cancelled, handlers(answer), selector);
        int at = 0;
        for (final String handler : cancelled) {
            final String before = endsBefore.get(at++);
            cluster.await(handler + " has ended on both sides", () -> {
                final String after = first.ask("ends " + handler) + " " + peerOf(handler).ask("ends " + handler);
                return count(after) == count(before) + 2;
            });
        }
        assertEquals(goingOn, endless(first).keySet(), selector);
        for (final String handler : goingOn) {
            for (final NodeProcess side : List.of(first, peerOf(handler))) {
                final long heard = Long.parseLong(side.ask("heard " + handler));
                cluster.await(handler + " goes on at " + side.name, () ->
                    Long.parseLong(side.ask("heard " + handler)) > heard);
            }
        }
    }

    private static int count(final String ends) {
        return ends.split("CANCELLED", -1).length - 1;
    }

    private NodeProcess peerOf(final String handler) {
        return cluster.node(handler.equals("c") || handler.equals("d") ? 2 : 1);
    }

    private static TreeMap<String, String> endless(final NodeProcess node) throws Exception {
        final TreeMap<String, String> byHandler = new TreeMap<>();
        for (final String exchange : ProcessCluster.words(node.ask("exchanges"))) {
            final String handler = exchange.substring(0, exchange.indexOf(':'));
            byHandler.put(handler, exchange);
        }
        return byHandler;
    }

    private static Set<String> handlers(final String exchanges) {
        final Set<String> handlers = new TreeSet<>();
        ProcessCluster.words(exchanges).forEach(exchange -> handlers.add(exchange.substring(0, exchange.indexOf(':'))));
        return handlers;
    }
}
