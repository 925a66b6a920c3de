package io.plumtree.node.pipe;

import io.plumtree.api.BroadcastResult;
import io.plumtree.handlers.pubsub.Publisher;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what arrives, and confirms it once it is written. Runs on a thread of its own, so that a slow reader of the
 * output does not hold up the engine.
 */
final class LinePrinter implements Runnable, MessageHandler {
    private static final int DRAIN_LIMIT = 1024;
    /** Rounds without work, some milliseconds in all, after which the thread waits to be woken. */
    private static final int IDLE_ROUNDS = 40;
    private static final long MAX_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int FIRST_LENGTH = 4096;

    private final Inbox inbox;
    private final OutputStream out;
    private final Publisher confirmations;
    private final BooleanSupplier isReady;
    private final Inbox.GapConsumer onGap;
    private final Consumer<IOException> onFailure;
    private byte[] bytes = new byte[FIRST_LENGTH];
    private final UnsafeBuffer answer = new UnsafeBuffer(new byte[Control.LENGTH]);
    private final Map<Long, long[]> readyQuestions = new HashMap<>();
    private volatile boolean isClosing;
    private boolean isBroken;

    /**
     * A printer that is to run.
     *
     * @param inbox         what to print.
     * @param out           where to; this class buffers nothing, and flushes when there is nothing more.
     * @param confirmations publishes to {@link Control#TOPIC}.
     * @param isReady       whether this node has found its peers.
     * @param onGap         told of gaps.
     * @param onFailure     called once when the output can't be written to any more.
     */
    LinePrinter(
        final Inbox inbox,
        final OutputStream out,
        final Publisher confirmations,
        final BooleanSupplier isReady,
        final Inbox.GapConsumer onGap,
        final Consumer<IOException> onFailure) {
        this.inbox = inbox;
        this.out = out;
        this.confirmations = confirmations;
        this.isReady = isReady;
        this.onGap = onGap;
        this.onFailure = onFailure;
    }

    /** Has {@link #run()} return once what has arrived is written. */
    void close() {
        isClosing = true;
        inbox.wakeUp();
    }

    @Override
    public void run() {
        final IdleStrategy idle = Control.idleStrategy();
        boolean isFlushed = true;
        int idleRounds = 0;
        while (true) {
            final boolean isLast = isClosing;
            int workCount = inbox.drain(this, DRAIN_LIMIT);
            if (workCount > 0) {
                isFlushed = false;
            } else if (!isFlushed) {
                flush();
                isFlushed = true;
            } else if (isLast) {
                return;
            }
            workCount += answerWhenReady();
            idleRounds = workCount > 0 || !readyQuestions.isEmpty() ? 0 : idleRounds + 1;
            if (idleRounds > IDLE_ROUNDS) {
                inbox.await(MAX_WAIT_NS);
            } else {
                idle.idle(workCount);
            }
        }
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        switch (type) {
            case Inbox.LINE -> print(buffer, index, length);
            case Inbox.QUESTION -> onQuestion(buffer, index);
            case Inbox.GAP -> Inbox.decodeGap(buffer, index, onGap);
            default -> throw new IllegalStateException("unknown type " + type);
        }
    }

    private void print(final MutableDirectBuffer buffer, final int index, final int length) {
        if (isBroken) {
            return;
        }
        if (length >= bytes.length) {
            bytes = new byte[Integer.highestOneBit(length) << 1];
        }
        buffer.getBytes(index, bytes, 0, length);
        bytes[length] = '\n';
        try {
            out.write(bytes, 0, length + 1);
        } catch (final IOException ex) {
            onBroken(ex);
        }
    }

    private void flush() {
        try {
            if (!isBroken) {
                out.flush();
            }
        } catch (final IOException ex) {
            onBroken(ex);
        }
    }

    private void onBroken(final IOException failure) {
        isBroken = true;
        onFailure.accept(failure);
    }

    private void onQuestion(final MutableDirectBuffer buffer, final int index) {
        final long origin = Control.origin(buffer, index);
        final long incarnation = Control.incarnation(buffer, index);
        final long number = Control.number(buffer, index);
        if (Control.kind(buffer, index) == Control.ASK_READY) {
            readyQuestions.put(origin, new long[] {incarnation, number});
        } else {
            flush();
            confirm(origin, incarnation, number);
        }
    }

    private int answerWhenReady() {
        if (readyQuestions.isEmpty() || !isReady.getAsBoolean()) {
            return 0;
        }
        final Iterator<Map.Entry<Long, long[]>> questions = readyQuestions.entrySet().iterator();
        while (questions.hasNext()) {
            final Map.Entry<Long, long[]> question = questions.next();
            confirm(question.getKey(), question.getValue()[0], question.getValue()[1]);
            questions.remove();
        }
        return 1;
    }

    private void confirm(final long origin, final long incarnation, final long number) {
        if (isBroken) {
            return;
        }
        Control.encode(answer, Control.CONFIRM, origin, incarnation, number);
        final IdleStrategy idle = Control.idleStrategy();
        while (confirmations.publish(answer, 0, Control.LENGTH) == BroadcastResult.BACK_PRESSURED && !isClosing) {
            idle.idle();
        }
    }
}
