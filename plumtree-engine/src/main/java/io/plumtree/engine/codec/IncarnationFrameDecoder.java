package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.KnownDecoder;
import io.plumtree.engine.codec.sbe.NamesakeDecoder;
import io.plumtree.engine.codec.sbe.RaisedDecoder;
import org.agrona.DirectBuffer;

/** Checks frames about incarnations whole before anything is told of them; part of {@link FrameDecoder}. */
final class IncarnationFrameDecoder {
    private final KnownDecoder known = new KnownDecoder();
    private final RaisedDecoder raised = new RaisedDecoder();
    private final NamesakeDecoder namesake = new NamesakeDecoder();
    private final TextReader reader = new TextReader();

    boolean decode(
        final int templateId,
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final IncarnationFrameListener listener) {
        reader.wrap(buffer, blockOffset + blockLength, limit);
        return switch (templateId) {
            case KnownDecoder.TEMPLATE_ID -> onKnown(buffer, blockOffset, blockLength, limit, version, listener);
            case RaisedDecoder.TEMPLATE_ID -> onRaised(buffer, blockOffset, blockLength, limit, version, listener);
            default -> onNamesake(buffer, blockOffset, blockLength, limit, version, listener);
        };
    }

    private boolean onKnown(
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final IncarnationFrameListener listener) {
        if (!Compatibility.agrees(version, blockLength, KnownDecoder.BLOCK_LENGTH)) {
            return false;
        }
        known.wrap(buffer, blockOffset, blockLength, version);
        final String endpoint = reader.endpoint();
        if (endpoint == null || !endpoint.isEmpty() && !Query.isEndpoint(endpoint) || known.incarnation() <= 0 ||
            !Compatibility.agrees(version, limit, reader.position())) {
            return false;
        }
        listener.onKnown(
            known.sender(),
            new KnownIncarnation(
                known.node(), known.incarnation(), known.flags().isLive(), endpoint, known.echo()));
        return true;
    }

    private boolean onRaised(
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final IncarnationFrameListener listener) {
        if (!Compatibility.agrees(version, blockLength, RaisedDecoder.BLOCK_LENGTH) ||
            !Compatibility.agrees(version, limit, blockOffset + blockLength)) {
            return false;
        }
        raised.wrap(buffer, blockOffset, blockLength, version);
        if (raised.former() <= 0 || raised.incarnation() <= raised.former()) {
            return false;
        }
        listener.onRaised(raised.sender(), raised.former(), raised.incarnation());
        return true;
    }

    private boolean onNamesake(
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final IncarnationFrameListener listener) {
        if (!Compatibility.agrees(version, blockLength, NamesakeDecoder.BLOCK_LENGTH)) {
            return false;
        }
        namesake.wrap(buffer, blockOffset, blockLength, version);
        final String endpoint = reader.endpoint();
        if (endpoint == null || !Query.isEndpoint(endpoint) || namesake.incarnation() <= 0 ||
            namesake.ageNs() < 0 || !Compatibility.agrees(version, limit, reader.position())) {
            return false;
        }
        listener.onNamesake(new Namesake(
            namesake.incarnation(), namesake.nonce(), namesake.ageNs(), namesake.flags().isAnswer(), endpoint));
        return true;
    }
}
