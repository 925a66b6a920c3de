package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import io.plumtree.api.transport.TransportContext;
import io.plumtree.harness.LoopbackPorts;
import io.plumtree.harness.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** A transport with what it received and what its error handler was told; run by the test's thread. */
final class TestNode implements AutoCloseable {
    static final int MAX_FRAME_LENGTH = 1_310_720;
    /** Longer than the default of any timeout, for tests which show that something happens without it. */
    static final long LONG_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long PATIENCE_S = 60;
    private static final int FRAME_LIMIT = 16;

    final AeronTransport transport;
    final List<byte[]> received = new ArrayList<>();
    final Queue<Throwable> errors;
    FrameHandler handler = (session, buffer, offset, length) -> {
        final byte[] frame = new byte[length];
        buffer.getBytes(offset, frame);
        received.add(frame);
        session.confirm();
        return true;
    };
    boolean isPolling = true;
    /** Done at each cycle. */
    final List<Runnable> beside = new ArrayList<>();

    private TestNode(final AeronTransport transport, final Queue<Throwable> errors) {
        this.transport = transport;
        this.errors = errors;
    }

    static TestNode launch() {
        return launch(leasedEndpoint(), new AeronTransportOptions().closeTimeoutNs(0));
    }

    /** Where the test can listen again later: nobody else is given the port meanwhile. */
    static String leasedEndpoint() {
        try {
            return LoopbackPorts.leaseEndpoint();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static TestNode launch(final String endpoint, final AeronTransportOptions options) {
        return launch(endpoint, options, MAX_FRAME_LENGTH);
    }

    static TestNode launch(final String endpoint, final AeronTransportOptions options, final int maxFrameLength) {
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        if (options.sessions().unconfirmedTimeoutNs() == AeronSessionOptions.UNCONFIRMED_TIMEOUT_NS_DEFAULT) {
            // Where a test has a handler of its own, or sends nothing, nobody confirms its senders.
            options.sessions().unconfirmedTimeoutNs(LONG_NS);
        }
        return new TestNode(AeronTransport.launch(
            new TransportContext(endpoint, maxFrameLength, options.toMap(), errors::add)), errors);
    }

    int cycle() {
        beside.forEach(Runnable::run);
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
        final Patience patience = new Patience(PATIENCE_S);
        while (!condition.getAsBoolean()) {
            if (patience.isOver()) {
                throw new AssertionError("waited in vain: " + what);
            }
            run(nodes);
        }
    }

    /** Runs the nodes for so long, a thousand cycles each second at least, however long the machine stands still. */
    static void runFor(final long durationMs, final TestNode... nodes) {
        long lastNs = System.nanoTime();
        long ranNs = 0;
        while (ranNs < durationMs * 1_000_000) {
            run(nodes);
            final long nowNs = System.nanoTime();
            ranNs += Math.min(nowNs - lastNs, 1_000_000);
            lastNs = nowNs;
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
