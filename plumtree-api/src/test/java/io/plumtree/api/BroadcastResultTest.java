package io.plumtree.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class BroadcastResultTest {
    @Test
    void shouldKnowTheNameOfEachCode() throws IllegalAccessException {
        for (final Field field : BroadcastResult.class.getFields()) {
            assertEquals(field.getName(), BroadcastResult.name(field.getLong(null)));
        }
        assertEquals("position 64", BroadcastResult.name(64));
        assertEquals("unknown code -99", BroadcastResult.name(-99));
    }
}
