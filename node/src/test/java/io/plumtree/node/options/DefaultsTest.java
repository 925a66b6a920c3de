package io.plumtree.node.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class DefaultsTest {
    @Command(name = "cook")
    static final class Cook {
        @Option(names = {"-m", "--max-pans"}, defaultValue = "1")
        private int maxPans;
        @Option(names = "--dish", split = ",")
        private List<String> dishes = List.of();
        @Option(names = "--option")
        private Map<String, String> options = Map.of();
    }

    private final Properties file = new Properties();
    private Map<String, String> environment = Map.of();

    private Cook parse(final String... args) {
        final Cook cook = new Cook();
        new CommandLine(cook).setDefaultValueProvider(new Defaults(environment, file)).parseArgs(args);
        return cook;
    }

    private Map<String, String> keyed(final Map<String, String> flags) {
        return new Defaults(environment, file).keyedOptions(new CommandLine(new Cook()).getCommandSpec(), flags);
    }

    @Test
    void shouldPreferFlagsToTheEnvironmentAndTheEnvironmentToTheFile() {
        assertEquals(1, parse().maxPans);
        file.setProperty("cook.max-pans", "2");
        assertEquals(2, parse().maxPans);
        environment = Map.of("PLUMTREE_COOK_MAX_PANS", "3");
        assertEquals(3, parse().maxPans);
        assertEquals(4, parse("-m", "4").maxPans);
    }

    @Test
    void shouldTakeAnEmptyVariableAsNone() {
        file.setProperty("cook.max-pans", "2");
        environment = Map.of("PLUMTREE_COOK_MAX_PANS", "");
        assertEquals(2, parse().maxPans);
    }

    @Test
    void shouldReplaceListsAsAWhole() {
        file.setProperty("cook.dish", "soup,roast");
        assertEquals(List.of("soup", "roast"), parse().dishes);
        environment = Map.of("PLUMTREE_COOK_DISH", "fish,rice");
        assertEquals(List.of("fish", "rice"), parse().dishes);
        assertEquals(List.of("cake", "tea"), parse("--dish", "cake", "--dish", "tea").dishes);
    }

    @Test
    void shouldMergeKeyedOptionsKeyByKey() {
        file.setProperty("cook.option.a", "file,with=signs");
        file.setProperty("cook.option.b", "file");
        file.setProperty("cook.option.c", "file");
        file.setProperty("other.option.d", "file");
        environment = Map.of("PLUMTREE_COOK_OPTION", "b=environment,c=environment");
        assertEquals(Map.of("a", "file,with=signs", "b", "environment", "c", "flag"), keyed(Map.of("c", "flag")));
        assertEquals(Map.of("x", "1"), parse("--option", "x=1").options);
    }

    @Test
    void shouldFindTheFileThroughTheFlagBeforeTheEnvironment(@TempDir final Path directory) throws Exception {
        final Path one = Files.writeString(directory.resolve("one"), "key = one");
        final Path two = Files.writeString(directory.resolve("two"), "key = two");
        final Map<String, String> variables = Map.of(ConfigFile.VARIABLE, one.toString());
        assertEquals("one", ConfigFile.read(new String[0], variables).getProperty("key"));
        assertEquals("two", ConfigFile.read(new String[] {"--config", two.toString()}, variables).getProperty("key"));
        assertEquals("two", ConfigFile.read(new String[] {"--config=" + two}, variables).getProperty("key"));
        assertEquals("one", ConfigFile.read(new String[] {"--", "--config=" + two}, variables).getProperty("key"));
        assertEquals(0, ConfigFile.read(new String[0], Map.of()).size());
    }

    @Test
    void shouldRefuseAFileThatIsNone(@TempDir final Path directory) {
        assertThrows(ConfigFile.Unreadable.class,
            () -> ConfigFile.read(new String[] {"--config", directory.toString()}, Map.of()));
    }
}
