package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the pages name is there: classes, packages, and the files that links lead to. */
class PageNamesTest {
    private static final Path ROOT = Path.of("..");
    /** A name of ours in full; what follows a class is a member of the class. */
    private static final Pattern FULL_NAME = Pattern.compile("\\bio\\.plumtree(?:\\.[A-Za-z]\\w*)*");
    /** A class, alone or before a member; no flag, and nothing after a colon or a slash. */
    private static final Pattern CLASS = Pattern.compile("`(?:new )?([A-Z][a-z]+(?:[A-Z]\\w*)+)\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern NAMED_LINK = Pattern.compile("\\[([A-Z]\\w+)](?![(:])");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[([A-Z]\\w+)]: (\\S+)$");
    private static final Pattern WORD = Pattern.compile("\\b[A-Z]\\w+");
    /** Of the JVM. */
    private static final Set<String> NAMES_OF_OTHERS = Set.of("StubRoutines");

    private static final Map<Path, String> PAGES = new HashMap<>();
    /** Names in full of our classes and packages, and of our events, which are named like classes. */
    private static final Set<String> NAMES = new HashSet<>();
    /** All words in our sources that begin with a capital letter. */
    private static final Set<String> WORDS = new HashSet<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (final Path file : files.filter(PageNamesTest::isOurs).toList()) {
                final String text = Files.readString(file);
                if (file.toString().endsWith(".md")) {
                    PAGES.put(file, text);
                    continue;
                }
                WORD.matcher(text).results().forEach(word -> WORDS.add(word.group()));
                FULL_NAME.matcher(text).results().map(MatchResult::group)
                    .filter(name -> text.contains("@Name(\"" + name + "\")")).forEach(NAMES::add);
                addNames(file);
            }
        }
    }

    private static boolean isOurs(final Path file) {
        final String name = file.toString();
        return !name.contains("/target/") && !name.contains("/.")
            && (name.endsWith(".java") || name.endsWith(".md") && !name.endsWith("CHANGELOG.md"));
    }

    /** A class, and the packages around it. */
    private static void addNames(final Path file) {
        final String path = file.toString();
        final int start = path.indexOf("/java/");
        if (start >= 0) {
            String name = path.substring(start + "/java/".length(), path.length() - ".java".length())
                .replace('/', '.');
            while (name.contains(".")) {
                NAMES.add(name);
                name = name.substring(0, name.lastIndexOf('.'));
            }
        }
    }

    @Test
    void shouldNameClassesAndPackagesThatAreThere() {
        final List<String> gone = new ArrayList<>();
        int count = 0;
        for (final Map.Entry<Path, String> page : PAGES.entrySet()) {
            for (final MatchResult match : FULL_NAME.matcher(page.getValue()).results().toList()) {
                count++;
                if (!isThere(match.group())) {
                    gone.add(page.getKey() + ": " + match.group());
                }
            }
            for (final MatchResult match : CLASS.matcher(page.getValue()).results().toList()) {
                count++;
                if (!WORDS.contains(match.group(1)) && !NAMES_OF_OTHERS.contains(match.group(1))) {
                    gone.add(page.getKey() + ": " + match.group(1));
                }
            }
        }
        assertEquals(List.of(), gone);
        assertTrue(count > 100, "only " + count + " found");
    }

    private static boolean isThere(final String name) {
        if (NAMES.contains(name) || name.equals("io.plumtree")) {
            return true;
        }
        final int last = name.lastIndexOf('.');
        final String owner = name.substring(0, last);
        final String simple = owner.substring(owner.lastIndexOf('.') + 1);
        // A member, or a class within: of a class, not of a package.
        return Character.isUpperCase(simple.charAt(0)) && NAMES.contains(owner);
    }

    @Test
    void shouldLinkToFilesThatAreThere() {
        final List<String> gone = new ArrayList<>();
        int count = 0;
        for (final Map.Entry<Path, String> page : PAGES.entrySet()) {
            for (final MatchResult link : LINK.matcher(page.getValue()).results().toList()) {
                count++;
                if (!Files.exists(page.getKey().resolveSibling(link.group(1)))) {
                    gone.add(page.getKey() + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), gone);
        assertTrue(count > 20, "only " + count + " found");
    }

    @Test
    void shouldSayForEachNamedLinkWhichFileOfThatNameItLeadsTo() {
        final List<String> wrong = new ArrayList<>();
        int count = 0;
        for (final Map.Entry<Path, String> page : PAGES.entrySet()) {
            final Map<String, String> targets = new HashMap<>();
            DEFINITION.matcher(page.getValue()).results()
                .forEach(definition -> targets.put(definition.group(1), definition.group(2)));
            if (targets.isEmpty()) {
                continue;
            }
            for (final MatchResult link : NAMED_LINK.matcher(page.getValue()).results().toList()) {
                count++;
                final String target = targets.get(link.group(1));
                if (target == null || !target.endsWith("/" + link.group(1) + ".java") ||
                    !Files.exists(page.getKey().resolveSibling(target))) {
                    wrong.add(page.getKey() + ": " + link.group(1) + ": " + target);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(count > 50, "only " + count + " found");
    }
}
