package io.plumtree.engine.codec;

import io.plumtree.api.Exchange;
import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.Message;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Writes down what it is told. */
final class RecordingListener implements GossipFrameListener, LinkFrameListener, ExchangeFrameListener {
    final List<String> events = new ArrayList<>();
    boolean isAccepting = true;
    boolean isAcceptingStrangers = true;
    boolean isConsuming = true;

    /** A decoder that tells it of all families. */
    FrameDecoder decoder() {
        return new FrameDecoder(new FrameListeners()
            .gossip(this).links(this).exchanges(this).queries(new Queries()).overlay(new Overlay()));
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        events.add("accepts " + cluster + " " + sender);
        return isAccepting;
    }

    @Override
    public boolean acceptsGreeting(final long cluster, final long sender) {
        return accepts(cluster, sender);
    }

    @Override
    public boolean acceptsKnown(final long cluster, final long sender) {
        return acceptsStranger(cluster, sender);
    }

    private boolean acceptsStranger(final long cluster, final long sender) {
        events.add("acceptsStranger " + cluster + " " + sender);
        return isAcceptingStrangers;
    }

    @Override
    public void onGreeting(final Greeting greeting) {
        events.add(greeting.toString());
    }

    @Override
    public boolean acceptsNamesake(final long cluster, final long sender) {
        events.add("acceptsNamesake " + cluster + " " + sender);
        return isAccepting;
    }

    @Override
    public void onKnown(final long from, final KnownIncarnation known) {
        events.add(from + " " + known);
    }

    @Override
    public void onRaised(final long from, final long former, final long incarnation) {
        events.add(from + " raised from " + former + " to " + incarnation);
    }

    @Override
    public void onNamesake(final Namesake namesake) {
        events.add(namesake.toString());
    }

    @Override
    public void onHeartbeat(final long sender, final long incarnation) {
        events.add("heartbeat " + sender + " " + incarnation);
    }

    @Override
    public void onGoodbye(final long sender, final long incarnation) {
        events.add("goodbye " + sender + " " + incarnation);
    }

    @Override
    public boolean onGossip(final long sender, final Broadcast broadcast) {
        final MessageKey key = broadcast.key();
        final MessageCursor cursor = new MessageCursor().begin(broadcast);
        if (broadcast.count() == 1) {
            final Message message = cursor.next();
            events.add("gossip " + message(sender, key) + " " + payload(message));
            return isConsuming;
        }
        final StringBuilder messages = new StringBuilder();
        while (cursor.hasNext()) {
            final Message message = cursor.next();
            messages.append(' ').append(text(message.id())).append('=').append(payload(message));
        }
        events.add("bundle " + sender + " " + key.root() + " " + key.round() + " " + key.handler() + messages);
        return isConsuming;
    }

    @Override
    public void onControl(final long sender, final ControlMessage type, final MessageKey key) {
        events.add((type == ControlMessage.PRUNE ? "prune" : type) + " " + message(sender, key));
    }

    @Override
    public void onQuench(final long sender, final long root, final int handler) {
        events.add("quench " + sender + " " + root + " " + handler);
    }

    @Override
    public void onExchangeOpen(
        final long sender, final long exchangeId, final long creditLimit, final int handler) {
        events.add("open " + sender + " " + exchangeId + " " + creditLimit + " " + handler);
    }

    @Override
    public void onExchangeData(
        final long sender,
        final long exchangeId,
        final boolean fromInitiator,
        final int sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        events.add("data " + sender + " " + exchangeId + " " + fromInitiator + " " + sequence + " " +
            text(buffer, offset, length));
    }

    @Override
    public void onExchangeCredit(
        final long sender, final long exchangeId, final boolean fromInitiator, final long creditLimit) {
        events.add("credit " + sender + " " + exchangeId + " " + fromInitiator + " " + creditLimit);
    }

    @Override
    public void onExchangeClose(
        final long sender, final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
        events.add("close " + sender + " " + exchangeId + " " + fromInitiator + " " + code);
    }

    private static String message(final long sender, final MessageKey key) {
        return sender + " " + key.root() + " " + key.round() + " " + key.handler() + " " + text(key.id());
    }

    private static String payload(final Message message) {
        return text(message.buffer(), message.payloadOffset(), message.payloadLength());
    }

    private static String text(final MessageId id) {
        return text(id.buffer(), id.offset(), id.length());
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private final class Queries implements QueryFrameListener {
        @Override
        public boolean accepts(final long cluster, final long sender) {
            return acceptsStranger(cluster, sender);
        }

        @Override
        public void onQuery(final long sender, final Query query) {
            events.add(sender + " " + query);
        }

        @Override
        public void onMembersAnswer(final AnswerPart<MemberState> part) {
            events.add("members " + part);
        }

        @Override
        public void onPeersAnswer(final AnswerPart<TreePeer> part) {
            events.add("peers " + part);
        }

        @Override
        public void onExchangesAnswer(final long incarnation, final AnswerPart<Exchange> part) {
            events.add("exchanges " + incarnation + " " + part);
        }

        @Override
        public void onQueryRefused(final long sender, final long correlation, final int code) {
            events.add("refused " + sender + " " + correlation + " " + code);
        }
    }

    private final class Overlay implements OverlayFrameListener {
        @Override
        public boolean accepts(final long cluster, final long sender) {
            events.add("acceptsOverlay " + cluster + " " + sender);
            return isAcceptingStrangers;
        }

        @Override
        public void onJoin(final NodeDescriptor from, final long nonce) {
            events.add("join " + from + " " + nonce);
        }

        @Override
        public void onForwardJoin(final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive) {
            events.add("forwardJoin " + from + " " + joined + " " + timeToLive);
        }

        @Override
        public void onNeighbor(final NodeDescriptor from, final long nonce, final boolean isHighPriority) {
            events.add("neighbor " + from + " " + nonce + " " + isHighPriority);
        }

        @Override
        public void onNeighborReply(final NodeDescriptor from, final long nonce, final boolean isAccepted) {
            events.add("neighborReply " + from + " " + nonce + " " + isAccepted);
        }

        @Override
        public void onDisconnect(final NodeDescriptor from, final boolean isLeaving) {
            events.add("disconnect " + from + " " + isLeaving);
        }

        @Override
        public void onShuffle(
            final NodeDescriptor from,
            final NodeDescriptor origin,
            final int timeToLive,
            final List<NodeDescriptor> sample) {
            events.add("shuffle " + from + " " + origin + " " + timeToLive + " " + sample);
        }

        @Override
        public void onShuffleReply(final NodeDescriptor from, final List<NodeDescriptor> sample) {
            events.add("shuffleReply " + from + " " + sample);
        }
    }
}
