package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.TransportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** A transport with what it received and what its error handler was told; run by the test's thread. */
final class TestNode implements AutoCloseable {
    static final int MAX_FRAME_LENGTH = 1_310_720;
    private static final int FRAME_LIMIT = 16;

    final AeronTransport transport;
    final List<byte[]> received = new ArrayList<>();
    final Queue<Throwable> errors;
    FrameHandler handler = (buffer, offset, length) -> {
        final byte[] frame = new byte[length];
        buffer.getBytes(offset, frame);
        received.add(frame);
        return true;
    };
    boolean isPolling = true;

    private TestNode(final AeronTransport transport, final Queue<Throwable> errors) {
        this.transport = transport;
        this.errors = errors;
    }

    static TestNode launch() {
        return launch("localhost:0", new AeronTransportOptions().closeTimeoutNs(0));
    }

    static TestNode launch(final String endpoint, final AeronTransportOptions options) {
        return launch(endpoint, options, MAX_FRAME_LENGTH);
    }

    static TestNode launch(final String endpoint, final AeronTransportOptions options, final int maxFrameLength) {
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        return new TestNode(AeronTransport.launch(
            new TransportContext(endpoint, maxFrameLength, options.toMap(), errors::add)), errors);
    }

    int cycle() {
        return transport.doWork(System.nanoTime()) + (isPolling ? transport.poll(handler, FRAME_LIMIT) : 0);
    }

    String endpoint() {
        return transport.localEndpoint();
    }

    Link connect(final TestNode peer) {
        return transport.connect(peer.endpoint());
    }

    Link connect(final TestNode peer, final int channel) {
        return transport.connect(peer.endpoint(), channel);
    }

    long counter(final TransportCounter counter) {
        return transport.counters().get(counter);
    }

    @Override
    public void close() {
        transport.close();
        assertEquals(List.of(), List.copyOf(errors), "errors of " + transport);
    }

    static int send(final Link link, final byte[] frame) {
        return link.send(new UnsafeBuffer(frame), 0, frame.length, null, 0, 0);
    }

    /** Sends however often it takes, while the nodes run. */
    static void sendFully(final Link link, final byte[] frame, final TestNode... nodes) {
        await("frame of " + frame.length + " bytes accepted",
            () -> send(link, frame) == SendResult.ACCEPTED, nodes);
    }

    static void await(final String what, final BooleanSupplier condition, final TestNode... nodes) {
        awaitWithin(60_000, what, condition, nodes);
    }

    /** Runs the nodes until the condition holds; tells how many milliseconds it took. */
    static long awaitWithin(
        final long timeoutMs, final String what, final BooleanSupplier condition, final TestNode... nodes) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > timeoutMs * 1_000_000) {
                throw new AssertionError("not within " + timeoutMs + " ms: " + what);
            }
            run(nodes);
        }
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    static void runFor(final long durationMs, final TestNode... nodes) {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < durationMs * 1_000_000) {
            run(nodes);
        }
    }

    private static void run(final TestNode... nodes) {
        int workCount = 0;
        for (final TestNode node : nodes) {
            workCount += node.cycle();
        }
        if (workCount == 0) {
            Thread.yield();
        }
    }
}
