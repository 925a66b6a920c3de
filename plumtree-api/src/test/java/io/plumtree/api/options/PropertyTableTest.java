package io.plumtree.api.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyTableTest {
    private static final class Options {
        private String text;
        private boolean flag;
        private int number;
        private int length;
        private long timeNs;
    }

    private final PropertyTable<Options> table = new PropertyTable<Options>()
        .text("text", options -> options.text, (options, value) -> options.text = value)
        .flag("flag", options -> options.flag, (options, value) -> options.flag = value)
        .number("number", options -> options.number, (options, value) -> options.number = value)
        .size("length", options -> options.length, (options, value) -> options.length = value)
        .duration("time", options -> options.timeNs, (options, value) -> options.timeNs = value);
    private final Options options = new Options();

    @ParameterizedTest
    @CsvSource({
        "text, a b, a b", "flag, true, true", "number, -5, -5", "length, 4096, 4k", "length, 1m, 1m",
        "length, 16 k, 16k", "length, 1000, 1000", "time, 1500us, 1.5ms", "time, 2 s, 2s", "time, 7, 7ns"})
    void shouldTellWhatATextHasSet(final String key, final String text, final String expected) {
        assertTrue(table.set(options, key, text));
        assertEquals(expected, table.values(options).get(key));
    }

    @ParameterizedTest
    @CsvSource({
        "flag, yes, must be true or false", "number, 1k, 'must be a whole number, not ''1k'''",
        "length, '', 'must be a number of bytes, such as 65536, 64k or 1m'",
        "length, k, 'must be a number of bytes, such as 65536, 64k or 1m'",
        "length, 1.5k, 'must be a number of bytes, such as 65536, 64k or 1m'", "length, 2g, must be less than 2g",
        "time, soon, 'must be a duration such as 500ms, 1s or 2m (ns, us, ms, s, m, h): ''soon'''"})
    void shouldSayWhatAValueMustBe(final String key, final String text, final String message) {
        assertEquals(message, assertThrows(
            IllegalArgumentException.class, () -> table.set(options, key, text)).getMessage());
    }

    @Test
    void shouldKnowItsPropertiesAndNoOthers() {
        assertFalse(table.set(options, "nmae", "x"));
        assertEquals("[flag, length, number, text, time]", table.keys().toString());
        assertEquals(Map.of("flag", "false", "length", "0", "number", "0", "time", "0ns"), table.values(options));
    }
}
