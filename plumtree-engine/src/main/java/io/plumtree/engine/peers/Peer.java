package io.plumtree.engine.peers;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.Session;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.codec.IncarnationFrameEncoder;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.handlers.HandlerChannels;
import io.plumtree.engine.settings.RoomLimits;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import java.util.EnumSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A peer of this node: the links to it, what is known of it, and the batches that wait to be sent. */
public final class Peer {
    /** Prunes go out alone, and at once. */
    private static final ControlMessage[] BATCHED =
        EnumSet.complementOf(EnumSet.of(ControlMessage.PRUNE)).toArray(new ControlMessage[0]);

    public final NodeId id;
    public final long value;
    public final int index;
    private final NodeId self;
    private Member member;
    private PeerSessions sessions;
    private PeerChannel[] channels;
    private final RoomLimits limits;
    private final EngineCounters counters;
    /** By kind. */
    private final FrameBatch[] batches = new FrameBatch[ControlMessage.values().length];

    private LinkState state = LinkState.UNGREETED;
    private boolean isReplyDue;
    private boolean isParted;
    private long incarnation;
    private String greetedEndpoint = "";
    private long lastHeardNs;
    private long changedNs;
    private long nextGreetingNs;
    private long nextHeartbeatNs;
    private long slowNs;

    private boolean isBatching;
    /** The incarnation of this node that it was told last. */
    private long toldIncarnation;
    /** Tells it of a later one; null if there is none to tell. */
    private UnsafeBuffer raised;

    Peer(
        final Member member,
        final int index,
        final Link[] links,
        final long cluster,
        final NodeId self,
        final PeerSessions sessions,
        final int batchLength,
        final RoomLimits limits,
        final EngineCounters counters,
        final long nowNs) {
        this.member = member;
        this.self = self;
        this.id = member.id();
        this.value = member.id().value();
        this.index = index;
        this.sessions = sessions;
        this.channels = PeerChannel.of(self, id, links, limits, counters, nowNs);
        this.limits = limits;
        this.counters = counters;
        this.lastHeardNs = nowNs;
        this.changedNs = nowNs;
        speakAt(nowNs);
        for (final ControlMessage kind : BATCHED) {
            batches[kind.ordinal()] = new FrameBatch(kind, cluster, self.value(), batchLength);
        }
    }

    /** How it is a member. */
    public Member member() {
        return member;
    }

    /** What is taken in as its own. */
    PeerSessions sessions() {
        return sessions;
    }

    /** The link on the default channel, by which it is judged whether the peer is up. */
    public Link link() {
        return channels[HandlerChannels.DEFAULT].link;
    }

    /** The way to it on each channel. */
    public PeerChannel[] channels() {
        return channels;
    }

    public PeerChannel channel(final int channel) {
        return channels[channel];
    }

    /** Whether the protocol has been told that the link is up. */
    public boolean isUp() {
        return state == LinkState.UP;
    }

    /** Whether the link was connected when last looked at. */
    public boolean isConnected() {
        return channels[HandlerChannels.DEFAULT].isConnected();
    }

    /** Whether the run that is known has greeted at all and has not said goodbye: what it sends is taken in. */
    public boolean isIntroduced() {
        return state.isIntroduced();
    }

    /** Whether it has greeted since the link last went down. */
    boolean isGreeted() {
        return state.isGreeted();
    }

    /** Whether it waits for a greeting. */
    public boolean isReplyDue() {
        return isReplyDue;
    }

    /** Whether it is to be greeted now: it waits for that, or has not greeted and may have missed the last one. */
    boolean isGreetingDue(final long nowNs) {
        return isReplyDue || !isGreeted() && nowNs - nextGreetingNs >= 0;
    }

    /** Its run; 0 as long as none is known. */
    long incarnation() {
        return incarnation;
    }

    /** Where that run listens, as it says; empty if it does not. */
    String greetedEndpoint() {
        return greetedEndpoint;
    }

