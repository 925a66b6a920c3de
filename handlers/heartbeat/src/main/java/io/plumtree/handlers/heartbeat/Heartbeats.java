package io.plumtree.handlers.heartbeat;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The handler {@value #NAME}: each node broadcasts now and then that it is there, so that its tree is formed and
 * mended before an application needs it, and every node can tell when it last heard of each other. The counterpart of
 * the reference's {@code partisan_plumtree_backend}.
 *
 * <p>Off by default: unless {@code enabled} is true, a node broadcasts none of its own; it still takes in and passes on
 * those of others. Applications can't broadcast through this handler, so the generic {@code broadcast} is rejected.
 *
 * <p><b>Messages</b> (all numbers little-endian). The id has 24 bytes: the origin ({@code i64}, a node's
 * {@link NodeId#value()}), its epoch ({@code i64}, its incarnation, positive) and the sequence ({@code i64}, from 1).
 * The payload is the origin's name in ASCII. A heartbeat of an older epoch is stale, once the node itself has told a
 * later one, or four heartbeats of it have come; not if that one has been silent for {@code quiet}. An epoch or a
 * sequence that a single heartbeat has named bars nothing.
 *
 * <p><b>Options</b>, all with the prefix {@code handler.heartbeat.}; durations such as {@code 500ms} or {@code 10s} (a
 * bare number is nanoseconds):
 * <table>
 * <caption>Options</caption>
 * <tr><th>key</th><th>default</th><th>meaning, and what happens at the bound</th></tr>
 * <tr><td>{@code enabled}</td><td>false</td><td>whether this node broadcasts heartbeats; true or false</td></tr>
 * <tr><td>{@code interval}</td><td>10s</td><td>between two of them, to within the node's lazy tick; 10ms to 86400s.
 * The first comes one interval after the start. When the command ring is full, it is tried again with the next
 * housekeeping</td></tr>
 * <tr><td>{@code nodes}</td><td>1024</td><td>nodes remembered, 1 to 65536; another one replaces the one that was quiet
 * the longest, or is ignored if none was quiet for {@code quiet}; a member replaces one that is none at once</td></tr>
 * <tr><td>{@code quiet}</td><td>six intervals</td><td>after which a node may be replaced; 10ms to 518400s, not below
 * {@code interval}</td></tr>
 * <tr><td>{@code intervals}</td><td>16</td><td>runs of consecutive sequences remembered for a node, 1 to 1024; the
 * oldest hole is closed, what is missing there is taken as seen</td></tr>
 * </table>
 */
public final class Heartbeats implements BroadcastHandler {
    /** The handler's name. */
    public static final String NAME = "heartbeat";

    private volatile HeartbeatListener listener;
    private volatile NodeTable table;
    private HandlerContext context;
    private HeartbeatOptions options;
    private HeartbeatCounters counters;
    private HeartbeatSender sender;
    private long nowNs;

    /** A handler that is not started. */
    public Heartbeats() {
    }

    /**
     * When a node was last heard of: its latest heartbeat. Any thread, without locks.
     *
     * @param node the node; this one, too, if it broadcasts heartbeats.
     * @return its latest heartbeat; null if none is known.
     */
    public LastHeard lastHeard(final NodeId node) {
        final NodeTable started = table;
        final NodeBeats beats = started == null ? null : started.all().get(node);
        return beats == null ? null : beats.lastHeard();
    }

    /**
     * The latest heartbeat of each node. Any thread, without locks; those that come meanwhile may be in it or not.
     *
     * @return a new map.
     */
    public Map<NodeId, LastHeard> snapshot() {
        final Map<NodeId, LastHeard> copy = new HashMap<>();
        final NodeTable started = table;
        if (started != null) {
            started.all().forEach((node, beats) -> copy.put(node, beats.lastHeard()));
        }
        return copy;
    }

    /**
     * Sets who is told of other nodes' heartbeats. Any thread; may be set before the node starts. One that throws is
     * counted and reported.
     *
     * @param newListener told from now on, instead of the one before; null for nobody.
     */
    public void listener(final HeartbeatListener newListener) {
        listener = newListener;
    }

    @Override
    public void onStart(final HandlerContext handlerContext) {
        context = handlerContext;
        options = HeartbeatOptions.read(handlerContext);
        counters = new HeartbeatCounters(handlerContext);
        nowNs = handlerContext.startNs();
        if (options.isEnabled()) {
            sender = new HeartbeatSender(handlerContext, options.intervalNs(), counters, nowNs);
        }
        table = new NodeTable(options, handlerContext, counters);
    }

    /** {@inheritDoc} Always refuses, as heartbeats are no application's. */
    @Override
    public void broadcastData(final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        // Refused, as nothing is claimed.
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        counters.sent.incrementRelease();
        // It was claimed before, maybe under a former incarnation.
        HeartbeatLayout.encodeEpoch(message.buffer(), message.idOffset(), context.incarnation());
        final MessageId id = message.id();
        final long value = HeartbeatLayout.origin(id);
        if (!isStale(id, value)) {
            final NodeBeats known = table.find(value);
            table.heard(
                known == null ? table.add(context.self()) : known,
                HeartbeatLayout.epoch(id),
                HeartbeatLayout.sequence(id),
                nowNs);
        }
    }

    @Override
    public boolean merge(final Message message) {
        final MessageId id = message.id();
        checkId(id);
        final long value = HeartbeatLayout.origin(id);
        final NodeBeats known = table.find(value);
        final NodeId unknown = known == null ? node(value, message) : null;
        if (known != null && !isName(known, message)) {
            throw new MalformedMessageException("heartbeat's payload of " + message.payloadLength()
                + " bytes is not the name of " + known.node);
        }
        final long epoch = HeartbeatLayout.epoch(id);
        if (isStale(id, value)) {
            countStale(known, epoch);
            return false;
        }
        counters.received.incrementRelease();
        final NodeBeats beats = known == null ? table.add(unknown) : known;
        final long sequence = HeartbeatLayout.sequence(id);
        if (table.heard(beats, epoch, sequence, nowNs)) {
            tell(beats.node, epoch, sequence);
        }
        return true;
    }

    @Override
    public boolean isStale(final MessageId id) {
        checkId(id);
        return isStale(id, HeartbeatLayout.origin(id));
    }

    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        checkId(id);
        final NodeBeats beats = table.find(HeartbeatLayout.origin(id));
        if (beats == null) {
            return GraftResult.UNKNOWN;
        }
        final long epoch = HeartbeatLayout.epoch(id);
        final BeatRun run = beats.find(epoch);
        if (run == null) {
            return table.isOutdated(beats, epoch, nowNs) ? GraftResult.STALE : GraftResult.UNKNOWN;
        }
        if (!run.contains(HeartbeatLayout.sequence(id))) {
            return GraftResult.UNKNOWN;
        }
        payload.wrap(beats.name, 0, beats.name.capacity());
        return GraftResult.PAYLOAD;
    }

    @Override
    public long latestIncarnation(final long node) {
        return table.latestEpoch(node);
    }

    @Override
    public int doWork(final long cycleNs) {
        nowNs = cycleNs;
        return sender == null ? 0 : sender.doWork(cycleNs);
    }

    private boolean isStale(final MessageId id, final long value) {
        final NodeBeats beats = table.find(value);
        if (beats == null) {
            return !table.hasRoom(value, nowNs);
        }
        final long epoch = HeartbeatLayout.epoch(id);
        final BeatRun run = beats.find(epoch);
        return run == null ? table.isOutdated(beats, epoch, nowNs)
            : run.contains(HeartbeatLayout.sequence(id));
    }

    private void countStale(final NodeBeats known, final long epoch) {
        if (known == null) {
            counters.nodesRefused.incrementRelease();
        } else if (known.find(epoch) == null) {
            counters.superseded.incrementRelease();
        } else {
            counters.duplicates.incrementRelease();
        }
    }

    private void tell(final NodeId node, final long epoch, final long sequence) {
        final HeartbeatListener told = listener;
        if (told != null) {
            try {
                told.onHeartbeat(node, epoch, sequence);
            } catch (final RuntimeException ex) {
                counters.listenerErrors.incrementRelease();
                context.onError(ex);
            }
        }
    }

    private static void checkId(final MessageId id) {
        final String problem = HeartbeatLayout.idProblem(id);
        if (problem != null) {
            throw new MalformedMessageException(problem);
        }
    }

    private static boolean isName(final NodeBeats beats, final Message message) {
        final int length = message.payloadLength();
        if (length != beats.name.capacity()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (message.buffer().getByte(message.payloadOffset() + i) != beats.name.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    /** The node of a payload, which must have the value. */
    private static NodeId node(final long value, final Message message) {
        final int length = message.payloadLength();
        if (length <= NodeId.MAX_NAME_LENGTH) {
            try {
                final NodeId node = NodeId.of(
                    message.buffer().getStringWithoutLengthAscii(message.payloadOffset(), length));
                if (node.value() == value) {
                    return node;
                }
            } catch (final IllegalArgumentException ignore) {
                // The message below says what it should be.
            }
        }
        throw new MalformedMessageException(
            "heartbeat's payload of " + length + " bytes is not the name of a node with the value " + value);
    }
}
