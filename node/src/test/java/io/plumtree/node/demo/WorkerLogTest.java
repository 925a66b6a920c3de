package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerLogTest {
    private static final List<String> WORDS = List.of("plumtree: WARNING: a stall of 5123 ms", "java.io.IOException: x",
        "\tat a.B.c(B.java:7)", "Caused by: java.lang.Error", "\t... 12 more", "plumtree: WARNING: a stall of 77 ms",
        "");

    private final List<String> said = new ArrayList<>();

    private WorkerLog tell(final boolean isVerbose) {
        final WorkerLog log = new WorkerLog(isVerbose, said::add);
        WORDS.forEach(line -> log.accept("n1", line));
        return log;
    }

    @Test
    void shouldSayEachKindOfLineOnceAndNoStackTraces() {
        final WorkerLog log = tell(false);
        assertEquals(List.of("n1: WARNING: a stall of 5123 ms", "n1: java.io.IOException: x"), said);
        assertEquals("nodes said 5 more lines, of the same kinds or of stack traces: --verbose shows them",
            log.summary());
        log.accept("n2", WORDS.get(0));
        assertEquals("n2: WARNING: a stall of 5123 ms", said.get(2));
    }

    @Test
    void shouldSayEverythingIfAskedFor() {
        assertEquals("", tell(true).summary());
        assertEquals(WORDS.size(), said.size());
    }
}
