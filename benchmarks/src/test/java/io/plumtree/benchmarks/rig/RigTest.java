package io.plumtree.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RigTest {
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();
    @TempDir
    private Path directory;

    private int run(final String... args) {
        final CommandLine line = RigCommand.commandLine(ClusterTurns::new);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    @Test
    @Tag("slow")
    void shouldMeasureLatencyBesideRawAeronAndLoseNothing() throws IOException {
        final Path json = directory.resolve("rig.json");
        final Path html = directory.resolve("rig.html");
        assertEquals(0, run("--nodes", "3", "--seconds", "500ms", "--warmup", "500ms", "--rounds", "1",
            "--json", json.toString(), "--html", html.toString()), err::toString);
        final JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertEquals(0, figures.get("lost").asLong());
        assertTrue(figures.get("p50Ratio").asDouble() > 0, figures::toString);
        assertTrue(figures.get("p99Ratio").asDouble() > 0, figures::toString);
        assertTrue(figures.get("throughputRatio").isNull(), figures::toString);
        assertTrue(Files.readString(html).contains("<svg"));
    }

    @Test
    @Tag("deep")
    void shouldMeasureThroughputBesideRawAeronAndLoseNothing() throws IOException {
        final Path json = directory.resolve("rig.json");
        assertEquals(0, run("--nodes", "3", "--throughput", "--seconds", "500ms", "--warmup", "500ms",
            "--rounds", "1", "--json", json.toString()), err::toString);
        final JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertEquals(0, figures.get("lost").asLong());
        assertTrue(figures.get("throughputRatio").asDouble() > 0, figures::toString);
        assertTrue(figures.get("bytesPerDelivery").asDouble() >= 0, figures::toString);
    }

    @ParameterizedTest
    @CsvSource({"--nodes, 1", "--nodes, 65", "--payload, 15", "--payload, 1400", "--rate, 0", "--rounds, 0"})
    void shouldNameTheOptionAndTheValueThatIsOutOfRange(final String option, final String value) {
        assertEquals(2, run(option, value));
        assertTrue(err.toString().contains(option) && err.toString().contains(value), err::toString);
    }

    @Test
    void shouldTellTheShapeOfATree() {
        final RelayTree tree = RelayTree.complete(8, 2);
        assertEquals(3, tree.depth());
        assertEquals(-1, tree.parent(0));
        assertEquals(1, tree.parent(4));
        assertEquals(1, tree.relay());
        assertTrue(tree.isSpanning());
    }
}
