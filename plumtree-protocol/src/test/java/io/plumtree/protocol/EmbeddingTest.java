package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The page's example is compiled code, and works. */
class EmbeddingTest {
    private static final long[] MEMBERS = {1, 2, 3};

    private final Queue<Runnable> frames = new ArrayDeque<>();
    private final Node[] nodes = {new Node(0), new Node(1), new Node(2)};
    private long nowNs;

    @Test
    void shouldBringAMessageToAllAndThenOnceOnly() {
        for (final Node node : nodes) {
            for (final long other : MEMBERS) {
                if (other != node.id()) {
                    node.core.onConnected(other, nowNs);
                }
            }
        }
        for (int id = 1; id <= 5; id++) {
            nodes[0].publish(id);
            for (int cycle = 0; cycle < 100; cycle++) {
                nowNs += 1_000_000;
                while (!frames.isEmpty()) {
                    frames.remove().run();
                }
                for (final Node node : nodes) {
                    node.core.onCycle(nowNs);
                }
            }
        }
        for (final Node node : nodes) {
            assertEquals(Set.of(1L, 2L, 3L, 4L, 5L), node.stored);
        }
        assertFalse(nodes[1].isDuplicateOfTheLast || nodes[2].isDuplicateOfTheLast, "a tree has no cycle");
    }

    @Test
    void shouldBeOnThePageAsItIsCompiled() throws IOException {
        final String source = Files.readString(
            Path.of("src/test/java/io/plumtree/protocol/EmbeddedCore.java"));
        final String page = Files.readString(
            Path.of("src/main/java/io/plumtree/protocol/package-info.java"));
        final String shown = page.lines().dropWhile(line -> !line.contains("<pre>{@code"))
            .skip(1).takeWhile(line -> !line.contains("}</pre>"))
            .map(line -> line.length() > 3 ? line.substring(3) : "").collect(Collectors.joining("\n"));
        assertTrue(shown.lines().count() > 20, "where is the code? " + shown);
        assertTrue(source.contains(shown), "not what is compiled: " + shown);
    }

    private final class Node implements PlumtreeEffects {
        private final int index;
        private final EmbeddedCore core;
        private final Set<Long> stored = new HashSet<>();
        private boolean isDuplicateOfTheLast;

        Node(final int index) {
            this.index = index;
            core = new EmbeddedCore(id(), MEMBERS, this, 0);
        }

        private long id() {
            return MEMBERS[index];
        }

        private void publish(final long id) {
            stored.add(id);
            core.publish(idOf(id), nowNs);
        }

        private static UnsafeBuffer idOf(final long id) {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Long.BYTES]);
            buffer.putLong(0, id);
            return buffer;
        }

        private Node to(final int peer) {
            return nodes[(int) core.peer(peer) - 1];
        }

        @Override
        public boolean isWritable(final int peer, final int channel) {
            return true;
        }

        @Override
        public boolean isAdmissible(final int peer, final int channel) {
            return true;
        }

        @Override
        public int merge(final Broadcast broadcast) {
            final long id = Messages.id(broadcast.key());
            final boolean isNew = stored.add(id);
            isDuplicateOfTheLast |= !isNew && id == 5;
            return isNew ? NEW : STALE;
        }

        @Override
        public int isStale(final MessageKey key) {
            return stored.contains(Messages.id(key)) ? STALE : NEW;
        }

        @Override
        public int graft(final int peer, final MessageKey key) {
            if (!stored.contains(Messages.id(key))) {
                return UNKNOWN;
            }
            return peer == Peers.NO_PEER ? FOUND : push(peer, key.round(), key) ? SERVED : FOUND;
        }

        @Override
        public boolean sendGossip(final int peer, final int round, final Broadcast broadcast) {
            return push(peer, round, broadcast.key());
        }

        private boolean push(final int peer, final int round, final MessageKey key) {
            final Node to = to(peer);
            final long root = key.root();
            final UnsafeBuffer id = idOf(Messages.id(key));
            return frames.add(() -> assertTrue(to.core.onPayload(id(), root, round, id, nowNs)));
        }

        @Override
        public boolean sendControl(final ControlMessage type, final int peer, final MessageKey key) {
            final Node to = to(peer);
            final long root = key.root();
            final int round = key.round();
            final UnsafeBuffer id = idOf(Messages.id(key));
            return frames.add(() -> to.core.onControl(type, id(), root, round, id, nowNs));
        }

        @Override
        public boolean sendQuench(final int peer, final long root, final int handler) {
            return true;
        }

        @Override
        public void onExchangeNeeded(final int peer) {
            throw new AssertionError("nothing is lost here");
        }
    }
}
