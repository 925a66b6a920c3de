package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What nodes tell each other of their trees, between processes, over real UDP. */
@Tag("deep")
@Timeout(600)
class InspectionProcessTest {
    private static final String ALL = "n0,n1,n2,n3,n4,n5,n6,n7";
    private static final long TIMEOUT_MS = 2_000;
    /** Less than a node may take to answer. */
    private static final long LONG_MS = 30_000;

    @TempDir
    Path directory;
    private ProcessCluster cluster;

    @AfterEach
    void closeNodes() {
        cluster.close();
    }

    @Test
    void shouldReadATreeOfEightWhenTwoAreKilled() throws Exception {
        cluster = new ProcessCluster(8, directory, List.of(), List.of(), List.of());
        final NodeProcess asking = cluster.node(0);
        asking.ask("publish m 20");
        for (final NodeProcess node : cluster.nodes()) {
            cluster.await(node.name + " has it all", () -> ProcessCluster.words(node.ask("received")).size() == 20);
        }
        assertEquals(
            "up:[n0, n1, n2, n3, n4, n5, n6, n7] down:[]", asking.ask("tree n0 " + ALL + " " + LONG_MS));
        assertEquals(cluster.node(3).ask("peers n3 n0 " + LONG_MS), asking.ask("peers n3 n0 " + LONG_MS));

        cluster.node(5).kill();
        cluster.node(6).kill();
        // Who stands still for longer than the timeout is taken for down, too: then the question is put again.
        cluster.await("two are down", () -> "up:[n0, n1, n2, n3, n4, n7] down:[n5, n6]".equals(
            asking.ask("tree n0 " + ALL + " " + TIMEOUT_MS)));
        assertEquals("timeout", asking.ask("peers n6 n0 " + TIMEOUT_MS));
        cluster.assertNoErrors();
    }
}
