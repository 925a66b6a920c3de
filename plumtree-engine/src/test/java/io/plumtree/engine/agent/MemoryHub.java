package io.plumtree.engine.agent;

import io.plumtree.api.transport.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network in memory: one bounded pipe for each pair of endpoints and channel. Deterministic where its nodes share a
 * thread; safe where each has its own.
 */
public final class MemoryHub {
    private final Map<String, MemoryTransport> listeners = new HashMap<>();
    private final Map<String, MemoryPipe> pipes = new HashMap<>();
    private final AtomicInteger nextPort = new AtomicInteger(10_000);
    private final int pipeLength;

    public MemoryHub(final int pipeLength) {
        this.pipeLength = pipeLength;
    }

    public String nextEndpoint() {
        return "memory:" + nextPort.incrementAndGet();
    }

    public MemoryTransport listen(final String endpoint) {
        final MemoryTransport transport = new MemoryTransport(this, endpoint, pipeLength / 8);
        synchronized (this) {
            if (listeners.putIfAbsent(endpoint, transport) != null) {
                throw new IllegalStateException("in use: " + endpoint);
            }
        }
        listen(transport, Transport.DEFAULT_CHANNEL);
        return transport;
    }

    synchronized void listen(final MemoryTransport transport, final int channel) {
        if (!transport.addChannel(channel)) {
            return;
        }
        pipes.values().stream()
            .filter(pipe -> pipe.to.equals(transport.localEndpoint()) && pipe.channel() == channel)
            .forEach(pipe -> {
                pipe.clear();
                transport.addInbound(pipe);
            });
    }

    /** The pipe between two endpoints on the default channel, made when first asked for. */
    public MemoryPipe pipe(final String from, final String to) {
        return pipe(from, to, Transport.DEFAULT_CHANNEL);
    }

    /** The pipe between two endpoints on a channel, made when first asked for. */
    public synchronized MemoryPipe pipe(final String from, final String to, final int channel) {
        return pipes.computeIfAbsent(from + ">" + to + "#" + channel, key -> {
            final MemoryPipe pipe = new MemoryPipe(this, from, to, channel, pipeLength);
            if (isListening(to, channel)) {
                listeners.get(to).addInbound(pipe);
            }
            return pipe;
        });
    }

    synchronized boolean isListening(final String endpoint, final int channel) {
        final MemoryTransport listener = listeners.get(endpoint);
        return listener != null && listener.isListening(channel);
    }

    synchronized void remove(final MemoryTransport transport) {
        listeners.remove(transport.localEndpoint(), transport);
    }
}
