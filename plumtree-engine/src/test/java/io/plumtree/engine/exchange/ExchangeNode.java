package io.plumtree.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.ExchangeFrameListener;
import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.engine.codec.FrameListeners;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A node of an {@link ExchangeNet}: no more of one than exchanges need. */
final class ExchangeNode implements ExchangePort, ExchangeFrameListener {
    final List<String> failures = new ArrayList<>();
    /** Peers with which exchanges that started here have ended; with "+" where no other is due. */
    final List<String> exchanged = new ArrayList<>();
    private boolean isInCallback;
    final List<ScriptedHandler> handlers = new ArrayList<>();
    final long[] counts = new long[ExchangeCounter.values().length];
    /** Links of trees, as "root peer". */
    final Set<String> treeLinks = new HashSet<>();
    final ExchangeSettings settings;
    final DuePeers due;
    final Exchanges exchanges;
    final int index;
    private final FrameDecoder decoder = new FrameDecoder(new FrameListeners().exchanges(this));
    private final ExchangeNet net;
    private final List<String> names;
    private final boolean[] isUp;
    private int sender;

    ExchangeNode(
        final ExchangeNet net, final int index, final int size, final ExchangeOptions options, final String... names) {
        this.net = net;
        this.index = index;
        this.names = List.of(names);
        this.isUp = new boolean[size];
        this.names.forEach(name -> handlers.add(new ScriptedHandler()));
        this.settings = ExchangeSettings.of(
            options.conclude(), ExchangeNet.CLUSTER, () -> 1_000 + index, ExchangeNet.MAX_MESSAGE_LENGTH);
        this.due = new DuePeers(this::handlerCount, this::isUp, () -> count(ExchangeCounter.MARKED, 1));
        this.exchanges = new Exchanges(this, due, settings, new SplittableRandom(42 + index));
    }

    ScriptedHandler handler() {
        return handlers.get(0);
    }

    long count(final ExchangeCounter counter) {
        return counts[counter.ordinal()];
    }

    void up(final int peer) {
        isUp[peer] = true;
        exchanges.onLinkUp(peer, net.nowNs);
    }

    void down(final int peer, final boolean mayReturn) {
        isUp[peer] = false;
        exchanges.onLinkDown(peer, mayReturn, net.nowNs);
    }

    void receive() {
        for (sender = 0; sender < isUp.length; sender++) {
            final ExchangeNet.Link link = net.link(sender, index);
            while (!link.isFrozen && !link.frames.isEmpty()) {
                final byte[] frame = link.frames.poll();
                final DecodeResult result = decoder.decode(new UnsafeBuffer(frame), 0, frame.length);
                if (result != DecodeResult.CONSUMED) {
                    throw new AssertionError(result + ": " + Arrays.toString(frame));
                }
            }
        }
    }

    // ---- port

    @Override
    public NodeId self() {
        return ExchangeNet.id(index);
    }

    @Override
    public int peerLimit() {
        return isUp.length;
    }

    @Override
    public NodeId peerId(final int peer) {
        return ExchangeNet.id(peer);
    }

    @Override
    public int channelOf(final int handler) {
        return 0;
    }

    @Override
    public boolean isUp(final int peer) {
        return isUp[peer];
    }

    @Override
    public boolean isLinked(final int root, final int peer) {
        return treeLinks.contains(root + " " + peer);
    }

    @Override
    public void onExchanged(final int peer, final boolean isDone) {
        exchanged.add(peer + (isDone ? "+" : ""));
    }

    @Override
    public boolean isWritable(final int peer, final int handler) {
        return !net.link(index, peer).isRefusing;
    }

    @Override
    public boolean isAdmissible(final int peer, final int handler) {
        return isUp[peer] && !net.link(index, peer).isNarrow && !net.link(index, peer).isRefusing;
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
        final ExchangeNet.Link link = net.link(index, peer);
        if (link.isRefusing) {
            return false;
        }
        if (link.losses > 0) {
            link.losses--;
            return true;
        }
        final byte[] frame = new byte[headLength + bodyLength];
        head.getBytes(0, frame, 0, headLength);
        if (bodyLength > 0) {
            body.getBytes(bodyOffset, frame, headLength, bodyLength);
        }
        link.frames.add(frame);
        return true;
    }

    @Override
    public int handlerCount() {
        return names.size();
    }

    @Override
    public BroadcastHandler handler(final int handler) {
        return handlers.get(handler);
    }

    @Override
    public String handlerName(final int handler) {
        return names.get(handler);
    }

    @Override
    public int handlerHash(final int handler) {
        return NameHash.ofHandler(names.get(handler));
    }

    @Override
    public int handlerOf(final int hash) {
        for (int i = 0; i < names.size(); i++) {
            if (handlerHash(i) == hash) {
                return i;
            }
        }
        return NO_HANDLER;
    }

    @Override
    public void onHandlerFailure(final int handler, final String doing, final Throwable error) {
        if (error instanceof AssertionError assertion) {
            throw assertion;
        }
        failures.add(names.get(handler) + " in " + doing + ": " + error.getMessage());
    }

    @Override
    public void beginCallback(final boolean isRare) {
        assertFalse(isInCallback);
        isInCallback = true;
    }

    @Override
    public void endCallback(final int handler, final String doing) {
        assertTrue(isInCallback);
        isInCallback = false;
    }

    @Override
    public void count(final ExchangeCounter counter, final long amount) {
        counts[counter.ordinal()] += amount;
    }

    // ---- frames

    @Override
    public boolean accepts(final long cluster, final long from) {
        return cluster == ExchangeNet.CLUSTER && from == ExchangeNet.id(sender).value();
    }

    @Override
    public void onExchangeOpen(final long from, final long exchangeId, final long creditLimit, final int handler) {
        exchanges.peerFrames().onOpen(sender, exchangeId, creditLimit, handler, net.nowNs);
    }

    @Override
    public void onExchangeData(
        final long from,
        final long exchangeId,
        final boolean fromInitiator,
        final int sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        exchanges.peerFrames().onData(sender, exchangeId, fromInitiator, sequence, buffer, offset, length, net.nowNs);
    }

    @Override
    public void onExchangeCredit(
        final long from, final long exchangeId, final boolean fromInitiator, final long creditLimit) {
        exchanges.peerFrames().onCredit(sender, exchangeId, fromInitiator, creditLimit, net.nowNs);
    }

    @Override
    public void onExchangeClose(
        final long from, final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
        exchanges.peerFrames().onClose(sender, exchangeId, fromInitiator, code, net.nowNs);
    }

    @Override
    public void onBegun(final int peer, final int handler, final long id, final boolean isInitiator) {
    }

    @Override
    public void onEnded(
        final NodeId peer,
        final int handler,
        final long id,
        final boolean isInitiator,
        final ExchangeEnd end,
        final long runTimeNs) {
    }
}
