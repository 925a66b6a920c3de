package my.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The handler that {@code docs/handlers.md} shows is the one that is compiled and tested here. */
class HandlersPageTest {
    private static final Path PAGE = Path.of("../docs/handlers.md");
    private static final Path SOURCE = Path.of("src/test/java/my/handlers/Notes.java");
    private static final Pattern EXAMPLE =
        Pattern.compile("<!-- example: Notes.java -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void shouldShowAHandlerThatCompiles() throws IOException {
        final Matcher example = EXAMPLE.matcher(Files.readString(PAGE));
        assertTrue(example.find(), "the page has the example");
        assertEquals(Files.readString(SOURCE), example.group(1));
    }
}
