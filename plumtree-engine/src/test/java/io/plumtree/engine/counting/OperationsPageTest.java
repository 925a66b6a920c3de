package io.plumtree.engine.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an operator looks up is there. */
class OperationsPageTest {
    @Test
    void shouldExplainEveryCounter() throws IOException {
        final String page = Files.readString(Path.of("../docs/operations.md"));
        assertEquals(List.of(), new EngineCounters().snapshot().keySet().stream()
            .filter(label -> !page.contains("| `" + label + "` | ")).toList());
    }

    @Test
    void shouldExplainNoCounterThatIsNotThere() throws IOException {
        final Set<String> labels = new EngineCounters().snapshot().keySet();
        assertEquals(List.of(), Pattern.compile("(?m)^\\| `((?:engine|protocol|hyparview)\\.[^`]+)` \\|")
            .matcher(Files.readString(Path.of("../docs/operations.md"))).results()
            .map(row -> row.group(1)).filter(label -> !labels.contains(label)).toList());
    }

    /** A page that is made from the code's comments has no more of the code than those. */
    @Test
    void shouldHaveWholeRowsAndNoSourceInItsTables() throws IOException {
        assertEquals(List.of(), Files.readString(Path.of("../docs/operations.md")).lines()
            .filter(line -> line.startsWith("|") && !line.endsWith("|") || line.contains("*/") || line.contains("/**"))
            .toList());
    }
}
