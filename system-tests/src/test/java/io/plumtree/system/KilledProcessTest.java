package io.plumtree.system;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer whose process is killed, as its peers see it. */
@Tag("slow")
class KilledProcessTest {
    @TempDir
    Path directory;

    @Test
    void shouldNoticeAndReachItAgainWhenItIsStartedAtOnceOnTheSameEndpoint() throws Exception {
        final Path errors = Files.createFile(directory.resolve("errors"));
        // Of the two, the second is a process of its own from the beginning.
        try (AeronCluster cluster = new AeronCluster(1, 2, context -> { })) {
            final AeronCluster.Node node = cluster.nodes.get(0);
            final String bind = cluster.endpoint(1);
            final String self = node.id() + "@" + cluster.endpoint(0);
            try (ChildNode first = new ChildNode("n1", bind, self, errors)) {
                cluster.runUntil("the link is up", () -> node.counter("engine.links.up") > 0);
                node.publish("before");
                cluster.runUntil("it has received", () -> first.hasReceived("before"));
                first.kill();
            }
            final long down = node.counter("engine.links.down");
            node.publish("while it is away");
            try (ChildNode second = new ChildNode("n1", bind, self, errors)) {
                cluster.runUntil("it was noticed", () -> node.counter("engine.links.down") > down);
                cluster.runUntil("the link is up again", () ->
                    node.counter("engine.links.up") == node.counter("engine.links.down") + 1);
                node.publish("afterwards");
                cluster.runUntil("it has received what came afterwards", () -> second.hasReceived("afterwards"));
                cluster.runUntil("and meanwhile", () -> second.hasReceived("while it is away"));
            }
            cluster.assertNoErrors();
        }
        NodeProcess.assertNothingWrong(errors);
    }
}