    public long lastHeardNs() {
        return lastHeardNs;
    }

    /** When the link last came up or went down. */
    long changedNs() {
        return changedNs;
    }

    public long nextHeartbeatNs() {
        return nextHeartbeatNs;
    }

    /** The link has been seen to be connected where it was not, or the other way round. */
    void connectionChanged(final long nowNs) {
        channels[HandlerChannels.DEFAULT].connectionChanged(nowNs);
        speakAt(nowNs);
    }

    /** A greeting and a heartbeat are due. */
    void speakAt(final long nowNs) {
        nextGreetingNs = nowNs;
        nextHeartbeatNs = nowNs;
    }

    /** Another run has begun, and has to greet. The link must be down. */
    void restart(final long newIncarnation, final long nowNs) {
        state = state.forgotten();
        incarnation = newIncarnation;
        nextGreetingNs = nowNs;
    }

    /** It has shown on which session its run sends, and says where it listens. */
    void prove(final Session session, final long nonce, final String endpoint) {
        sessions.greeted(session);
        sessions.heardNonce = nonce;
        greetedEndpoint = endpoint;
    }

    /** It has greeted: the link may come up. */
    void greeted() {
        state = state.greeted();
    }

    /** It waits for a greeting. */
    void askForReply() {
        isReplyDue = true;
    }

    /** It has been greeted. */
    void greetingSent(final long nextNs) {
        isReplyDue = false;
        nextGreetingNs = nextNs;
    }

    /** A heartbeat has been sent. */
    void heartbeatSent(final long nextNs) {
        nextHeartbeatNs = nextNs;
    }

    /** Something has come from its run. */
    void heard(final long nowNs) {
        lastHeardNs = nowNs;
    }

    /** This node has been away for a time, in which it could not hear anything. */
    void forgive(final long elapsedNs, final long nowNs) {
        lastHeardNs += Math.min(elapsedNs, nowNs - lastHeardNs);
    }

    /** Its run goes on in a later incarnation. */
    void onRaised(final long newIncarnation, final long nowNs) {
        incarnation = newIncarnation;
        lastHeardNs = nowNs;
    }

    /** The link has come up. */
    void up(final long nowNs) {
        state = state.up();
        changedNs = nowNs;
    }

    /** The link has gone down. What waited to be sent is forgotten, and it will be greeted. */
    void down(final DownReason reason, final long nowNs) {
        state = state.down(reason);
        changedNs = nowNs;
        raised = null;
        clearBatches();
    }

    /** Its run has said goodbye: it is not waiting any more. The link must be down. */
    void onGoodbye() {
        state = state.forgotten();
        isReplyDue = false;
    }

    /** Sends what waits, then a goodbye, unless that has been sent; false if there is no room for it. */
    boolean sayGoodbye(final DirectBuffer goodbye) {
        if (!isParted) {
            flush();
            isParted = send(goodbye, goodbye.capacity(), null, 0, 0);
        }
        return isParted;
    }

    /** It listens elsewhere. Its link must be down. */
    void move(
        final Member newMember, final Link[] newLinks, final PeerSessions newSessions, final long nowNs) {
        member = newMember;
        sessions = newSessions;
        channels = PeerChannel.of(self, id, newLinks, limits, counters, nowNs);
        state = state.moved();
        speakAt(nowNs);
    }

    /** This node goes on in a later incarnation: the peer is told so before anything else but messages. */
    void raise(final long former, final long incarnation, final IncarnationFrameEncoder encoder) {
        if (raised == null) {
            toldIncarnation = former;
            raised = new UnsafeBuffer(new byte[IncarnationFrameEncoder.RAISED_LENGTH]);
        }
        encoder.raised(raised, toldIncarnation, incarnation);
        hasBeenTold();
    }

