package io.plumtree.handlers.testkit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends all messages, each as id and payload, and then an empty one; the initiator completes when both have. */
class SetExchange implements ExchangeListener {
    final List<ExchangeEnd> ends = new ArrayList<>();
    final SetHandler handler;
    final ExchangeSession session;
    final Queue<byte[]> toSend = new ArrayDeque<>();
    int refusedCount;
    private final Message message = new Message();
    private boolean isAllHere;

    SetExchange(final SetHandler handler, final ExchangeSession session) {
        this.handler = handler;
        this.session = session;
        for (final Map.Entry<SetHandler.Id, byte[]> entry : handler.payloadById.entrySet()) {
            toSend.add(encoded(entry.getKey(), entry.getValue()));
        }
        toSend.add(new byte[0]);
    }

    static byte[] encoded(final SetHandler.Id id, final byte[] payload) {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[SetHandler.ID_LENGTH + payload.length]);
        message.putLong(0, id.origin(), LITTLE_ENDIAN);
        message.putLong(Long.BYTES, id.sequence(), LITTLE_ENDIAN);
        message.putBytes(SetHandler.ID_LENGTH, payload);
        return message.byteArray();
    }

    Message message(final DirectBuffer buffer, final int offset, final int length) {
        return message.wrap(
            buffer, offset, SetHandler.ID_LENGTH, offset + SetHandler.ID_LENGTH, length - SetHandler.ID_LENGTH);
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (length == 0) {
            isAllHere = true;
        } else if (length <= SetHandler.ID_LENGTH) {
            throw new MalformedMessageException("message of " + length + " bytes");
        } else {
            handler.merge(message(buffer, offset, length));
        }
    }

    @Override
    public int doWork(final long nowNs) {
        int workCount = 0;
        while (!toSend.isEmpty() && session.send(new UnsafeBuffer(toSend.peek()), 0, toSend.peek().length)) {
            toSend.remove();
            workCount++;
        }
        refusedCount += toSend.isEmpty() ? 0 : 1;
        if (isAllHere && toSend.isEmpty() && session.isInitiator()) {
            session.complete();
        }
        return workCount;
    }

    @Override
    public void onEnd(final ExchangeEnd end) {
        ends.add(end);
    }
}
