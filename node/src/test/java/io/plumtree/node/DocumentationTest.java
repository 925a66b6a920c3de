package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.NodeContext;
import io.plumtree.node.options.ConfigProperties;
import io.plumtree.node.options.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What README and {@code docs/} tell users to type is there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    /** A command within backticks, or a line of a block of code, up to a pipe, a redirection or a comment. */
    private static final Pattern COMMAND =
        Pattern.compile("(?m)\\./plumtree((?: +(?:'[^']*'|\"[^\"]*\"|[^ `|<>#\\n]+))*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^ '\"]+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?:.*[=:])?(?:[A-Z]{1,}|…)");
    private static final Pattern FLAG = Pattern.compile("`(--[a-z][a-z-]*)");
    private static final Pattern KEY = Pattern.compile(
        "`((?:plumtree|aeron|engine|protocol|hyparview|handler\\.(?:pubsub|heartbeat|members))"
            + "\\.[A-Za-z][A-Za-z.-]*[A-Za-z])`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^#([a-z][A-Za-z.]*) =(.*)$");
    /** Of the JVM and of Maven, beside ours. */
    private static final Set<String> FLAGS_OF_OTHERS = Set.of("--add-opens", "--add-modules", "--module-path");

    private final CommandLine plumtree = Main.commandLine(new Defaults(Map.of(), ConfigProperties.NONE));

    private static Map<Path, String> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")), docs)
                .filter(page -> page.toString().endsWith(".md"))
                .collect(Collectors.toMap(page -> page, DocumentationTest::read));
        }
    }

    private static String read(final Path page) {
        try {
            return Files.readString(page);
        } catch (final IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void shouldShowOnlyCommandLinesThatAreAccepted() throws IOException {
        final List<String> refused = new ArrayList<>();
        int count = 0;
        for (final Map.Entry<Path, String> page : pages().entrySet()) {
            for (final MatchResult command : COMMAND.matcher(page.getValue()).results().toList()) {
                final List<String> words = words(command.group(1));
                final String problem = words.isEmpty() ? null : problem(words);
                count++;
                if (problem != null) {
                    refused.add(page.getKey() + ": " + command.group() + ": " + problem);
                }
            }
        }
        assertEquals(List.of(), refused);
        assertTrue(count > 50, () -> "where are the commands?");
    }

    /** All commands below one, and those below these. */
    private static Stream<CommandLine> commands(final CommandLine line) {
        return line.getSubcommands().values().stream()
            .flatMap(command -> Stream.concat(Stream.of(command), commands(command)));
    }

    private static List<String> words(final String text) {
        return WORD.matcher(text).results()
            .flatMap(word -> Stream.of(word.group(1), word.group(2), word.group(3)).filter(Objects::nonNull))
            .toList();
    }

    /** Words in capitals stand for what the reader has: the flags before them are there, whatever they take. */
    private String problem(final List<String> words) {
        CommandLine command = plumtree.getSubcommands().get(words.get(0));
        if (command == null) {
            return words.get(0).startsWith("-") ? null : "no such command";
        }
        if (words.size() > 1) {
            command = command.getSubcommands().getOrDefault(words.get(1), command);
        }
        for (final String word : words) {
            final String flag = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (flag.startsWith("--") && !flag.contains(" ") && command.getCommandSpec().findOption(flag) == null) {
                return "no flag " + flag;
            }
        }
        if (words.size() == 1 || command.getParent() != plumtree && words.size() == 2
            || words.stream().anyMatch(word -> PLACEHOLDER.matcher(word).matches())) {
            return null;
        }
        try {
            plumtree.parseArgs(words.toArray(new String[0]));
            return null;
        } catch (final MissingParameterException ex) {
            return ex.getMessage().startsWith("Missing required option") ? null : ex.getMessage();
        } catch (final ParameterException ex) {
            return ex.getMessage();
        }
    }

    /** Wrapped, they could not be pasted into a shell. */
    @Test
    void shouldShowExamplesInHelpThatFitATerminal() {
        final List<String> wrapped = new ArrayList<>();
        commands(plumtree).forEach(command -> {
            final List<String> shown = command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines().toList();
            Stream.of(command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  ") && !shown.contains(line)).forEach(wrapped::add);
        });
        assertEquals(List.of(), wrapped);
    }

    @Test
    void shouldNameOnlyFlagsThatAreThere() throws IOException {
        final Set<String> known = new TreeSet<>(FLAGS_OF_OTHERS);
        commands(plumtree).forEach(command ->
            command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names()))));
        final String rig = read(ROOT.resolve("benchmarks/src/main/java/io/plumtree/benchmarks/rig/RigOptions.java"))
            + read(ROOT.resolve("benchmarks/src/main/java/io/plumtree/benchmarks/rig/RigCommand.java"));
        final List<String> unknown = new ArrayList<>();
        pages().forEach((page, text) -> FLAG.matcher(text).results().map(flag -> flag.group(1))
            .filter(flag -> !known.contains(flag) && !rig.contains("\"" + flag + "\""))
            .forEach(flag -> unknown.add(page + ": " + flag)));
        assertEquals(List.of(), unknown);
    }

    /** That the rows of both pages are those of the code, their modules' tests see to. */
    @Test
    void shouldNameOnlyOptionsAndCountersThatAreThere() throws IOException {
        final Set<String> known = new TreeSet<>(NodeContext.propertyNames());
        for (final String page : List.of("docs/options.md", "docs/operations.md")) {
            ROW.matcher(read(ROOT.resolve(page))).results().forEach(row -> known.add(row.group(1)));
        }
        final List<String> unknown = new ArrayList<>();
        pages().forEach((page, text) -> KEY.matcher(text).results().map(key -> key.group(1))
            .filter(key -> !known.contains(key) && !key.equals("plumtree.xml"))
            .forEach(key -> unknown.add(page + ": " + key)));
        assertEquals(List.of(), unknown);
    }

    @Test
    void shouldHaveEveryOptionWithItsDefaultInTheFileToCopy() {
        final Map<String, String> ofPage = Pattern.compile("(?m)^\\| `([a-z]+\\.[^`]+)` \\| (?:`([^`]*)`|[^|]*) ?\\|")
            .matcher(read(ROOT.resolve("docs/options.md"))).results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2) == null ? "" : row.group(2)));
        final Map<String, String> ofFile = PROPERTY.matcher(read(ROOT.resolve("docs/node.properties"))).results()
            .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2).trim()));
        assertEquals(ofPage, ofFile);
        assertTrue(ofFile.keySet().containsAll(NodeContext.propertyNames()));
    }

    @Test
    void shouldTakeTheFileToCopyAsItIs() {
        final String text = read(ROOT.resolve("docs/node.properties"));
        assertEquals(Map.of(), ConfigProperties.parse("--config", "node.properties", text).values());
    }
}
