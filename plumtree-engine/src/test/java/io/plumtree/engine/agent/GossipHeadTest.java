package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.codec.GossipFrameEncoder;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GossipHeadTest {
    private final GossipFrameEncoder encoder = new GossipFrameEncoder(11, 22);
    private final GossipHead head = new GossipHead(encoder);
    private final UnsafeBuffer expected = new UnsafeBuffer(new byte[GossipFrameEncoder.GOSSIP_HEAD_LENGTH]);

    /** Each differs in one thing from the first, which may be all zeros as a new head's fields are. */
    static Stream<Arguments> shouldBeThatOfTheFrameThatFollows() {
        return Stream.of(
            Arguments.of(false, 0L, 0, 0), Arguments.of(true, 0L, 0, 0), Arguments.of(false, 7L, 0, 0),
            Arguments.of(false, 0L, 3, 0), Arguments.of(false, 0L, 0, 9));
    }

    @ParameterizedTest
    @MethodSource
    void shouldBeThatOfTheFrameThatFollows(
        final boolean isBundle, final long root, final int round, final int handler) {
        assertHead(false, 0, 0, 0);
        assertHead(isBundle, root, round, handler);
        assertHead(isBundle, root, round, handler);
        assertHead(false, 0, 0, 0);
    }

    private void assertHead(final boolean isBundle, final long root, final int round, final int handler) {
        final int length = isBundle ?
            encoder.bundleHead(expected, 0, root, round, handler) :
            encoder.gossipHead(expected, 0, root, round, handler);
        head.set(isBundle, root, round, handler);
        assertEquals(length, head.length());
        assertTrue(expected.equals(head.buffer()));
    }
}
