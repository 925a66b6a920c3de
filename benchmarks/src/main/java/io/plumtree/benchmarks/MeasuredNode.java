package io.plumtree.benchmarks;

import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.engine.options.StartingOptions;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;

/**
 * A whole node, launched as any embedder would, on a {@link MemoryTransport}. Its time is a field: it goes on by 2 µs a
 * duty cycle, as if 500,000 messages came in a second, each in a cycle of its own. The lazy tick is every millisecond.
 * Heartbeats, looks at links and all else that a node does every now and then have their share in each figure.
 */
final class MeasuredNode implements AutoCloseable {
    /** How far time goes on in a duty cycle. */
    static final long CYCLE_NS = TimeUnit.MICROSECONDS.toNanos(2);
    /** The time from one lazy tick to the next. */
    static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final String SELF = "self";
    private static final int MAX_MESSAGE_LENGTH = 64 * 1024;
    /** Handlers are timed by the real clock, and no pause of this machine is to be taken for one of them. */
    private static final long NEVER_SLOW_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int SETTLING_TICKS = 8;

    private final MemoryTransport transport;
    private final PlumtreeNode node;
    private final EngineAgent agent;
    private long nowNs;

    /**
     * Launches it and waits until its links are up.
     *
     * @param handlers its handlers by name.
     * @param protocol its options.
     * @param eagers   those of its peers that are eager at first.
     * @param lazys    the others.
     */
    MeasuredNode(
        final Map<String, BroadcastHandler> handlers,
        final PlumtreeOptions protocol,
        final List<MemoryPeer> eagers,
        final List<MemoryPeer> lazys) {
        final List<MemoryPeer> peers = Stream.concat(eagers.stream(), lazys.stream()).toList();
        transport = new MemoryTransport(peers);
        node = PlumtreeNode.launch(context(handlers, protocol, eagers, lazys, transport));
        agent = (EngineAgent) node.invoker().agent();
        nowNs = System.nanoTime();
        peers.forEach(peer -> peer.greet(node.handlers()));
        settle();
        Receivers.check("links are up:", peers.size(), counters().get("engine.links.up"));
    }

    private static NodeContext context(
        final Map<String, BroadcastHandler> handlers,
        final PlumtreeOptions protocol,
        final List<MemoryPeer> eagers,
        final List<MemoryPeer> lazys,
        final Transport transport) {
        final NodeContext context = new NodeContext()
            .ring(new RingOptions().bundleLength(0))
            .name(SELF)
            .members(Stream.concat(eagers.stream(), lazys.stream()).map(MemoryPeer::member).toList())
            .starting(new StartingOptions()
                .eagerPeers(eagers.stream().map(peer -> peer.id).toList())
                .lazyPeers(lazys.stream().map(peer -> peer.id).toList()))
            .transport(transport)
            .engine(new EngineOptions().useInvoker(true).slowHandlerThresholdNs(NEVER_SLOW_NS))
            .plugins(new PluginOptions().discoverHandlers(false))
            .maxMessageLength(MAX_MESSAGE_LENGTH)
            .lazyTickPeriodNs(TICK_NS)
            .links(new LinkOptions()
                .heartbeatPeriodNs(TimeUnit.SECONDS.toNanos(1))
                .livenessTimeoutNs(TimeUnit.SECONDS.toNanos(10)))
            .protocol(protocol)
            .exchanges(new ExchangeOptions().tickPeriodNs(0));
        handlers.forEach(context::handler);
        if (handlers.containsKey(PubSub.NAME)) {
            context.option("handler.pubsub.exchange", "false");
        }
        return context;
    }

    /** Options as they are, but that acknowledgements wait for one tick, which is shorter here, too. */
    static PlumtreeOptions options() {
        return new PlumtreeOptions().acknowledgementDelayNs(TICK_NS);
    }

    /** Value of its id. */
    static long self() {
        return NodeId.of(SELF).value();
    }

    /** A frame comes, and is taken in by a duty cycle. */
    int receive(final MessageFrame frame) {
        deliver(frame);
        return cycle();
    }

    /** A frame comes. */
    void deliver(final MessageFrame frame) {
        deliver(frame.buffer(), frame.buffer().capacity());
    }

    /** A frame comes. */
    void deliver(final DirectBuffer frame, final int length) {
        transport.deliver(frame, 0, length);
    }

    /** Broadcasts through the handler's {@code broadcastData}. */
    long broadcast(final String handler, final DirectBuffer data) {
        return node.broadcast(handler, data, 0, data.capacity());
    }

    /** One duty cycle. */
    int cycle() {
        nowNs += CYCLE_NS;
        return agent.doWork(nowNs);
    }

    /** A duty cycle in which the lazy tick is due. */
    int tick() {
        nowNs += TICK_NS;
        return agent.doWork(nowNs);
    }

    /** Duty cycles, in no time, until everything that has come is taken in. */
    int drain() {
        int workCount = 0;
        while (transport.size() > 0) {
            final int before = transport.size();
            workCount += agent.doWork(nowNs);
            if (transport.size() >= before) {
                throw new IllegalStateException(before + " frames wait, and none is taken in");
            }
        }
        return workCount;
    }

    /** Goes on until what has come is answered, and the answers have come, too. */
    void settle() {
        for (int i = 0; i < SETTLING_TICKS; i++) {
            tick();
            drain();
        }
    }

    /** A tick so late that all is announced again that has not been acknowledged. */
    void reannounce() {
        nowNs += PlumtreeOptions.REANNOUNCE_INTERVAL_DEFAULT_NS;
        agent.doWork(nowNs);
    }

    /** The counters of the node; those of the protocol as of the last tick. */
    Map<String, Long> counters() {
        return node.counters();
    }

    @Override
    public void close() {
        node.close();
    }
}
