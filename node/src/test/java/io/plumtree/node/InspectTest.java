package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.harness.LoopbackPorts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that inspect, with nodes that are processes of their own. */
@Tag("slow")
class InspectTest {
    private static final String CLUSTER = "test-" + ProcessHandle.current().pid();

    @TempDir
    private Path directory;
    private final List<ChildNode> children = new ArrayList<>();
    private final List<String> endpoints = new ArrayList<>();

    private void start() throws IOException {
        final List<String> names = List.of("a", "b", "c", "d");
        final List<String> members = new ArrayList<>();
        for (final int port : LoopbackPorts.lease(names.size())) {
            members.add(names.get(endpoints.size()) + "@127.0.0.1:" + port);
            endpoints.add("127.0.0.1:" + port);
        }
        for (final String name : names) {
            children.add(new ChildNode(directory, name, Redirect.PIPE, List.of(
                "node", "--name", name, "--member", String.join(",", members), "--cluster", CLUSTER)));
        }
    }

    @AfterEach
    void tearDown() {
        children.forEach(ChildNode::close);
    }

    /** Runs a command against the first node; patient, as machines are slow. */
    private CommandRun ask(final String command) {
        return CommandRun.of(
            (command + " --contact " + endpoints.get(0) + " --cluster " + CLUSTER).split(" "));
    }

    private JsonNode json(final String command) {
        final CommandRun run = ask(command + " --format json");
        assertEquals(0, run.status, run.err);
        try {
            return new ObjectMapper().readTree(run.out);
        } catch (final IOException ex) {
            throw new AssertionError(run.out, ex);
        }
    }

    private void startLinked() throws IOException {
        start();
        children.get(0).awaitError("is running");
        ChildNode.await("links", () -> json("members --timeout 60s").findValuesAsText("link")
            .equals(List.of("self", "up", "up", "up")));
    }

    @Test
    void shouldShowTheTreeInEachFormatAndWhatRuns() throws Exception {
        startLinked();
        ChildNode.await("tree", () -> json("tree --timeout 60s --root b").findValuesAsText("standing")
            .equals(List.of("reached", "reached", "reached", "reached")));
        final CommandRun text = ask("tree --root b --timeout 60s");
        assertTrue(text.out.startsWith("b"), text.out);
        assertEquals(4, text.out.lines().count(), text.out);
        assertEquals("", text.err);
        assertTrue(ask("tree --root b --timeout 60s --format dot").out.startsWith("digraph \"tree of b\" {\n"));
        assertTrue(ask("tree --root b --timeout 60s --format svg").out.endsWith("</svg>\n"));
        final JsonNode stranger = json("tree --root nobody --timeout 60s");
        assertEquals("nobody", stranger.get("root").asText());
        assertEquals(false, stranger.get("rootIsMember").asBoolean());
        assertEquals(5, stranger.get("nodes").size());
        final JsonNode exchanges = json("exchanges --all --timeout 60s");
        assertEquals(endpoints, exchanges.findValuesAsText("endpoint"));
        exchanges.get("nodes").forEach(node -> assertTrue(node.get("exchanges").isArray(), exchanges::toString));
        final CommandRun one = ask("exchanges --node c --timeout 60s");
        assertTrue(one.out.startsWith("c  " + endpoints.get(2) + "  "), one.out + one.err);
    }

    @Tag("deep")
    @Test
    void shouldTellWhoIsDown() throws Exception {
        startLinked();
        children.get(3).process.destroyForcibly().waitFor();
        ChildNode.await("down", () -> json("members --timeout 60s").findValuesAsText("link")
            .equals(List.of("self", "up", "up", "down")));
        // Nothing is broadcast, so that nothing repairs the tree: who hung below d may not be reached.
        ChildNode.await("tree without d", () -> json("tree --root a --timeout 5s").findValuesAsText("standing").stream()
            .map("down"::equals).toList().equals(List.of(false, false, false, true)));
        assertTrue(ask("tree --root a --timeout 5s").out.matches("(?s).*\ndown: .*d\n.*"));
        ChildNode.await("silence of d alone", () -> json("exchanges --all --timeout 5s").findValuesAsText("error")
            .equals(List.of("null", "null", "null", "no answer")));
        final CommandRun run = ask("exchanges --node d --timeout 1s");
        assertEquals(2, run.status);
        assertTrue(run.err.contains("no answer from "), run.err);
    }

    @Test
    void shouldEndWithStatusTwoWhenNobodyAnswers() throws Exception {
        for (final String command : List.of("tree --root a", "exchanges --all")) {
            final String silent = "127.0.0.1:" + LoopbackPorts.lease(1).get(0);
            final CommandRun run = CommandRun.of((command + " --timeout 1s --contact " + silent).split(" "));
            assertEquals(2, run.status);
            assertEquals("", run.out);
            assertTrue(run.err.startsWith("plumtree: no answer from " + silent + " within 1s"), run.err);
        }
    }

    @Test
    void shouldGetNoAnswerFromAnotherCluster() throws Exception {
        startLinked();
        final CommandRun run = CommandRun.of("members", "--timeout", "1s", "--contact", endpoints.get(0));
        assertEquals(2, run.status);
        assertTrue(run.err.contains("is a node of cluster 'plumtree' running there?"), run.err);
    }

    @Test
    void shouldHaveNothingButTheAnswerOnStandardOutput() throws Exception {
        startLinked();
        try (ChildNode command = new ChildNode(directory, "members", Redirect.PIPE, List.of("members",
            "--timeout", "60s", "--cluster", CLUSTER, "--contact", endpoints.get(0)))) {
            assertEquals(0, command.status(), () -> ChildNode.read(command.err));
            assertEquals(List.of("a", "b", "c", "d"),
                ChildNode.read(command.out).lines().map(line -> line.split(" ")[0]).toList());
            assertEquals("", ChildNode.read(command.err));
        }
    }
}
