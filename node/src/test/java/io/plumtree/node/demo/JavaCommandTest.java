package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
    @Test
    void shouldUseTheModulePathWhereThereIsOne() {
        final List<String> words = JavaCommand.of(List.of("-Xmx9m"), List.of("x"), "mods", "ignored", Map.of());
        assertTrue(words.containsAll(List.of("java.base/jdk.internal.misc=org.agrona", "mods",
            "io.plumtree.node/io.plumtree.node.Main")), words::toString);
        assertFalse(words.contains("ignored"));
        assertEquals("x", words.get(words.size() - 1));
    }

    @Test
    void shouldUseTheClassPathElse() {
        final List<String> words = JavaCommand.of(List.of("-Xmx9m"), List.of("x"), null, "classes", Map.of());
        assertTrue(words.containsAll(List.of("java.base/jdk.internal.misc=ALL-UNNAMED", "classes",
            "io.plumtree.node.Main")), words::toString);
    }

    @Test
    void shouldPassTheUsersOptionsOn() {
        final List<String> words =
            JavaCommand.of(List.of("-Xmx9m"), List.of("x"), "mods", "",
                Map.of("PLUMTREE_JAVA_OPTS", " -Xmx64m  -Dx=y "));
        assertTrue(words.containsAll(List.of("-Xmx64m", "-Dx=y")), words::toString);
        // The JVM takes the last.
        assertTrue(words.indexOf("-Xmx9m") < words.indexOf("-Xmx64m"), words::toString);
        assertFalse(words.contains(""));
    }

    @Test
    void shouldLeaveCollectorAndHeapToTheUser() {
        final List<String> collector = JavaCommand.of(List.of(), List.of("x"), "mods", "",
            Map.of("PLUMTREE_JAVA_OPTS", "-Dx=y -XX:+UseG1GC"));
        assertFalse(collector.contains("-XX:+UseSerialGC"), collector::toString);
        assertTrue(collector.contains("-Xms24m"), collector::toString);
        final List<String> heap = JavaCommand.of(List.of(), List.of("x"), "mods", "",
            Map.of("PLUMTREE_JAVA_OPTS", "-Xmx16m"));
        assertTrue(heap.containsAll(List.of("-XX:+UseSerialGC", "-Xmx16m")), heap::toString);
        assertFalse(heap.contains("-Xms24m") || heap.contains("-Xmn8m"), heap::toString);
    }

    @Test
    void shouldPassTheArchiveOfClassesOnWhereThereIsOne() {
        assertEquals(List.of(), JavaCommand.sharedClasses(null));
        assertEquals(List.of(), JavaCommand.sharedClasses(""));
        final List<String> words = JavaCommand.sharedClasses("/a b.jsa");
        assertTrue(words.containsAll(List.of("-XX:SharedArchiveFile=/a b.jsa", "-Dplumtree.archive=/a b.jsa")),
            words::toString);
    }

    @Test
    void shouldStartWorkersWithTheArchiveThatThisJvmHas() {
        final String own = System.getProperty("plumtree.archive");
        System.setProperty("plumtree.archive", "/a.jsa");
        try {
            final List<String> words = JavaCommand.of(List.of(), List.of("x"), "mods", "", Map.of());
            assertTrue(words.containsAll(JavaCommand.sharedClasses("/a.jsa")), words::toString);
        } finally {
            if (own == null) {
                System.clearProperty("plumtree.archive");
            } else {
                System.setProperty("plumtree.archive", own);
            }
        }
    }
}
