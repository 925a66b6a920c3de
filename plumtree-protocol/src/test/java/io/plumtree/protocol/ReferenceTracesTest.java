package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The core against recorded runs of the reference: {@code -Dplumtree.traces=FILE} (a {@code .jsonl} or
 * {@code .jsonl.gz}) for others than those in the resources.
 */
class ReferenceTracesTest {
    private static final String RESOURCE = "/reference-traces/partisan-5.0.3.jsonl.gz";
    private static final int RESOURCE_TRACES = 150;
    private static final int DIFFERENCES_SHOWN = 5;

    @Test
    void shouldDoAtEveryStepWhatTheReferenceDid() throws IOException {
        final String file = System.getProperty("plumtree.traces", "");
        final List<String> differences = new ArrayList<>();
        int total = 0;
        try (BufferedReader reader = open(file)) {
            final ObjectMapper mapper = new ObjectMapper();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    total++;
                    final String difference = differenceOf(mapper.readTree(line));
                    if (difference != null) {
                        differences.add(difference);
                    }
                }
            }
        }
        differences.stream().limit(DIFFERENCES_SHOWN).forEach(System.out::println);
        System.out.println("traces: " + (total - differences.size()) + " of " + total + " conform");
        assertTrue(total > 0, "no trace in " + file);
        assertEquals(List.of(), differences);
        if (file.isEmpty()) {
            assertEquals(RESOURCE_TRACES, total);
        }
    }

    private static String differenceOf(final JsonNode trace) {
        try {
            return new ReferenceTrace(trace).firstDifference();
        } catch (final RuntimeException ex) {
            return "trace " + trace.get("trace") + ": " + ex;
        }
    }

    private static BufferedReader open(final String file) throws IOException {
        InputStream in = file.isEmpty()
            ? ReferenceTracesTest.class.getResourceAsStream(RESOURCE)
            : Files.newInputStream(Path.of(file));
        if (file.isEmpty() || file.endsWith(".gz")) {
            in = new GZIPInputStream(in);
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
