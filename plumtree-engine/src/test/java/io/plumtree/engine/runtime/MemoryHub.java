package io.plumtree.engine.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network in memory: one bounded pipe for each pair of endpoints. Deterministic where its nodes share a thread; safe
 * where each has its own.
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
            pipes.values().stream().filter(pipe -> pipe.to.equals(endpoint)).forEach(pipe -> {
                pipe.clear();
                transport.addInbound(pipe);
            });
        }
        return transport;
    }

    /** The pipe between two endpoints, made when first asked for. */
    public synchronized MemoryPipe pipe(final String from, final String to) {
        return pipes.computeIfAbsent(from + ">" + to, key -> {
            final MemoryPipe pipe = new MemoryPipe(this, from, to, pipeLength);
            final MemoryTransport receiver = listeners.get(to);
            if (receiver != null) {
                receiver.addInbound(pipe);
            }
            return pipe;
        });
    }

    synchronized boolean isListening(final String endpoint) {
        return listeners.containsKey(endpoint);
    }

    synchronized void remove(final MemoryTransport transport) {
        listeners.remove(transport.localEndpoint(), transport);
    }
}
