package io.plumtree.node.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConfigPropertiesTest {
    private static final String TEXT = """
        # a = comment \\
        a = 1
        ! b = comment

        long = one, \\
            two \\
            three
        c:3\r\nd 4\re = backslash \\\\
        f = \u00fc""";

    private final ConfigProperties properties = parse(TEXT);

    private static ConfigProperties parse(final String text) {
        return ConfigProperties.parse("--config", "f", text);
    }

    @Test
    void shouldReadWhatJavaReads() throws Exception {
        final Properties expected = new Properties();
        expected.load(new StringReader(TEXT));
        assertEquals(expected, properties.values());
    }

    @Test
    void shouldKnowTheLineOfEachKey() {
        final Map<String, String> places = Map.of(
            "a", "f:2", "long", "f:5", "c", "f:8", "d", "f:9", "e", "f:10", "f", "f:11");
        places.forEach((key, place) -> assertEquals(place, properties.place(key)));
    }

    @Test
    void shouldRefuseAKeyThatIsThereTwice() {
        final String message = assertThrows(
            IllegalArgumentException.class, () -> parse("a = 1\nb = 2\na = 3\n")).getMessage();
        assertEquals("'a' is on line 1 and on line 3", message);
    }

    @Test
    void shouldTellTheLineOfAWrongEscape() {
        final String message = assertThrows(
            IllegalArgumentException.class, () -> parse("a = 1\nb = \\u12\n")).getMessage();
        assertEquals("line 2: Malformed \\uxxxx encoding.", message);
    }
}
