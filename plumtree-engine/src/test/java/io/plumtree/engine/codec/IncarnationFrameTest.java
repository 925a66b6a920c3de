package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class IncarnationFrameTest {
    private static final long CLUSTER = 77;
    private static final long SENDER = 5;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[IncarnationFrameEncoder.MAX_LENGTH]);
    private final IncarnationFrameEncoder encoder = new IncarnationFrameEncoder(CLUSTER, SENDER);
    private final RecordingListener listener = new RecordingListener();
    private final FrameDecoder decoder = listener.decoder();

    @Test
    void shouldKeepWhatIsKnownOfANode() {
        final KnownIncarnation known = new KnownIncarnation(9, 1L << 47, true, "10.0.0.1:7100", -7);
        assertDecodes(encoder.known(frame, known), "acceptsStranger 77 5", "5 " + known);
        final KnownIncarnation nowhere = new KnownIncarnation(9, 1, false, "", 0);
        assertDecodes(encoder.known(frame, nowhere), "acceptsStranger 77 5", "5 " + nowhere);
    }

    @Test
    void shouldKeepARaise() {
        assertDecodes(encoder.raised(frame, 7, 8), "accepts 77 5", "5 raised from 7 to 8");
    }

    @Test
    void shouldKeepANamesake() {
        final Namesake longest = new Namesake(Long.MAX_VALUE, -1, Long.MAX_VALUE, true, "h".repeat(249) + ":7100");
        final int length = encoder.namesake(frame, longest);
        assertEquals(IncarnationFrameEncoder.MAX_LENGTH, length);
        assertDecodes(length, "acceptsNamesake 77 5", longest.toString());
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertMalformed(encoder.known(frame, new KnownIncarnation(9, 0, false, "h:1", 0)));
        assertMalformed(encoder.known(frame, new KnownIncarnation(9, 1, false, "h:0", 0)));
        assertMalformed(encoder.known(frame, new KnownIncarnation(9, 1, false, "h", 0)));
        assertMalformed(encoder.raised(frame, 8, 8));
        assertMalformed(encoder.raised(frame, 0, 8));
        assertMalformed(encoder.namesake(frame, new Namesake(0, 1, 1, false, "h:1")));
        assertMalformed(encoder.namesake(frame, new Namesake(1, 1, -1, false, "h:1")));
        assertMalformed(encoder.namesake(frame, new Namesake(1, 1, 1, false, "")));
    }

    @Test
    void shouldTakeWholeFramesAlone() {
        assertOnlyWhole(encoder.known(frame, new KnownIncarnation(9, 1, true, "host:1", 0)));
        assertOnlyWhole(encoder.raised(frame, 7, 8));
        assertOnlyWhole(encoder.namesake(frame, new Namesake(1, 2, 3, true, "host:1")));
    }

    private void assertOnlyWhole(final int length) {
        for (int cut = 8; cut < length; cut++) {
            assertEquals(DecodeResult.MALFORMED, decoder.decode(frame, 0, cut), "bytes: " + cut);
        }
        assertEquals(DecodeResult.CONSUMED, decoder.decode(frame, 0, length));
    }

    private void assertDecodes(final int length, final String... events) {
        listener.events.clear();
        assertEquals(DecodeResult.CONSUMED, decoder.decode(frame, 0, length));
        assertEquals(List.of(events), listener.events);
    }

    private void assertMalformed(final int length) {
        assertEquals(DecodeResult.MALFORMED, decoder.decode(frame, 0, length));
    }
}
