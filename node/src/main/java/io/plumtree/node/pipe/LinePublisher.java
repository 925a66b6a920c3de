package io.plumtree.node.pipe;

import io.plumtree.api.BroadcastResult;
import io.plumtree.handlers.pubsub.Publisher;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes each line of a stream, and never runs further ahead of the slowest subscriber than the others retain for
 * repair. For one thread.
 */
final class LinePublisher {
    /** Lines between two questions; times {@link #OPEN_QUESTIONS} well below what pubsub retains by default. */
    private static final int QUESTION_LINES = 2048;
    /** Bytes between two questions; likewise. */
    private static final long QUESTION_BYTES = 512 * 1024;
    /** How many questions may be unanswered. */
    private static final int OPEN_QUESTIONS = 4;

    private final Publisher publisher;
    private final Questions questions;
    private final boolean isSkipping;
    private final Consumer<String> log;
    private final BooleanSupplier isStopped;
    private final IdleStrategy idle = Control.idleStrategy();
    private final UnsafeBuffer line = new UnsafeBuffer(0, 0);
    private volatile long published;
    private long skipped;

    /**
     * A publisher of lines.
     *
     * @param publisher  where they go.
     * @param questions  keeps the pace.
     * @param isSkipping whether lines that are too long are left out; otherwise they end the input.
     * @param log        gets warnings.
     * @param isStopped  whether to give up.
     */
    LinePublisher(
        final Publisher publisher,
        final Questions questions,
        final boolean isSkipping,
        final Consumer<String> log,
        final BooleanSupplier isStopped) {
        this.publisher = publisher;
        this.questions = questions;
        this.isSkipping = isSkipping;
        this.log = log;
        this.isStopped = isStopped;
    }

    /**
     * Publishes a stream to its end.
     *
     * @param in the stream.
     * @return false if a line was too long, or the node was stopped.
     * @throws IOException if the stream can't be read.
     */
    boolean publish(final InputStream in) throws IOException {
        final LineReader reader = new LineReader(in, publisher.maxLength());
        long linesSince = 0;
        long bytesSince = 0;
        while (reader.next()) {
            if (reader.isTooLong()) {
                log.accept("line " + reader.lineNumber() + " has " + reader.lineLength() + " bytes; the longest"
                    + " that can be published has " + publisher.maxLength() + (isSkipping ? "; left out" : ""));
                if (!isSkipping) {
                    return false;
                }
                skipped++;
                continue;
            }
            if (!publishLine(reader)) {
                return false;
            }
            linesSince++;
            bytesSince += reader.lineLength();
            if (linesSince >= QUESTION_LINES || bytesSince >= QUESTION_BYTES) {
                linesSince = 0;
                bytesSince = 0;
                questions.await(questions.ask(Control.ASK_RECEIVED) - OPEN_QUESTIONS);
            }
        }
        return !isStopped.getAsBoolean();
    }

    /** How many lines have been published. Any thread. */
    long published() {
        return published;
    }

    /** How many lines have been left out. */
    long skipped() {
        return skipped;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void publishedIncrement() {
        published = published + 1;
    }

    private boolean publishLine(final LineReader reader) {
        line.wrap(reader.buffer(), reader.lineOffset(), (int) reader.lineLength());
        long result = publisher.publish(line, 0, line.capacity());
        while (result == BroadcastResult.BACK_PRESSURED && !isStopped.getAsBoolean()) {
            idle.idle();
            result = publisher.publish(line, 0, line.capacity());
        }
        idle.reset();
        if (result < 0) {
            if (!isStopped.getAsBoolean()) {
                log.accept("line " + reader.lineNumber() + " can't be published: " + BroadcastResult.name(result));
            }
            return false;
        }
        publishedIncrement();
        return true;
    }
}