    /** Whether it has been told which incarnation this node is in; tells it if there is room. */
    boolean hasBeenTold() {
        if (raised != null && channels[HandlerChannels.DEFAULT].send(raised, raised.capacity(), null, 0, 0)) {
            raised = null;
        }
        return raised == null;
    }

    /** Sends on the default channel. */
    public boolean send(
        final DirectBuffer head,
        final int headLength,
        final DirectBuffer body,
        final int bodyOffset,
        final int bodyLength) {
        return hasBeenTold() &&
            channels[HandlerChannels.DEFAULT].send(head, headLength, body, bodyOffset, bodyLength);
    }

    /** Adds an entry to a batch, which goes out at the end of the cycle; false if there is no room and won't be now. */
    public boolean append(final ControlMessage kind, final MessageKey key, final int handler) {
        final FrameBatch batch = batches[kind.ordinal()];
        if (!isUp()) {
            return false;
        }
        isBatching = true;
        return batch.append(key, handler) || flush(kind) && batch.append(key, handler);
    }

    /** Sends a batch; what is not accepted stays. */
    public boolean flush(final ControlMessage kind) {
        final FrameBatch batch = batches[kind.ordinal()];
        if (!batch.isEmpty()) {
            if (!send(batch.buffer(), batch.length(), null, 0, 0)) {
                return false;
            }
            batch.clear();
        }
        return true;
    }

    public int flush() {
        if (!isBatching) {
            return 0;
        }
        int workCount = 0;
        boolean isLeft = false;
        for (final ControlMessage kind : BATCHED) {
            if (!batches[kind.ordinal()].isEmpty()) {
                if (flush(kind)) {
                    workCount++;
                } else {
                    isLeft = true;
                }
            }
        }
        isBatching = isLeft;
        return workCount;
    }

    private void clearBatches() {
        isBatching = false;
        for (final ControlMessage kind : BATCHED) {
            batches[kind.ordinal()].clear();
        }
    }

    /** Whether what others wait for may be sent now, or at least tried: there is room, or it has waited enough. */
    public boolean isWritable(final int channel, final long nowNs) {
        return channels[channel].isWritable(isUp(), nowNs);
    }

    /** Whether what nobody waits for yet may be sent: the queue is short, or that has been waited for enough. */
    public boolean isAdmissible(final int channel, final long nowNs) {
        return channels[channel].isAdmissible(isUp(), nowNs);
    }

    /** Something waits that may not be sent: what others wait for, or what nobody waits for yet. */
    public void onHeldBack(final int channel, final boolean isRelay, final long nowNs) {
        if (isRelay) {
            channels[channel].onRelayHeldBack(nowNs);
        } else {
            channels[channel].onBroadcastHeldBack(nowNs);
        }
    }

    /** Whether it is back-pressured, on one channel at least. */
    public boolean isBlocked() {
        for (final PeerChannel way : channels) {
            if (way.isBlocked()) {
                return true;
            }
        }
        return false;
    }

    /** Whether something for it may be waiting for room, on one channel at least. */
    public boolean isHeldUp() {
        if (isBatching) {
            return true;
        }
        for (final PeerChannel way : channels) {
            if (way.isHeldUp()) {
                return true;
            }
        }
        return false;
    }

    /** Whether less than half of its window is free, on one channel at least. */
    boolean isNarrow() {
        for (final PeerChannel way : channels) {
            if (2 * way.link.availableWindow() < way.link.windowLength()) {
                return true;
            }
        }
        return false;
    }

    /** For how long it alone has been slow to take things in; falls while it is not. */
    long slowNs() {
        return slowNs;
    }

    /** It alone was slow for a time, or, if that is below 0, was not. */
    void addSlow(final long elapsedNs) {
        slowNs = Math.max(0, slowNs + elapsedNs);
    }

    void forgetSlow() {
        slowNs = 0;
    }

    /** Forgets what is not waited for any more, on each channel. */
    void update(final long nowNs) {
        for (final PeerChannel way : channels) {
            way.update(isUp(), nowNs);
        }
    }
}
