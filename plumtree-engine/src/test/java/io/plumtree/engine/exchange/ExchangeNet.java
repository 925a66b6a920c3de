package io.plumtree.engine.exchange;

import io.plumtree.api.NodeId;
import io.plumtree.engine.options.ExchangeOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Exchanges of several nodes, joined by links in memory, on the test's time. */
final class ExchangeNet {
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final int MAX_MESSAGE_LENGTH = 4 * 1024;
    static final long CLUSTER = 7;

    final List<ExchangeNode> nodes = new ArrayList<>();
    long nowNs = -500 * MS;
    private final Link[][] links;

    /** One direction between two nodes. */
    static final class Link {
        final Deque<byte[]> frames = new ArrayDeque<>();
        /** Takes nothing. */
        boolean isRefusing;
        /** Has little room: nothing for messages of exchanges. */
        boolean isNarrow;
        /** Takes frames, which wait. */
        boolean isFrozen;
        /** Loses so many of the next frames. */
        int losses;
    }

    ExchangeNet(final int size, final ExchangeOptions options, final String... handlers) {
        links = new Link[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                links[i][j] = new Link();
            }
        }
        for (int i = 0; i < size; i++) {
            nodes.add(new ExchangeNode(this, i, size, options, handlers));
        }
    }

    static NodeId id(final int node) {
        return NodeId.of(String.valueOf((char) ('a' + node)));
    }

    ExchangeNode node(final int index) {
        return nodes.get(index);
    }

    Link link(final int from, final int to) {
        return links[from][to];
    }

    void up(final int one, final int other) {
        node(one).up(other);
        node(other).up(one);
    }

    void down(final int one, final int other) {
        down(one, other, true);
    }

    /** The link goes down since one says goodbye. */
    void part(final int one, final int other) {
        down(one, other, false);
    }

    private void down(final int one, final int other, final boolean mayReturn) {
        link(one, other).frames.clear();
        link(other, one).frames.clear();
        node(one).down(other, mayReturn);
        node(other).down(one, mayReturn);
    }

    void cycle() {
        for (final ExchangeNode node : nodes) {
            node.receive();
            node.exchanges.doWork(nowNs);
        }
    }

    void run(final long ms) {
        for (long i = 0; i < ms; i++) {
            nowNs += MS;
            cycle();
        }
    }

    boolean runUntil(final BooleanSupplier condition) {
        for (int i = 0; i < 200_000 && !condition.getAsBoolean(); i++) {
            run(1);
        }
        return condition.getAsBoolean();
    }
}
