package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes where memory is short that files can be in: a container's default, less, and next to none. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class CrowdedStorageTest {
    private static final Pattern NODE = Pattern.compile("node moved [0-9]+ errors \\[]");

    @ParameterizedTest
    @CsvSource({"64m, 3", "64m, 5", "16m, 3", "4m, 3"})
    void shouldMoveElsewhereWhatDoesNotFit(final String size, final int nodes)
        throws IOException, InterruptedException {
        assumeTrue(ChildJvm.works("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/dev/shm"),
            "no file systems may be mounted here");
        final ChildJvm.Result result = ChildJvm.run(ChildJvm.inNamespace(
            "mount -t tmpfs -o size=" + size + " tmpfs /dev/shm",
            ChildJvm.command(CrowdedMain.class, Integer.toString(nodes))));
        assertEquals(0, result.status(), result.output());
        final Matcher matcher = NODE.matcher(result.output());
        assertEquals(nodes, matcher.results().count(), result.output());
        assertTrue(result.output().contains("left []"), result.output());
        assertTrue(!result.output().contains("\tat "), result.output());
    }
}
