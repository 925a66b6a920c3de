package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table for those who know Partisan: each function of the reference has a row, and each row a test that exists. */
class PartisanTableTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(should\\w+))?`");
    /** What the reference exports, its server's own callbacks aside. */
    private static final List<String> FUNCTIONS = List.of(
        "start_link/0", "start_link/5", "broadcast/2", "broadcast_channel/1", "update/1", "broadcast_members/0",
        "exchanges/0", "exchanges/1", "cancel_exchanges/1", "get_peers/1", "get_peers/2", "get_eager_peers/1",
        "get_lazy_peers/1", "debug_get_peers/2", "debug_get_peers/4", "debug_get_tree/2", "debug_get_tree/4");
    private static final List<String> TYPES = List.of(
        "nodeset()", "message_id()", "message_round()", "outstanding()", "exchange()", "exchanges()", "selector()",
        "opts()", "info_opt()");
    private static final List<String> CALLBACKS = List.of(
        "broadcast_data/1", "broadcast_channel/0", "merge/2", "is_stale/1", "graft/1", "exchange/1");

    private final List<String> rows = new ArrayList<>();
    private final Map<String, String> sourcesByTest = new HashMap<>();

    PartisanTableTest() throws IOException {
        for (final String line : Files.readAllLines(ROOT.resolve("docs/partisan.md"))) {
            if (line.startsWith("| ") && !line.startsWith("| reference ")) {
                rows.add(line);
            }
        }
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (final Path file : files.filter(PartisanTableTest::isTest).toList()) {
                sourcesByTest.merge(
                    file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
    }

    private static boolean isTest(final Path file) {
        return file.toString().endsWith("Test.java") && !file.toString().contains("target");
    }

    @Test
    void shouldHaveARowForEachFunctionTypeAndCallback() {
        for (final List<String> names : List.of(FUNCTIONS, TYPES, CALLBACKS)) {
            for (final String name : names) {
                assertTrue(rows.stream().anyMatch(row -> cell(row, 0).contains("`" + name + "`")), name);
            }
        }
    }

    @Test
    void shouldNameATestThatExistsInEachRowThatHasACounterpart() {
        int checked = 0;
        for (final String row : rows) {
            final boolean hasCounterpart = !cell(row, 1).startsWith("none");
            final Matcher test = TEST.matcher(cell(row, 3));
            assertEquals(hasCounterpart, test.find(), row);
            test.reset();
            while (test.find()) {
                final String source = sourcesByTest.get(test.group(1));
                assertTrue(source != null, "no test " + test.group(1) + ": " + row);
                assertTrue(test.group(2) == null || source.contains("void " + test.group(2) + "("),
                    "no test " + test.group() + ": " + row);
                checked++;
            }
        }
        assertTrue(checked > 40, "only " + checked + " found");
    }

    private static String cell(final String row, final int index) {
        return row.replace("\\|", "/").split("\\|")[index + 1].trim();
    }
}
