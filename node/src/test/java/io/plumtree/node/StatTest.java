package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.harness.LoopbackPorts;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stat}, with a node that is a process of its own. */
@Tag("slow")
class StatTest {
    @TempDir
    private Path directory;

    private CommandRun stat(final String... more) {
        final String[] args = new String[3 + more.length];
        args[0] = "stat";
        args[1] = "--directory";
        args[2] = directory.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandRun.of(args);
    }

    private ChildNode start(final String label) throws Exception {
        final ChildNode child = new ChildNode(directory, label, Redirect.PIPE, List.of(
            "node", "--name", "a", "--bind", "127.0.0.1:" + LoopbackPorts.lease(1).get(0), "--cluster", "stat",
            "--option", "plumtree.counters.directory=" + directory));
        child.awaitError("is running");
        return child;
    }

    @Test
    void shouldSeeANodeLiveThenDeadThenReplacedByItsNextRunAndGoneWhenThatCloses() throws Exception {
        try (ChildNode killed = start("first")) {
            // A machine that stands still makes it look stalled for a while.
            ChildNode.await("live", () -> stat().out.contains("  live  "));
            assertTrue(stat("a", "--filter", "aeron").out.contains("aeron.framesSent"));
            killed.process.destroyForcibly().onExit().join();
            assertTrue(stat("a").out.contains(", dead, "), stat("a").out);
        }
        try (ChildNode next = start("second")) {
            assertEquals(2, stat().out.lines().count(), stat().out);
            ChildNode.await("live", () -> stat().out.contains(" " + next.process.pid() + "  live  "));
            next.process.destroy();
            next.process.onExit().join();
            assertEquals(2, stat().status, stat().out);
        }
    }
}
