package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages are read and compared in a terminal, too: their lines are as long as those of the source, tables aside. */
class PageLinesTest {
    private static final Path ROOT = Path.of("..");
    private static final int MAX_LENGTH = 120;

    @Test
    void shouldHaveLinesThatFitATerminal() throws IOException {
        final List<String> tooLong = new ArrayList<>();
        int count = 0;
        for (final Path page : pages()) {
            boolean isCode = false;
            int number = 0;
            for (final String line : Files.readAllLines(page)) {
                number++;
                count++;
                isCode ^= line.strip().startsWith("```");
                if (length(line, isCode) > MAX_LENGTH) {
                    tooLong.add(page + ":" + number + ": " + line);
                }
            }
        }
        assertEquals(List.of(), tooLong);
        assertTrue(count > 1000, "only " + count + " lines found");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs")); Stream<Path> above = Files.list(ROOT)) {
            return Stream.concat(above, docs).filter(page -> page.toString().endsWith(".md")).toList();
        }
    }

    /** Rows of tables, and commands within a sentence, can't be divided. */
    private static int length(final String line, final boolean isCode) {
        if (isCode) {
            return line.length();
        }
        return line.stripLeading().startsWith("|") ? 0 : line.replaceAll("`[^`]*`", "").length();
    }
}
