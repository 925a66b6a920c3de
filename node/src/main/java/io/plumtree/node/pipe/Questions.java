package io.plumtree.node.pipe;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.Durations;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.pubsub.Publisher;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks the peers how far they are, and waits for their answers. For one thread, the one that publishes. */
final class Questions {
    private final Publisher publisher;
    private final Confirmations confirmations;
    private final long patienceNs;
    private final Consumer<String> log;
    private final BooleanSupplier isStopped;
    private final UnsafeBuffer question = new UnsafeBuffer(new byte[Control.LENGTH]);
    private long lastNumber;
    private boolean hasGivenUp;

    /**
     * Nothing asked so far.
     *
     * @param publisher     publishes to {@link Control#TOPIC}.
     * @param confirmations the answers.
     * @param patience      how long to wait for a peer that makes no progress.
     * @param log           gets warnings.
     * @param isStopped     whether to give up.
     */
    Questions(
        final Publisher publisher,
        final Confirmations confirmations,
        final Duration patience,
        final Consumer<String> log,
        final BooleanSupplier isStopped) {
        this.publisher = publisher;
        this.confirmations = confirmations;
        this.patienceNs = patience.toNanos();
        this.log = log;
        this.isStopped = isStopped;
    }

    /**
     * Asks.
     *
     * @param kind the kind of question.
     * @return its number.
     */
    long ask(final long kind) {
        lastNumber++;
        Control.encode(question, kind, 0, 0, lastNumber);
        final IdleStrategy idle = Control.idleStrategy();
        while (publisher.publish(question, 0, Control.LENGTH) == BroadcastResult.BACK_PRESSURED
            && !isStopped.getAsBoolean()) {
            idle.idle();
        }
        return lastNumber;
    }

    /**
     * Waits until everybody who takes part has confirmed a question. Whoever makes no progress for too long is named,
     * and is not waited for any more.
     *
     * @param number the question's number.
     */
    void await(final long number) {
        if (idleUntilConfirmed(number) || isStopped.getAsBoolean()) {
            return;
        }
        final List<NodeId> missing = confirmations.missing(number);
        missing.forEach(confirmations::exclude);
        if (!missing.isEmpty()) {
            hasGivenUp = true;
            log.accept("no longer waiting for " + missing + ": nothing confirmed for "
                + Durations.format(patienceNs));
        }
    }

    /** Whether somebody was given up, and may lack something. */
    boolean hasGivenUp() {
        return hasGivenUp;
    }

    private boolean idleUntilConfirmed(final long number) {
        final IdleStrategy idle = Control.idleStrategy();
        long progress = confirmations.progress();
        long sinceNs = System.nanoTime();
        while (!confirmations.isConfirmed(number)) {
            final long nowNs = System.nanoTime();
            if (confirmations.progress() != progress) {
                progress = confirmations.progress();
                sinceNs = nowNs;
            }
            if (nowNs - sinceNs > patienceNs || isStopped.getAsBoolean()) {
                return false;
            }
            idle.idle();
        }
        return true;
    }
}
