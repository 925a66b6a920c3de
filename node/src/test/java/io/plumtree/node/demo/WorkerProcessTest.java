package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Workers that are no nodes, but do what a node in trouble does. */
@DisabledOnOs(OS.WINDOWS)
class WorkerProcessTest {
    private static final long TIMEOUT_S = 120;

    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

    private WorkerProcess worker(final String script) throws Exception {
        final WorkerSettings settings =
            new WorkerSettings("n7", "127.0.0.1:0", List.of("n7"), List.of(), null, 64, Map.of());
        return new WorkerProcess(settings, List.of("sh", "-c", script), new WorkerLog(false, said::add));
    }

    private static String failure(final CompletableFuture<JsonNode> answer) {
        return assertThrows(ExecutionException.class, () -> answer.get(TIMEOUT_S, TimeUnit.SECONDS)).getCause()
            .getMessage();
    }

    @Test
    void shouldSayInOneLineWhyAWorkerEndedBeforeItWasReady() throws Exception {
        final WorkerProcess worker = worker("read settings;"
            + " printf 'plumtree: no room\\n\\tat a.B.c(B.java:1)\\n' >&2;"
            + " exit 3");
        assertEquals("n7 ended with status 3: no room", failure(worker.ready()));
        assertEquals(List.of("n7: no room"), List.copyOf(said));
    }

    @Test
    void shouldTellWhoWaitsForAnAnswerThatTheWorkerWasKilled() throws Exception {
        final WorkerProcess worker = worker("read settings;"
            + " echo '{\"id\":0,\"body\":\"n7\"}'; read request; kill -9 $$");
        assertEquals("n7", worker.ready().get(TIMEOUT_S, TimeUnit.SECONDS).asText());
        assertEquals("n7 ended with status 137", failure(worker.request(WorkerRequests.STATUS)));
    }

    @Test
    void shouldTellWhoAsksAWorkerThatIsGone() throws Exception {
        final WorkerProcess worker = worker("read settings; exit 4");
        assertEquals("n7 ended with status 4", failure(worker.ready()));
        assertEquals("n7 ended with status 4", failure(worker.terminate()));
        assertEquals("n7 ended with status 4", failure(worker.request(WorkerRequests.STATUS)));
    }

    @Test
    void shouldKillAWorkerThatDoesNotEndInTime() throws Exception {
        final WorkerProcess worker = worker("exec sleep 1000");
        worker.endInput();
        assertEquals(false, worker.awaitEnd(1));
        assertEquals(true, worker.awaitEnd(TimeUnit.SECONDS.toNanos(TIMEOUT_S)));
    }

    @Test
    void shouldLetAStoppedWorkerGoOnWhenAsked() throws Exception {
        final WorkerProcess worker = worker("read settings; while read id request; do"
            + " echo \"{\\\"id\\\":$id,\\\"body\\\":1}\"; done");
        assertEquals(1, worker.request("first").get(TIMEOUT_S, TimeUnit.SECONDS).asInt());
        worker.suspend();
        awaitStopped(worker.pid());
        final CompletableFuture<JsonNode> answer = worker.request("second");
        assertEquals(false, answer.isDone());
        worker.resume();
        assertEquals(1, answer.get(TIMEOUT_S, TimeUnit.SECONDS).asInt());
        worker.endInput();
        assertEquals(true, worker.awaitEnd(TimeUnit.SECONDS.toNanos(TIMEOUT_S)));
    }

    /** Where the system shows it. */
    private static void awaitStopped(final long pid) throws Exception {
        final Path stat = Path.of("/proc", Long.toString(pid), "stat");
        final long startNs = System.nanoTime();
        while (Files.exists(stat) && !Files.readString(stat).contains(") T ")) {
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(TIMEOUT_S), "it runs on");
            Thread.onSpinWait();
        }
    }
}
