package com.example.lastvalue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LastValueTest {
    private static final int ID_LENGTH = 17;

    private final LastValue handler = new LastValue();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);

    private void put(final long version, final long origin, final String value) {
        message.putLong(0, version, ByteOrder.LITTLE_ENDIAN);
        message.putLong(8, origin, ByteOrder.LITTLE_ENDIAN);
        message.putByte(16, (byte) 'k');
        message.putStringWithoutLengthAscii(ID_LENGTH, value);
    }

    private MessageId id(final int length) {
        return new MessageId().wrap(message, 0, length);
    }

    private boolean merge(final long version, final long origin, final String value) {
        put(version, origin, value);
        return handler.merge(new Message().wrap(message, 0, ID_LENGTH, ID_LENGTH, value.length()));
    }

    @Test
    void shouldKeepTheNewestAndTakeOlderOnesForStale() {
        assertTrue(merge(2, 7, "two"));
        assertFalse(merge(2, 7, "two"));
        assertFalse(merge(1, 9, "one"));
        assertTrue(merge(2, 8, "two, of a greater origin"));
        assertEquals("two, of a greater origin", handler.value("k"));
    }

    @Test
    void shouldServeAGraftOfWhatItHasAndKnowWhatIsSubsumed() {
        final GraftPayload payload = new GraftPayload();
        merge(2, 7, "two");
        assertEquals(GraftResult.PAYLOAD, handler.graft(id(ID_LENGTH), payload));
        assertEquals("two", payload.buffer().getStringWithoutLengthAscii(payload.offset(), payload.length()));
        put(1, 7, "");
        assertEquals(GraftResult.STALE, handler.graft(id(ID_LENGTH), payload));
        put(3, 7, "");
        assertEquals(GraftResult.UNKNOWN, handler.graft(id(ID_LENGTH), payload));
    }

    @Test
    void shouldRefuseAnIdWithoutAKey() {
        assertThrows(MalformedMessageException.class, () -> handler.isStale(id(16)));
    }
}
