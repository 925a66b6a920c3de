package io.plumtree.engine.agent;

import io.plumtree.api.NodeId;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.events.ExchangeBegunEvent;
import io.plumtree.engine.events.ExchangeEndedEvent;
import io.plumtree.engine.exchange.ExchangeCounter;
import io.plumtree.engine.exchange.ExchangePort;
import io.plumtree.engine.handlers.HandlerChannels;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.SlowHandlerWatch;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerChannel;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.protocol.Plumtree;
import java.util.Locale;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;

/** The node, as its exchanges see it. */
final class EngineExchangePort implements ExchangePort {
    private static final String[] RESULTS = Stream.of(ExchangeEnd.values())
        .map(end -> end.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);

    private final NodeId self;
    private final Plumtree plumtree;
    private final PeerTable peers;
    private final HandlerRegistry registry;
    private final SlowHandlerWatch watch;
    private final EngineCounters counters;
    private long nowNs;

    EngineExchangePort(
        final Plumtree plumtree,
        final PeerTable peers,
        final HandlerRegistry registry,
        final SlowHandlerWatch watch,
        final EngineSettings settings,
        final EngineCounters counters,
        final long nowNs) {
        this.self = settings.self().id();
        this.plumtree = plumtree;
        this.peers = peers;
        this.registry = registry;
        this.watch = watch;
        this.counters = counters;
        this.nowNs = nowNs;
    }

    void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public int peerLimit() {
        return plumtree.peerLimit();
    }

    @Override
    public NodeId peerId(final int peer) {
        return peers.at(peer).id;
    }

    @Override
    public boolean isUp(final int peer) {
        return peers.isUp(peer);
    }

    @Override
    public boolean isLinked(final int root, final int peer) {
        final long rootValue = peers.at(root).value;
        return plumtree.isEager(rootValue, peer) || plumtree.isLazy(rootValue, peer);
    }

    @Override
    public void onExchanged(final int peer, final boolean isDone) {
        plumtree.onExchanged(peer, isDone, nowNs);
    }

    @Override
    public boolean isWritable(final int peer, final int handler) {
        final Peer at = peers.at(peer);
        return at != null && at.channel(channelOf(handler)).link.availableWindow() > 0;
    }

    @Override
    public boolean isAdmissible(final int peer, final int handler) {
        return isUp(peer) && peers.at(peer).isAdmissible(channelOf(handler), nowNs);
    }

    @Override
    public void onHeldBack(final int peer, final int handler) {
        if (isUp(peer)) {
            peers.at(peer).onHeldBack(channelOf(handler), false, nowNs);
        }
    }

    @Override
    public boolean send(
        final int peer,
        final int handler,
        final DirectBuffer head,
        final int headLength,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength) {
        final PeerChannel way = peers.at(peer).channel(channelOf(handler));
        way.onPush(isUp(peer), nowNs);
        return way.send(head, headLength, body, bodyOffset, bodyLength);
    }

    @Override
    public int channelOf(final int handler) {
        return handler == NO_HANDLER ? HandlerChannels.DEFAULT : registry.slot(handler).channel;
    }

    @Override
    public int handlerCount() {
        return registry.size();
    }

    @Override
    public BroadcastHandler handler(final int handler) {
        return registry.slot(handler).handler;
    }

    @Override
    public String handlerName(final int handler) {
        return registry.slot(handler).name;
    }

    @Override
    public int handlerHash(final int handler) {
        return registry.slot(handler).hash;
    }

    @Override
    public int handlerOf(final int hash) {
        final int handler = registry.indexOf(hash);
        return handler == HandlerRegistry.NONE ? NO_HANDLER : handler;
    }

    @Override
    public void onHandlerFailure(final int handler, final String doing, final Throwable error) {
        registry.slot(handler).failed(doing, error);
    }

    @Override
    public void beginCallback(final boolean isRare) {
        if (isRare) {
            watch.beginRare();
        } else {
            watch.begin();
        }
    }

    @Override
    public void endCallback(final int handler, final String doing) {
        watch.end(registry.slot(handler), doing);
    }

    @Override
    public void count(final ExchangeCounter counter, final long amount) {
        counters.add(counter, amount);
    }

    @Override
    public void onBegun(final int peer, final int handler, final long id, final boolean isInitiator) {
        ExchangeBegunEvent.emit(self.name(), peerId(peer).name(), id, handlerName(handler), isInitiator);
    }

    @Override
    public void onEnded(
        final NodeId peerId,
        final int handler,
        final long id,
        final boolean isInitiator,
        final ExchangeEnd end,
        final long runTimeNs) {
        ExchangeEndedEvent.emit(
            self.name(), peerId.name(), id, handlerName(handler), isInitiator, RESULTS[end.ordinal()], runTimeNs);
    }
}
