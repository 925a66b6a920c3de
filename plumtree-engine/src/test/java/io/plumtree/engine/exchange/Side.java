package io.plumtree.engine.exchange;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One side of an exchange on the engine's thread: sends what a test gives it, and keeps what comes. */
final class Side implements ExchangeListener {
    final ExchangeSession session;
    final Deque<String> toSend = new ArrayDeque<>();
    final List<String> received = new ArrayList<>();
    final List<ExchangeEnd> ends = new ArrayList<>();
    /** Whether to complete once all is sent. */
    boolean isCompleting;
    /** Name of the method that throws; null for none. */
    String failing;
    Consumer<String> onReceived = text -> {
    };

    Side(final ExchangeSession session) {
        this.session = session;
    }

    boolean send(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return session.send(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        checkRuns();
        maybeFail("onMessage");
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final String text = new String(bytes, StandardCharsets.US_ASCII);
        received.add(text);
        onReceived.accept(text);
    }

    @Override
    public int doWork(final long nowNs) {
        checkRuns();
        maybeFail("doWork");
        int count = 0;
        while (!toSend.isEmpty() && send(toSend.peek())) {
            toSend.poll();
            count++;
        }
        if (isCompleting && toSend.isEmpty()) {
            session.complete();
        }
        return count;
    }

    @Override
    public void onEnd(final ExchangeEnd end) {
        ends.add(end);
        if (session.isOpen() || send("x")) {
            throw new AssertionError("open after its end");
        }
        maybeFail("onEnd");
    }

    private void checkRuns() {
        if (!ends.isEmpty() || !session.isOpen()) {
            throw new AssertionError("called after its end");
        }
    }

    private void maybeFail(final String method) {
        if (method.equals(failing)) {
            throw new IllegalStateException("on purpose");
        }
    }
}
