package io.plumtree.node.pipe;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What nodes of the command line tell each other on a topic of their own, and how.
 *
 * <p>A node that publishes a stream asks from time to time: <i>have you all that I published before this?</i> As the
 * order of an origin's messages runs over all its topics, a node that gets the question has been given what was
 * before it; when that is written, too, it confirms. So a publisher knows when it may end, and does not run further
 * ahead than can still be repaired. Before its first line it asks whether the others have found all their peers.
 * <pre>
 *   0        8        16           24       32
 *   +--------+--------+------------+--------+
 *   | kind   | origin | incarnation| number |   little-endian; of a question, origin and incarnation are 0
 *   +--------+--------+------------+--------+
 * </pre>
 */
final class Control {
    /** The topic. */
    static final String TOPIC = "io.plumtree.node.control";
    /** Asks whether everything before this is here. */
    static final long ASK_RECEIVED = 1;
    /** Asks whether all peers have been found. */
    static final long ASK_READY = 2;
    /** Answers both. */
    static final long CONFIRM = 3;
    /** Length of each of them. */
    static final int LENGTH = 4 * BitUtil.SIZE_OF_LONG;

    private static final int KIND_OFFSET = 0;
    private static final int ORIGIN_OFFSET = 8;
    private static final int INCARNATION_OFFSET = 16;
    private static final int NUMBER_OFFSET = 24;

    private Control() {
    }

    static long kind(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + KIND_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static long origin(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + ORIGIN_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static long incarnation(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + INCARNATION_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static long number(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + NUMBER_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static void encode(
        final UnsafeBuffer buffer, final long kind, final long origin, final long incarnation, final long number) {
        buffer.putLong(KIND_OFFSET, kind, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(ORIGIN_OFFSET, origin, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(INCARNATION_OFFSET, incarnation, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(NUMBER_OFFSET, number, ByteOrder.LITTLE_ENDIAN);
    }

    /** Pauses short enough for a terminal, long enough to leave a small machine's cores to the engines. */
    static IdleStrategy idleStrategy() {
        return new BackoffIdleStrategy(10, 20, 1_000, 1_000_000);
    }
}
