package io.plumtree.engine.ring;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.GossipBundle;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.events.BroadcastDelayedEvent;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.Plumtree;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * Takes broadcasts from a {@link CommandRing} to the protocol, as long as the peers can take them. Those of one handler
 * that stand in the ring together leave it as one {@link GossipBundle}, up to a length; what is longer leaves alone.
 *
 * <p>A relay passes a bundle on when it has all of it, so that a long one comes later to those far from here than the
 * same messages one by one. So it fills a datagram, and is longer than that only where much more is waiting behind it.
 */
public final class BroadcastReader implements ControlledMessageHandler {
    /** What waits for less is not told: under load that is each broadcast. */
    private static final long MIN_TOLD_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** What part of all that waits a bundle may be if it is longer than a datagram. */
    private static final int BACKLOG_SHARE = 16;

    private final NodeId self;
    private final CommandRing ring;
    private final Plumtree plumtree;
    private final HandlerDispatch dispatch;
    private final RecentBundles recentBundles;
    private final EngineCounters counters;
    private final ErrorSource errors;
    private final GossipBundle bundle;
    private final Broadcast broadcast = new Broadcast();
    private final int datagramLength;
    private int bundleHandler;
    /** Bytes in the ring that this poll has not come to. */
    private int waiting;
    private boolean isDelayed;
    private long delayedSinceNs;
    private long nowNs;

    public BroadcastReader(
        final NodeId self,
        final CommandRing ring,
        final Plumtree plumtree,
        final HandlerDispatch dispatch,
        final RecentBundles recentBundles,
        final int maxBundleLength,
        final int datagramLength,
        final EngineCounters counters,
        final ErrorReporter reporter) {
        this.ring = ring;
        this.plumtree = plumtree;
        this.dispatch = dispatch;
        this.recentBundles = recentBundles;
        this.counters = counters;
        this.self = self;
        this.errors = reporter.source("engine");
        this.bundle = new GossipBundle(maxBundleLength);
        this.datagramLength = datagramLength;
    }

    public int poll(final long timeNs, final int limit) {
        nowNs = timeNs;
        waiting = ring.size();
        final int workCount = ring.poll(this, limit);
        send();
        return workCount;
    }

    @Override
    public Action onMessage(
        final int typeId, final MutableDirectBuffer buffer, final int offset, final int length) {
        try {
            final int handler = CommandRing.handlerOf(typeId);
            final int bodyOffset = CommandRing.bodyOffset(offset);
            final int end = GossipBundle.endOf(buffer, bodyOffset);
            if (bundle.count() > 0 && (handler != bundleHandler || !bundle.hasRoom(end - bodyOffset))) {
                send();
            }
            if (bundle.count() == 0 && !plumtree.onBroadcastDue(handler, nowNs)) {
                counters.increment(EngineCounter.BROADCASTS_DELAYED);
                if (!isDelayed) {
                    isDelayed = true;
                    delayedSinceNs = nowNs;
                }
                return Action.ABORT;
            }
            if (isDelayed) {
                onDelayOver(handler);
            }
            if (bundle.count() == 0) {
                bundle.begin(Math.max(datagramLength, waiting / BACKLOG_SHARE));
            }
            waiting -= length;
            take(handler, buffer, bodyOffset, end);
        } catch (final Throwable ex) {
            onFailure(ex);
        }
        return Action.CONTINUE;
    }

    private void onDelayOver(final int handler) {
        isDelayed = false;
        if (nowNs - delayedSinceNs >= MIN_TOLD_DELAY_NS) {
            BroadcastDelayedEvent.emit(self.name(), dispatch.nameOf(handler), nowNs - delayedSinceNs);
        }
    }

    /** A fault of the engine's own. Read again, the record would lead to the same one. */
    private void onFailure(final Throwable ex) {
        Failures.rethrowIfFatal(ex);
        counters.increment(EngineCounter.BROADCASTS_FAILED);
        errors.report("a broadcast", ex);
    }

    private void take(final int handler, final MutableDirectBuffer buffer, final int bodyOffset, final int end) {
        if (!dispatch.onBroadcast(handler, buffer, bodyOffset)) {
            counters.increment(EngineCounter.BROADCASTS_FAILED);
            return;
        }
        counters.increment(EngineCounter.MESSAGES_BROADCAST);
        if (bundle.hasRoom(end - bodyOffset)) {
            bundleHandler = handler;
            bundle.append(buffer, bodyOffset, end - bodyOffset);
        } else {
            GossipBody.wrap(broadcast, buffer, bodyOffset);
            broadcast(handler);
        }
    }

    private void send() {
        if (bundle.count() == 0) {
            return;
        }
        try {
            bundle.wrap(broadcast);
            if (bundle.count() > 1) {
                counters.increment(EngineCounter.BUNDLES_BROADCAST);
            }
            broadcast(bundleHandler);
        } catch (final Throwable ex) {
            onFailure(ex);
        } finally {
            bundle.clear();
        }
    }

    private void broadcast(final int handler) {
        broadcast.key().set(0, 0, handler);
        if (broadcast.count() > 1) {
            recentBundles.add(broadcast);
        }
        plumtree.onBroadcast(broadcast, nowNs);
    }
}
