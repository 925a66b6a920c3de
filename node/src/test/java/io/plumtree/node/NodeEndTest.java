package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NodeEndTest {
    private static final long DEADLINE_S = 120;

    @Test
    void shouldEndWithAStatusOfItsOwnWhereTheNodeEndsOfItself() throws Exception {
        final StringWriter err = new StringWriter();
        final PrintWriter out = new PrintWriter(new StringWriter());
        final CompletableFuture<Integer> status = new CompletableFuture<>();
        final Thread command = new Thread(() -> status.complete(Main.run(
            new String[] {"node", "--name", "doomed", "--bind", "127.0.0.1:0", "--subscribe", "t"}, Map.of(), out,
            new PrintWriter(err, true))));
        command.setDaemon(true);
        command.start();
        final long startNs = System.nanoTime();
        while (!err.toString().contains("is running")) {
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(DEADLINE_S), err::toString);
            assertTrue(!status.isDone(), err::toString);
            Thread.onSpinWait();
        }
        engine().interrupt();
        assertEquals(3, status.get(DEADLINE_S, TimeUnit.SECONDS), err::toString);
        // Why it has, the log has said.
        assertTrue(err.toString().endsWith("plumtree: the node has ended, and nobody had asked for it"
            + System.lineSeparator()), err::toString);
    }

    private static Thread engine() {
        return Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("plumtree-doomed")).findFirst().orElseThrow();
    }
}
