package io.plumtree.handlers.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Whether merge and isStale do what the SPI says. */
final class MergeChecks {
    private MergeChecks() {
    }

    static void newOnce(final ContractCluster cluster) {
        final List<TestMessage> messages = shuffled(cluster);
        final TestNode receiver = cluster.node("receiver");
        for (final TestMessage message : messages) {
            final boolean isNew = cluster.merge(receiver, message);
            if (!isNew && !cluster.contract().isSubsuming()) {
                throw cluster.failure("merge said false (old) of a new " + message);
            }
            checkOld(cluster, receiver, message, "right after it was merged");
        }
        Collections.shuffle(messages, cluster.random);
        for (final TestMessage message : messages) {
            checkOld(cluster, receiver, message, "when it came again after others");
        }
        cluster.checkNoErrors(receiver, "while merging well-formed messages");
    }

    private static void checkOld(
        final ContractCluster cluster, final TestNode receiver, final TestMessage message, final String when) {
        final Object before = cluster.visibleState(receiver);
        if (cluster.merge(receiver, message)) {
            throw cluster.failure("merge said true (new) " + when + ", of " + message
                + ": peers would pass it on for ever (is the id, or its buffer, kept instead of a copy?)");
        }
        final Object after = cluster.visibleState(receiver);
        if (!Objects.equals(before, after)) {
            throw cluster.failure("merging a message that was here already has changed what the application sees, from "
                + before + " to " + after + ", by " + message);
        }
    }

    static void staleAgreesWithMerge(final ContractCluster cluster) {
        final TestNode receiver = cluster.node("receiver");
        for (final TestMessage message : shuffled(cluster)) {
            final boolean isStale = cluster.isStale(receiver, message);
            if (cluster.isStale(receiver, message) != isStale) {
                throw cluster.failure("isStale has changed its mind from " + isStale
                    + ", though nothing was merged between: it must not take note of the id of " + message);
            }
            if (isStale && !cluster.contract().isSubsuming()) {
                throw cluster.failure("isStale said true of a message that was never merged: " + message);
            }
            final boolean isNew = cluster.merge(receiver, message);
            if (isNew == isStale) {
                throw cluster.failure("isStale said " + isStale + ", but then merge said " + isNew + " of " + message
                    + ": a message must be stale exactly when merge would say false");
            }
            if (!cluster.isStale(receiver, message)) {
                throw cluster.failure("isStale says false of a message that was merged: " + message
                    + " (is the id, or its buffer, kept instead of a copy?)");
            }
        }
    }

    static void ownBroadcasts(final ContractCluster cluster) {
        final TestNode node = cluster.node("origin");
        final List<TestMessage> messages = cluster.messages(node, ContractCluster.MESSAGE_COUNT);
        for (final TestMessage message : messages) {
            if (!cluster.isStale(node, message)) {
                throw cluster.failure("isStale says false of a message that this node has broadcast: " + message
                    + ": onBroadcast must store it");
            }
            if (cluster.merge(node, message)) {
                throw cluster.failure("merge said true (new) of a message that this node has broadcast: " + message);
            }
            checkDistinct(cluster, message, messages);
        }
    }

    private static void checkDistinct(
        final ContractCluster cluster, final TestMessage message, final List<TestMessage> messages) {
        for (final TestMessage other : messages) {
            if (other != message && Arrays.equals(other.id(), message.id())) {
                throw cluster.failure("two broadcasts have the same id: " + message + " and " + other);
            }
        }
    }

    private static List<TestMessage> shuffled(final ContractCluster cluster) {
        final List<TestMessage> messages = new ArrayList<>(cluster.messages("alpha", ContractCluster.MESSAGE_COUNT));
        messages.addAll(cluster.messages("beta", ContractCluster.MESSAGE_COUNT));
        Collections.shuffle(messages, cluster.random);
        return messages;
    }
}
