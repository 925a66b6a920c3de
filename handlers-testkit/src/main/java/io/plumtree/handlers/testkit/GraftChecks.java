package io.plumtree.handlers.testkit;

import io.plumtree.handlers.spi.GraftResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Whether graft finds what it should, and nothing else. */
final class GraftChecks {
    private static final int FAR_OFFSET = 4096 + Scratch.DEFAULT_OFFSET;
    private static final int[] OFFSETS = {0, Scratch.DEFAULT_OFFSET, FAR_OFFSET};

    private GraftChecks() {
    }

    static void merged(final ContractCluster cluster) {
        final List<TestMessage> messages = new ArrayList<>(cluster.messages("alpha", ContractCluster.MESSAGE_COUNT));
        messages.addAll(cluster.messages("beta", ContractCluster.MESSAGE_COUNT));
        final TestNode receiver = cluster.node("receiver");
        messages.forEach(message -> cluster.merge(receiver, message));
        Collections.shuffle(messages, cluster.random);
        messages.forEach(message -> checkFound(cluster, receiver, message, ""));
    }

    static void ownBroadcasts(final ContractCluster cluster) {
        final TestNode origin = cluster.node("origin");
        cluster.messages(origin, ContractCluster.MESSAGE_COUNT)
            .forEach(message -> checkFound(cluster, origin, message, "at its origin, "));
    }

    /** Whether a message that is here is found, with its payload, or is subsumed. */
    static void checkFound(
        final ContractCluster cluster, final TestNode node, final TestMessage message, final String where) {
        final GraftResult result = cluster.graft(node, message);
        if (result == GraftResult.STALE && cluster.contract().isSubsuming()) {
            return;
        }
        if (result != GraftResult.PAYLOAD) {
            throw cluster.failure(where + "graft says " + result + " of " + message + ", which is here"
                + (result == GraftResult.STALE ? " (override isSubsuming if newer messages subsume others)" : ""));
        }
        final byte[] grafted = node.grafted();
        if (!Arrays.equals(message.payload(), grafted)) {
            throw cluster.failure(where + "graft of " + message + " has found other bytes: " + TestMessage.hex(grafted)
                + (isNoise(grafted) ? ", as the handler has kept a buffer beyond a call, instead of a copy" : ""));
        }
    }

    private static boolean isNoise(final byte[] bytes) {
        for (final byte each : bytes) {
            if (each != bytes[0]) {
                return false;
            }
        }
        return true;
    }

    static void unknownIds(final ContractCluster cluster) {
        final List<TestMessage> messages = cluster.messages("alpha", 2);
        final TestNode receiver = cluster.node("receiver");
        checkNotFound(cluster, receiver, messages.get(1).id());
        cluster.merge(receiver, messages.get(0));
        checkNotFound(cluster, receiver, messages.get(1).id());
        final Mutations mutations = new Mutations(cluster.random);
        for (final byte[] id : mutations.of(messages.get(0).id())) {
            if (!Arrays.equals(id, messages.get(0).id())) {
                checkNotFound(cluster, receiver, id);
            }
        }
        checkFound(cluster, receiver, messages.get(0), "after grafts of unknown ids, ");
        cluster.checkUsable(receiver, "grafts of unknown ids");
    }

    private static void checkNotFound(final ContractCluster cluster, final TestNode node, final byte[] id) {
        final boolean[] isFound = new boolean[1];
        cluster.verdict("graft of the unknown id " + TestMessage.hex(id), () -> {
            isFound[0] = node.graft(id) == GraftResult.PAYLOAD;
            return true;
        });
        if (isFound[0]) {
            throw cluster.failure(
                "graft has found a payload under an id that was never merged: " + TestMessage.hex(id));
        }
    }

    static void offsets(final ContractCluster cluster) {
        for (final int offset : OFFSETS) {
            final List<TestMessage> messages = cluster.messages("origin-" + offset, OFFSETS.length);
            final TestNode receiver = cluster.node("receiver-" + offset);
            for (final TestMessage message : messages) {
                for (final int other : OFFSETS) {
                    try {
                        checkOffsets(cluster, receiver, message, offset, other);
                    } catch (final AssertionError ex) {
                        throw new AssertionError("with the id at offset " + offset + " in merge, and at offset " + other
                            + " in isStale and graft (are the message's offsets used for everything?): "
                            + ex.getMessage(), ex);
                    }
                }
            }
        }
    }

    private static void checkOffsets(
        final ContractCluster cluster,
        final TestNode receiver,
        final TestMessage message,
        final int offset,
        final int otherOffset) {
        receiver.firstOffset(offset);
        cluster.merge(receiver, message);
        receiver.firstOffset(otherOffset);
        if (!cluster.isStale(receiver, message)) {
            throw cluster.failure("isStale says false of " + message + ", which was merged");
        }
        checkFound(cluster, receiver, message, "");
    }
}
