package io.plumtree.benchmarks;

import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A node whose messages all come from one peer, their root, and go to {@link Receivers}. */
final class Relay implements AutoCloseable {
    final MeasuredNode node;
    final Receivers receivers;
    final MessageFrame frame;

    private final MemoryPeer upstream = new MemoryPeer("upstream");
    private final MeasuredHandler handler;
    private long sequence;

    /**
     * A node in whose tree of that root every peer has its place.
     *
     * @param handlerName   the handler, see {@link MeasuredHandler}.
     * @param protocol      the protocol's options.
     * @param eagerCount    how many eager peers messages go to.
     * @param payloadLength of each message, in bytes.
     */
    Relay(
        final String handlerName, final PlumtreeOptions protocol, final int eagerCount, final int payloadLength) {
        receivers = new Receivers(eagerCount);
        handler = new MeasuredHandler(handlerName, payloadLength);
        node = new MeasuredNode(
            Map.of(handlerName, handler.handler()), protocol,
            Stream.concat(Stream.of(upstream), receivers.eagers.stream()).toList(), List.of(receivers.lazy));
        frame = new MessageFrame(upstream, handlerName, payloadLength);
        // The second message gives the root a tree of its own, in which every link is eager at first.
        receive();
        receive();
        receivers.lazy.prune(frame);
        node.settle();
    }

    /** The next message comes, and is taken in by a duty cycle. */
    int receive() {
        frame.sequence(++sequence);
        return node.receive(frame);
    }

    /** The number of the last message. */
    long sequence() {
        return sequence;
    }

    /** Frames from the lazy peer that name a message in each of their entries. */
    ControlFrames controlFrames(final ControlMessage kind) {
        return new ControlFrames(receivers.lazy, kind, frame);
    }

    /** Fails unless each message was taken in once, and none went back. */
    void check() {
        node.settle();
        Receivers.check("delivered", sequence, handler.delivered());
        Receivers.check("the root was told", 0, upstream.payloads + upstream.announcements + upstream.others);
    }

    @Override
    public void close() {
        node.close();
    }
}
