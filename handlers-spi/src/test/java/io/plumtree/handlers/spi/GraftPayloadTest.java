package io.plumtree.handlers.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class GraftPayloadTest {
    private final GraftPayload payload = new GraftPayload();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[16]);

    @Test
    void shouldPointWhereTheHandlerSaysUntilCleared() {
        payload.wrap(buffer, 4, 12);
        assertSame(buffer, payload.buffer());
        assertEquals(4, payload.offset());
        assertEquals(12, payload.length());
        payload.clear();
        assertNull(payload.buffer());
        assertEquals(0, payload.length());
    }

    @Test
    void shouldRefuseToPointOutsideTheBufferAndStayAsItIs() {
        payload.wrap(buffer, 0, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> payload.wrap(buffer, 4, 13));
        assertEquals(1, payload.length());
    }
}
