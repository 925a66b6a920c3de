package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The core stays a state machine: Agrona's buffers and primitive collections, and nothing that does anything by
 * itself. Otherwise what runs on the simulator's virtual time is not what runs in a node.
 */
class PurityTest {
    private static final Path SOURCES = Path.of("src/main/java/io/plumtree/protocol");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern PROTOCOL = Pattern.compile(
        "org\\.agrona\\.((Mutable)?DirectBuffer|concurrent\\.UnsafeBuffer|collections\\.\\w+)"
            + "|io\\.plumtree\\.protocol\\.options\\.(PlumtreeOptions|GraftOptions|FlowControlOptions|StartingPeers)"
            + "|io\\.plumtree\\.protocol\\.flow\\.(FlowControl|FlowCounter|Backlog|PeerLookup|TreeLinks)"
            + "|io\\.plumtree\\.api\\.MessageId|java\\.util\\.(Arrays|concurrent\\.TimeUnit)");
    private static final Pattern FLOW = Pattern.compile(
        "io\\.plumtree\\.protocol\\.(Peers|PlumtreeEffects|ProtocolCounter)"
            + "|io\\.plumtree\\.protocol\\.options\\.(PlumtreeOptions|FlowControlOptions)|java\\.util\\.Arrays");
    /** Its messages are rare, so it may have objects; chance is handed to it. */
    private static final Pattern MEMBERSHIP = Pattern.compile(
        "org\\.agrona\\.collections\\.\\w+|io\\.plumtree\\.api\\.(NodeId|TokenBucket)"
            + "|io\\.plumtree\\.protocol\\.options\\.HyParViewOptions"
            + "|io\\.plumtree\\.protocol\\.membership\\..+"
            + "|java\\.util\\.(Arrays|\\w*List|\\w*Set|\\w*Map|random\\.RandomGenerator|concurrent\\.TimeUnit"
            + "|function\\.\\w+)");
    private static final Pattern IMPURE = Pattern.compile(
        "System\\.(?!arraycopy)\\w+|\\bThread\\b|Math\\.random"
            + "|\\b(java|javax|io|org)\\.\\w+\\.\\w+\\.?\\w*\\(|synchronized");

    @Test
    void shouldReachNothingButBuffersAndCollections() throws IOException {
        check("", PROTOCOL, 11);
    }

    @Test
    void shouldReachNothingButTheFaceOfTheProtocolInFlowControl() throws IOException {
        check("flow", FLOW, 8);
    }

    @Test
    void shouldReachNothingButCollectionsInTheMembership() throws IOException {
        check("membership", MEMBERSHIP, 11);
    }

    private static void check(final String directory, final Pattern allowed, final int least) throws IOException {
        final List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES.resolve(directory))) {
            final List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(sources.size() >= least, "where are the sources? " + SOURCES.toAbsolutePath());
            for (final Path source : sources) {
                final String text = Files.readString(source);
                final Matcher imports = IMPORT.matcher(text);
                while (imports.find()) {
                    if (!allowed.matcher(imports.group(1)).matches()) {
                        found.add(source.getFileName() + " imports " + imports.group(1));
                    }
                }
                final Matcher impure = IMPURE.matcher(text);
                while (impure.find()) {
                    found.add(source.getFileName() + " has " + impure.group());
                }
            }
        }
        assertEquals(List.of(), found);
    }
}
