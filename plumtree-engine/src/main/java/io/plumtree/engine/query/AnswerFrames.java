package io.plumtree.engine.query;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.AnswerPart;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.QueryFrameEncoder;
import io.plumtree.engine.codec.QueryType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes the frames of an answer: as many as it takes, none of them long. */
final class AnswerFrames {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[AnswerPart.MAX_FRAME_LENGTH]);
    private final QueryHost host;
    private final QueryFrameEncoder encoder;
    private final int maxEntriesLength;

    /** Writes a part into the buffer and returns its length. */
    @FunctionalInterface
    private interface PartEncoder<T> {
        int encode(AnswerPart<T> part);
    }

    AnswerFrames(final QueryHost host, final QueryFrameEncoder encoder, final int maxUnfragmentedLength) {
        this.host = host;
        this.encoder = encoder;
        // One entry always has room in the shorter of the two lengths that there may be.
        final int frameLength = Math.max(512, Math.min(AnswerPart.MAX_FRAME_LENGTH, maxUnfragmentedLength));
        this.maxEntriesLength = frameLength - QueryFrameEncoder.MAX_ANSWER_OVERHEAD;
    }

    /** The frames, in order. */
    Queue<byte[]> answer(final QueryType type, final Query query) {
        final long correlation = query.correlation();
        return switch (type) {
            // What the wire has no room for is no endpoint that anybody could reach.
            case MEMBERS -> split(
                correlation,
                host.members().stream().filter(state -> Query.isEndpoint(state.member().endpoint())).toList(),
                QueryFrameEncoder::length,
                part -> encoder.membersAnswer(buffer, 0, part));
            case PEERS -> split(
                correlation,
                host.peers(query.root()),
                QueryFrameEncoder::length,
                part -> encoder.peersAnswer(buffer, 0, part));
            case EXCHANGES -> split(
                correlation,
                host.exchanges(),
                QueryFrameEncoder::length,
                part -> encoder.exchangesAnswer(buffer, 0, host.incarnation(), part));
        };
    }

    byte[] refusal(final long correlation, final int code) {
        return frame(encoder.refused(buffer, 0, correlation, code));
    }

    private <T> Queue<byte[]> split(
        final long correlation,
        final List<T> entries,
        final ToIntFunction<T> entryLength,
        final PartEncoder<T> partEncoder) {
        final NodeId self = host.self();
        final Queue<byte[]> frames = new ArrayDeque<>();
        final List<T> some = new ArrayList<>();
        int length = 0;
        for (final T entry : entries) {
            final int more = entryLength.applyAsInt(entry);
            if (length + more > maxEntriesLength) {
                frames.add(frame(partEncoder.encode(
                    new AnswerPart<>(self, correlation, frames.size(), false, some))));
                some.clear();
                length = 0;
            }
            some.add(entry);
            length += more;
        }
        frames.add(frame(partEncoder.encode(new AnswerPart<>(self, correlation, frames.size(), true, some))));
        return frames;
    }

    private byte[] frame(final int length) {
        return Arrays.copyOf(buffer.byteArray(), length);
    }
}
