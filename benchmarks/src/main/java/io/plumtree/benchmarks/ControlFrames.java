package io.plumtree.benchmarks;

import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames of announcements, acknowledgements or grafts, 32 in each, for messages in a row. */
final class ControlFrames {
    /** How many messages they name. */
    static final int ENTRIES = 4096;

    private static final int FRAME_ENTRIES = 32;

    private final FrameBatch[] frames;
    private final UnsafeBuffer id = new UnsafeBuffer(new byte[MessageFrame.ID_LENGTH]);
    private final MessageKey key = new MessageKey();
    private final long root;
    private final int handler;

    /** From a peer, of one kind, for messages such as a given one. */
    ControlFrames(final MemoryPeer from, final ControlMessage kind, final MessageFrame message) {
        frames = Stream.generate(() -> from.batch(kind)).limit(ENTRIES / FRAME_ENTRIES).toArray(FrameBatch[]::new);
        root = message.root();
        handler = message.handler();
        MessageFrame.putId(id, 0, root);
    }

    /** Makes them name the messages of certain numbers. */
    void name(final long firstSequence) {
        long sequence = firstSequence;
        for (final FrameBatch frame : frames) {
            frame.clear();
            for (int i = 0; i < FRAME_ENTRIES; i++) {
                MessageFrame.putSequence(id, 0, sequence++);
                // The round in which the node passes the message on.
                key.set(root, MessageFrame.ROUND + 1, handler).id().wrap(id, 0, MessageFrame.ID_LENGTH);
                if (!frame.append(key, handler)) {
                    throw new IllegalStateException("no room for " + FRAME_ENTRIES + " entries");
                }
            }
        }
    }

    /** They come, and duty cycles take them in, in no time. */
    int receive(final MeasuredNode node) {
        for (final FrameBatch frame : frames) {
            node.deliver(frame.buffer(), frame.length());
        }
        return node.drain();
    }
}
