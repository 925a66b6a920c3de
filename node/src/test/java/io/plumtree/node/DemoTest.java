package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration from end to end, with processes that are killed. */
class DemoTest {
    @TempDir
    private Path directory;

    @Test
    @Tag("slow")
    void shouldLoseNothingWhenANodeIsKilledAndTakeItBack() throws Exception {
        final Path file = directory.resolve("report.json");
        final CommandRun run = CommandRun.of("demo", "--nodes", "4", "--seconds", "9", "--roots", "2", "--rate", "200",
            "--kill", "1", "--payload", "100", "--plain", "--json", file.toString());
        assertEquals(0, run.status, () -> run.out + run.err);
        final JsonNode report = new ObjectMapper().readTree(Files.readString(file));
        assertTrue(report.get("passed").asBoolean(), () -> run.out);
        assertTrue(report.get("published").asLong() > 200, () -> run.out);
        assertEquals(0, report.get("missedOnSurvivors").asLong(), () -> run.out);
        assertTrue(report.get("restartedNodeRejoined").asBoolean(), () -> run.out);
        assertEquals(1, report.get("killed").size());
        assertEquals(4, report.get("nodes").size());
        assertTrue(report.get("longestGapMs").asDouble() > 0, () -> run.out);
        assertTrue(run.out.contains("before anybody is killed:\n  n1\n"), () -> run.out);
        assertTrue(run.out.contains("All is well."), () -> run.out);
    }

    @Test
    @Tag("deep")
    void shouldLoseNothingWhenNodesWithAContactAloneAreKilledTwiceTheContactAmongThem() throws Exception {
        final Path file = directory.resolve("contact.json");
        final CommandRun run = CommandRun.of("demo", "--contact-only", "--nodes", "8", "--seconds", "12", "--roots",
            "2", "--kill", "2", "--plain", "--json", file.toString());
        assertEquals(0, run.status, () -> run.out + run.err);
        final JsonNode report = new ObjectMapper().readTree(Files.readString(file));
        assertEquals(0, report.get("missedOnSurvivors").asLong(), () -> run.out);
        assertTrue(report.get("restartedNodeRejoined").asBoolean(), () -> run.out);
        assertTrue(report.get("viewsSymmetric").asBoolean(), () -> run.out);
        assertTrue(report.get("treesSpanning").asBoolean(), () -> run.out);
        assertTrue(report.get("secondsToConnected").asDouble() > 0, () -> run.out);
        assertEquals("n1", report.get("killed").get(0).asText());
        assertEquals(4, report.get("killed").size());
        assertTrue(run.out.contains("All is well."), () -> run.out);
    }

    @Test
    @Tag("deep")
    void shouldLoseNothingWhenAllNodesAreRestartedOneAfterTheOther() throws Exception {
        final Path file = directory.resolve("rolling.json");
        final CommandRun run = CommandRun.of("demo", "--contact-only", "--rolling", "--nodes", "5", "--seconds", "12",
            "--roots", "2", "--plain", "--json", file.toString());
        assertEquals(0, run.status, () -> run.out + run.err);
        final JsonNode report = new ObjectMapper().readTree(Files.readString(file));
        assertEquals(0, report.get("missedOnSurvivors").asLong(), () -> run.out);
        assertEquals(5, report.get("restarted").size());
        assertEquals(0, report.get("killed").size());
        assertTrue(report.get("restartedNodeRejoined").asBoolean(), () -> run.out);
        assertTrue(run.out.contains("restarted n5 (SIGTERM)"), () -> run.out);
    }

    @Test
    @Tag("deep")
    void shouldLoseNothingUnderLoadWhileANodeIsStoppedAndTakeItBack() throws Exception {
        final Path file = directory.resolve("overload.json");
        final CommandRun run = CommandRun.of("demo", "--nodes", "4", "--flood", "--stop", "1", "--stop-seconds", "4",
            "--seconds", "9", "--plain", "--json", file.toString());
        assertEquals(0, run.status, () -> run.out + run.err);
        final JsonNode report = new ObjectMapper().readTree(Files.readString(file));
        assertEquals(0, report.get("missedOnOthers").asLong(), () -> run.out);
        assertTrue(report.get("stoppedNodeCaughtUp").asBoolean(), () -> run.out);
        assertTrue(report.get("backPressured").asLong() > 0, () -> run.out);
        assertTrue(report.get("throughputKept").asDouble() > 0, () -> run.out);
        assertTrue(report.get("heapFlat").asBoolean(), () -> run.out);
        assertEquals("n4", report.get("stopped").get(0).asText());
        assertTrue(run.out.contains("All is well."), () -> run.out);
    }

    @Test
    @Tag("slow")
    void shouldLeaveNoWorkerBehindWhenItIsKilledItself() throws Exception {
        try (ChildNode demo = new ChildNode(
            directory, "demo", Redirect.PIPE, List.of("demo", "--nodes", "2", "--kill", "0", "--seconds", "600"))) {
            ChildNode.await("publishing", () -> ChildNode.read(demo.out).contains("all links are up")
                || !demo.process.isAlive());
            final List<ProcessHandle> workers = demo.process.descendants().toList();
            assertEquals(2, workers.size(), () -> ChildNode.read(demo.out) + ChildNode.read(demo.err));
            demo.process.destroyForcibly();
            ChildNode.await("end of the workers", () -> workers.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    @Tag("slow")
    void shouldSayHowToInspectItWhileItRuns() throws Exception {
        try (ChildNode demo = new ChildNode(
            directory, "demo", Redirect.PIPE, List.of("demo", "--nodes", "3", "--kill", "0", "--seconds", "600"))) {
            ChildNode.await("publishing", () -> ChildNode.read(demo.out).contains("all links are up")
                || !demo.process.isAlive());
            final String hint = ChildNode.read(demo.out).lines().filter(line -> line.startsWith("inspect with: "))
                .findFirst().orElseThrow(() -> new AssertionError(ChildNode.read(demo.out)));
            final String[] words = (hint + " --timeout 60s").substring("inspect with: ./plumtree ".length()).split(" ");
            final CommandRun run = CommandRun.of(words);
            assertEquals(0, run.status, run.err);
            assertTrue(run.out.startsWith("n1") && run.out.contains("n2") && run.out.contains("n3"), run.out);
            assertFalse(run.out.contains("down"), run.out);
            final String contact = words[words.length - 3];
            assertTrue(ChildNode.read(demo.out).contains("  n1  " + contact + "\n  n2  127.0.0.1:"), contact);
        }
    }

    @Test
    @Tag("slow")
    void shouldFailAndSayWhyWhenANodeCannotStart() {
        final CommandRun run = CommandRun.of("demo", "--nodes", "2", "--kill", "0", "--seconds", "3", "--plain",
            "--option", "aeron.noSuchOption=1");
        assertEquals(1, run.status);
        assertTrue((run.out + run.err).contains("aeron.noSuchOption"), () -> run.out + run.err);
        assertFalse(run.out.contains("All is well."), () -> run.out);
    }
}
