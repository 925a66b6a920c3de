package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.engine.codec.sbe.MessageHeaderDecoder;
import java.lang.reflect.Proxy;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which listener is asked about which message. The frames here are heads alone: cluster and sender, and no more. */
class FrameFamiliesTest {
    private static final int LENGTH = 24;
    private static final int MAX_TEMPLATE = 64;

    /** The families, with the templates that the schema gives them. */
    private enum Family {
        GOSSIP(10, 18), LINKS(1, 6), EXCHANGES(30, 33), QUERIES(40, 44), OVERLAY(20, 26);

        private final int first;
        private final int last;

        Family(final int first, final int last) {
            this.first = first;
            this.last = last;
        }

        private boolean has(final int template) {
            return template >= first && template <= last;
        }

        private static Family of(final int template) {
            for (final Family family : values()) {
                if (family.has(template)) {
                    return family;
                }
            }
            return null;
        }
    }

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[LENGTH]);
    private final List<String> events = new ArrayList<>();
    private boolean isAccepting = true;

    @Test
    void shouldAskTheListenerOfTheFamilyAlone() {
        final FrameDecoder decoder = decoder(Family.values());
        for (int template = 0; template < MAX_TEMPLATE; template++) {
            final boolean isKnown = Family.of(template) != null;
            final DecodeResult result = decode(decoder, template);
            assertEquals(isKnown ? DecodeResult.MALFORMED : DecodeResult.UNKNOWN_TEMPLATE, result, "of " + template);
            assertEquals(List.of(question(template)), events, "of " + template);
        }
    }

    @Test
    void shouldRefuseWhatTheListenerOfTheFamilyDoesNotAccept() {
        final FrameDecoder decoder = decoder(Family.values());
        isAccepting = false;
        for (int template = 0; template < MAX_TEMPLATE; template++) {
            assertEquals(DecodeResult.STRANGER, decode(decoder, template), "of " + template);
            assertEquals(List.of(question(template)), events, "of " + template);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseFamiliesThatNobodyListensTo(final Family family) {
        final FrameDecoder decoder = decoder(family);
        for (int template = 0; template < MAX_TEMPLATE; template++) {
            final Family asked = Family.of(template) == null ? Family.LINKS : Family.of(template);
            final DecodeResult result = decode(decoder, template);
            assertEquals(asked != family, result == DecodeResult.STRANGER, "of " + template);
            assertEquals(asked == family ? List.of(question(template)) : List.of(), events, "of " + template);
        }
    }

    @Test
    void shouldRefuseEverythingWhereNobodyListens() {
        final FrameDecoder decoder = decoder();
        IntStream.range(0, MAX_TEMPLATE).forEach(template ->
            assertEquals(DecodeResult.STRANGER, decode(decoder, template), "of " + template));
    }

    /** What is asked before anything of a message is looked at. One of no family could as well be a peer's. */
    private static String question(final int template) {
        final Family family = Family.of(template);
        if (family == null) {
            return "LINKS accepts 11 22";
        }
        return family + switch (template) {
            case 1 -> " acceptsGreeting";
            case 4 -> " acceptsKnown";
            case 6 -> " acceptsNamesake";
            default -> " accepts";
        } + " 11 22";
    }

    private DecodeResult decode(final FrameDecoder decoder, final int template) {
        events.clear();
        frame.putShort(0, (short) (LENGTH - MessageHeaderDecoder.ENCODED_LENGTH), ByteOrder.LITTLE_ENDIAN);
        frame.putShort(2, (short) template, ByteOrder.LITTLE_ENDIAN);
        frame.putShort(4, (short) MessageHeaderDecoder.SCHEMA_ID, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(8, 11, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(16, 22, ByteOrder.LITTLE_ENDIAN);
        return decoder.decode(frame, 0, LENGTH);
    }

    private FrameDecoder decoder(final Family... families) {
        final FrameListeners listeners = new FrameListeners();
        for (final Family family : families) {
            switch (family) {
                case GOSSIP -> listeners.gossip(listener(family, GossipFrameListener.class));
                case LINKS -> listeners.links(listener(family, LinkFrameListener.class));
                case EXCHANGES -> listeners.exchanges(listener(family, ExchangeFrameListener.class));
                case QUERIES -> listeners.queries(listener(family, QueryFrameListener.class));
                default -> listeners.overlay(listener(family, OverlayFrameListener.class));
            }
        }
        return new FrameDecoder(listeners);
    }

    private <T> T listener(final Family family, final Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            events.add(family + " " + method.getName() + " " + args[0] + " " + args[1]);
            return isAccepting;
        }));
    }
}
