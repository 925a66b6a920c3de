package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/options.md} says of the transport's options. */
class OptionsPageTest {
    @Test
    void shouldHaveEveryOptionWithItsDefault() throws IOException {
        final Map<String, String> rows = Pattern.compile("(?m)^\\| `(aeron\\.[^`]+)` \\| (?:`([^`]*)`)?")
            .matcher(Files.readString(Path.of("../docs/options.md"))).results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2) == null ? "" : row.group(2)));
        final Map<String, String> defaults = new AeronTransportOptions().toMap();
        assertEquals(defaults.keySet(), rows.keySet());
        assertEquals(defaults, AeronTransportOptions.of(rows).toMap());
    }
}
