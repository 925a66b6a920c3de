package io.plumtree.engine.query;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.AnswerPart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A query that waits to be sent, or for its answer. */
final class PendingQuery<T, R> {
    /** Most entries of an answer: more members than that there can't be. */
    private static final int MAX_ENTRIES = 65_537;

    final long correlation;
    final QueryTarget target;
    final Question<T, R> question;
    final long deadlineNs;
    final CompletableFuture<R> answer;
    boolean isSent;
    /** When it was sent last. */
    long sentNs;
    private final List<T> entries = new ArrayList<>();
    /** Who answers, from the first part on. */
    private NodeId node;
    private int nextPart;

    PendingQuery(
        final long correlation,
        final QueryTarget target,
        final Question<T, R> question,
        final long deadlineNs,
        final CompletableFuture<R> answer) {
        this.correlation = correlation;
        this.target = target;
        this.question = question;
        this.deadlineNs = deadlineNs;
        this.answer = answer;
        this.node = target.node();
    }

    /** Takes the next part; false if it is another one, or of another node. */
    boolean add(final AnswerPart<T> part) {
        if (node != null && !node.equals(part.node()) || part.part() != nextPart ||
            entries.size() + part.entries().size() > MAX_ENTRIES) {
            return false;
        }
        node = part.node();
        nextPart++;
        entries.addAll(part.entries());
        return true;
    }

    /** Whether a part of its answer has come. */
    boolean isBeingAnswered() {
        return nextPart > 0;
    }

    boolean isFrom(final long sender) {
        return node == null || node.value() == sender;
    }

    /** On another thread than the caller's. */
    void complete() {
        final NodeId from = node;
        answer.completeAsync(() -> question.result().apply(from, entries));
    }

    /** On another thread than the caller's. */
    void fail(final Throwable error) {
        try {
            CompletableFuture.runAsync(() -> answer.completeExceptionally(error));
        } catch (final OutOfMemoryError ex) {
            // There may be no room for another thread. Whoever waits must not wait for ever.
            answer.completeExceptionally(error);
        }
    }
}
