package io.plumtree.node.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class DefaultsTest {
    @Command(name = "cook")
    static final class Cook {
        @Option(names = {"-m", "--max-pans"}, defaultValue = "1")
        private int maxPans;
        @Option(names = "--dish", split = ",")
        private List<String> dishes = List.of();
        @Option(names = "--cluster")
        private String cluster;
        @Option(names = "--option")
        private Map<String, String> options = Map.of();
    }

    private String file = "";
    private Map<String, String> environment = Map.of();

    private Defaults defaults() {
        return new Defaults(environment, ConfigProperties.parse("--config", "f", file));
    }

    private Cook parse(final String... args) {
        final Cook cook = new Cook();
        new CommandLine(cook).setDefaultValueProvider(defaults()).parseArgs(args);
        return cook;
    }

    private Map<String, String> keyed(final Map<String, String> flags) {
        return defaults().keyedOptions(new CommandLine(new Cook()).getCommandSpec(), flags);
    }

    @Test
    void shouldPreferFlagsToTheEnvironmentAndTheEnvironmentToTheFile() {
        assertEquals(1, parse().maxPans);
        file += "cook.max-pans = 2\n";
        assertEquals(2, parse().maxPans);
        environment = Map.of("PLUMTREE_COOK_MAX_PANS", "3");
        assertEquals(3, parse().maxPans);
        assertEquals(4, parse("-m", "4").maxPans);
    }

    @Test
    void shouldTakeAnEmptyVariableAsNone() {
        file += "cook.max-pans = 2\n";
        environment = Map.of("PLUMTREE_COOK_MAX_PANS", "");
        assertEquals(2, parse().maxPans);
    }

    @Test
    void shouldReplaceListsAsAWhole() {
        file += "cook.dish = soup,roast\n";
        assertEquals(List.of("soup", "roast"), parse().dishes);
        environment = Map.of("PLUMTREE_COOK_DISH", "fish,rice");
        assertEquals(List.of("fish", "rice"), parse().dishes);
        assertEquals(List.of("cake", "tea"), parse("--dish", "cake", "--dish", "tea").dishes);
    }

    @Test
    void shouldMergeKeyedOptionsKeyByKey() {
        file += "cook.option.a = file,with=signs\n";
        file += "cook.option.b = file\n";
        file += "cook.option.c = file\n";
        file += "other.option.d = file\n";
        environment = Map.of("PLUMTREE_COOK_OPTION", "b=environment,c=environment");
        assertEquals(Map.of("a", "file,with=signs", "b", "environment", "c", "flag"), keyed(Map.of("c", "flag")));
        assertEquals(Map.of("x", "1"), parse("--option", "x=1").options);
    }

    @Test
    void shouldTakeTheKeysThatAnEmbedderGivesAsTheyAre() {
        file = "plumtree.frame.limit = 1\nplumtree.close.timeout = 2s\naeron.termLength = 64k\nhandler.x.y = z\n"
            + "cook.option.aeron.termLength = 128k\n";
        environment = Map.of("PLUMTREE_FRAME_LIMIT", "2", "plumtree.bundle.length", "3k", "HOME", "/");
        assertEquals(Map.of("plumtree.frame.limit", "2", "plumtree.close.timeout", "2s", "plumtree.bundle.length", "3k",
            "aeron.termLength", "128k", "handler.x.y", "z"), keyed(Map.of()));
        assertEquals("4", keyed(Map.of("plumtree.frame.limit", "4")).get("plumtree.frame.limit"));
    }

    @Test
    void shouldGiveAFlagTheValueOfItsProperty() {
        file = "plumtree.cluster = c1\n";
        assertEquals("c1", parse().cluster);
        assertEquals(Map.of(), keyed(Map.of()), "given as a flag, and not twice");
        environment = Map.of("PLUMTREE_CLUSTER", "c2");
        assertEquals("c2", parse().cluster);
        file += "cook.cluster = c3\n";
        assertEquals("c3", parse().cluster, "the command's own key is the nearer one");
        final String message = assertThrows(
            ParameterException.class, () -> keyed(Map.of("plumtree.cluster", "c"))).getMessage();
        assertEquals("--option can't set 'plumtree.cluster': the flag --cluster of 'node' does", message);
    }

    @Test
    void shouldTellWhereAWrongValueStands() {
        file = "# a comment \\\n\nplumtree.heartbeat.period = garbage\n";
        final String message = assertThrows(ParameterException.class, () -> keyed(Map.of())).getMessage();
        assertTrue(message.contains("plumtree.heartbeat.period=garbage"), message);
        assertTrue(message.endsWith("(f:3)"), message);
        environment = Map.of("PLUMTREE_HEARTBEAT_PERIOD", "soon");
        final String ofVariable = assertThrows(ParameterException.class, () -> keyed(Map.of())).getMessage();
        assertTrue(ofVariable.endsWith("(PLUMTREE_HEARTBEAT_PERIOD)"), ofVariable);
    }

    @Test
    void shouldTellWhereTheKeysOfAMessageStand() {
        file = "aeron.termLength = 1\ncook.option.handler.x.y = 2\nplumtree.name = a\n";
        assertEquals(" (f:1)", defaults().places("aeron.termLength=1: too short"));
        assertEquals(" (f:2)", defaults().places("handler 'x' has no option 'handler.x.y'"));
        assertEquals("", defaults().places("no idea"));
    }

    @Test
    void shouldFindTheFileThroughTheFlagBeforeTheEnvironment(@TempDir final Path directory) throws Exception {
        final Path one = Files.writeString(directory.resolve("one"), "key = one");
        final Path two = Files.writeString(directory.resolve("two"), "key = two");
        final Map<String, String> variables = Map.of(ConfigFile.VARIABLE, one.toString());
        assertEquals("one", ConfigFile.read(new String[0], variables).values().get("key"));
        assertEquals("two", ConfigFile.read(new String[] {"--config", two.toString()}, variables).values().get("key"));
        assertEquals("two", ConfigFile.read(new String[] {"--config=" + two}, variables).values().get("key"));
        assertEquals("one", ConfigFile.read(new String[] {"--", "--config=" + two}, variables).values().get("key"));
        assertEquals(0, ConfigFile.read(new String[0], Map.of()).values().size());
    }

    @Test
    void shouldRefuseAFileThatIsNone(@TempDir final Path directory) {
        assertThrows(ConfigFile.Unreadable.class,
            () -> ConfigFile.read(new String[] {"--config", directory.toString()}, Map.of()));
    }
}
