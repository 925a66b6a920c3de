package io.plumtree.engine.exchange;

import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends the frames of exchanges; all methods return false where the link takes nothing now. */
final class Frames {
    private final UnsafeBuffer head = new UnsafeBuffer(new byte[ExchangeFrameEncoder.MAX_HEAD_LENGTH]);
    private final ExchangePort port;
    private final ExchangeFrameEncoder encoder;

    Frames(final ExchangePort port, final long cluster) {
        this.port = port;
        this.encoder = new ExchangeFrameEncoder(cluster, port.self().value());
    }

    boolean open(final RunningExchange session, final long creditLimit) {
        return port.isWritable(session.peer, session.handler) && send(session.peer, session.handler,
            encoder.open(head, 0, session.id, creditLimit, port.handlerHash(session.handler)));
    }

    boolean credit(final RunningExchange session, final long creditLimit) {
        return port.isWritable(session.peer, session.handler) && send(session.peer, session.handler,
            encoder.credit(head, 0, session.id, session.isInitiator, creditLimit));
    }

    boolean close(
        final int peer, final int handler, final long id, final boolean isInitiator, final ExchangeCloseCode code) {
        return port.isWritable(peer, handler) &&
            send(peer, handler, encoder.close(head, 0, id, isInitiator, code));
    }

    boolean data(final RunningExchange session, final DirectBuffer buffer, final int offset, final int length) {
        if (!port.isAdmissible(session.peer, session.handler)) {
            port.onHeldBack(session.peer, session.handler);
            return false;
        }
        final int headLength =
            encoder.dataHead(head, 0, session.id, session.isInitiator, session.sendSequence, length);
        return port.send(session.peer, session.handler, head, headLength, buffer, offset, length);
    }

    private boolean send(final int peer, final int handler, final int length) {
        return port.send(peer, handler, head, length, null, 0, 0);
    }
}
