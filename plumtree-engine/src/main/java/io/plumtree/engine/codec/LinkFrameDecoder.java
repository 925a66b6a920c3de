package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.GoodbyeDecoder;
import io.plumtree.engine.codec.sbe.GreetingDecoder;
import io.plumtree.engine.codec.sbe.HeartbeatDecoder;
import io.plumtree.engine.codec.sbe.KnownDecoder;
import io.plumtree.engine.codec.sbe.NamesakeDecoder;
import io.plumtree.engine.codec.sbe.RaisedDecoder;

/** Checks the frames of links whole before anything is told of them; the part of a {@link FrameDecoder} that does. */
final class LinkFrameDecoder {
    private final GreetingParser greetings = new GreetingParser();
    private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
    private final GoodbyeDecoder goodbye = new GoodbyeDecoder();
    private final KnownDecoder known = new KnownDecoder();
    private final RaisedDecoder raised = new RaisedDecoder();
    private final NamesakeDecoder namesake = new NamesakeDecoder();
    private final TextReader reader = new TextReader();
    private final LinkFrameListener listener;

    LinkFrameDecoder(final LinkFrameListener listener) {
        this.listener = listener;
    }

    DecodeResult decode(final Frame frame) {
        if (!isAccepted(frame)) {
            return DecodeResult.STRANGER;
        }
        final boolean isWellFormed = switch (frame.templateId()) {
            case GreetingDecoder.TEMPLATE_ID -> onGreeting(frame);
            case HeartbeatDecoder.TEMPLATE_ID -> onHeartbeat(frame);
            case GoodbyeDecoder.TEMPLATE_ID -> onGoodbye(frame);
            case KnownDecoder.TEMPLATE_ID -> onKnown(frame);
            case RaisedDecoder.TEMPLATE_ID -> onRaised(frame);
            default -> onNamesake(frame);
        };
        return isWellFormed ? DecodeResult.CONSUMED : DecodeResult.MALFORMED;
    }

    /** A message that this version doesn't know is of no family: what is asked is whether its sender is a peer. */
    DecodeResult decodeUnknown(final Frame frame) {
        return listener.accepts(frame.cluster(), frame.sender()) ?
            DecodeResult.UNKNOWN_TEMPLATE : DecodeResult.STRANGER;
    }

    private boolean isAccepted(final Frame frame) {
        final long cluster = frame.cluster();
        final long sender = frame.sender();
        return switch (frame.templateId()) {
            case GreetingDecoder.TEMPLATE_ID -> listener.acceptsGreeting(cluster, sender);
            case KnownDecoder.TEMPLATE_ID -> listener.acceptsKnown(cluster, sender);
            case NamesakeDecoder.TEMPLATE_ID -> listener.acceptsNamesake(cluster, sender);
            default -> listener.accepts(cluster, sender);
        };
    }

    private boolean onGreeting(final Frame frame) {
        final Greeting greeting = greetings.parse(frame);
        if (greeting == null) {
            return false;
        }
        listener.onGreeting(greeting);
        return true;
    }

    private boolean onHeartbeat(final Frame frame) {
        if (!frame.isBlock(HeartbeatDecoder.BLOCK_LENGTH)) {
            return false;
        }
        heartbeat.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        if (heartbeat.incarnation() <= 0) {
            return false;
        }
        listener.onHeartbeat(frame.sender(), heartbeat.incarnation());
        return true;
    }

    private boolean onGoodbye(final Frame frame) {
        if (!frame.isBlock(GoodbyeDecoder.BLOCK_LENGTH)) {
            return false;
        }
        goodbye.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        if (goodbye.incarnation() <= 0) {
            return false;
        }
        listener.onGoodbye(frame.sender(), goodbye.incarnation());
        return true;
    }

    private boolean onKnown(final Frame frame) {
        if (!frame.hasBlock(KnownDecoder.BLOCK_LENGTH)) {
            return false;
        }
        known.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final String endpoint = endpoint(frame);
        if (endpoint == null || !endpoint.isEmpty() && !Query.isEndpoint(endpoint) || known.incarnation() <= 0) {
            return false;
        }
        listener.onKnown(
            frame.sender(),
            new KnownIncarnation(
                known.node(), known.incarnation(), known.flags().isLive(), endpoint, known.echo()));
        return true;
    }

    private boolean onRaised(final Frame frame) {
        if (!frame.isBlock(RaisedDecoder.BLOCK_LENGTH)) {
            return false;
        }
        raised.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        if (raised.former() <= 0 || raised.incarnation() <= raised.former()) {
            return false;
        }
        listener.onRaised(frame.sender(), raised.former(), raised.incarnation());
        return true;
    }

    private boolean onNamesake(final Frame frame) {
        if (!frame.hasBlock(NamesakeDecoder.BLOCK_LENGTH)) {
            return false;
        }
        namesake.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final String endpoint = endpoint(frame);
        if (endpoint == null || !Query.isEndpoint(endpoint) || namesake.incarnation() <= 0 || namesake.ageNs() < 0) {
            return false;
        }
        listener.onNamesake(new Namesake(
            namesake.incarnation(), namesake.nonce(), namesake.ageNs(), namesake.flags().isAnswer(), endpoint));
        return true;
    }

    /** What follows the block; null if it is malformed, or the frame does not end with it. */
    private String endpoint(final Frame frame) {
        reader.wrap(frame);
        final String endpoint = reader.endpoint();
        return frame.endsAt(reader.position()) ? endpoint : null;
    }
}
