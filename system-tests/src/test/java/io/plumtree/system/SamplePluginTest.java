package io.plumtree.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.PluginOptions;
import io.plumtree.system.AeronCluster.Node;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample, built by Maven as a project of its own just before, dropped into a plug-in directory. */
@Tag("slow")
class SamplePluginTest {
    private static final Path JAR = Path.of("target/samples/handler-plugin/target/last-value-1.0.0.jar");

    @Test
    void shouldWorkInTwoNodesFromAPluginDirectory(@TempDir final Path plugins) throws IOException {
        assertTrue(Files.exists(JAR), "the build makes it before this test: " + JAR.toAbsolutePath());
        Files.copy(JAR, plugins.resolve(JAR.getFileName()));
        try (AeronCluster cluster = new AeronCluster(2, context -> context
            .plugins(new PluginOptions().pluginDirectory(plugins)))) {
            cluster.awaitLinks();
            final UnsafeBuffer data = new UnsafeBuffer("colour=blue".getBytes());
            assertTrue(cluster.nodes.get(0).node.broadcast("last-value", data, 0, data.capacity()) > 0);
            for (final Node node : cluster.nodes) {
                cluster.runUntil(node.id() + " has the value", () -> "blue".equals(value(node, "colour")));
            }
            final UnsafeBuffer newer = new UnsafeBuffer("colour=green".getBytes());
            assertTrue(cluster.nodes.get(1).node.broadcast("last-value", newer, 0, newer.capacity()) > 0);
            for (final Node node : cluster.nodes) {
                cluster.runUntil(node.id() + " has the newer value", () -> "green".equals(value(node, "colour")));
            }
            cluster.assertNoErrors();
        }
    }

    /** By reflection, as this module was not compiled against the plug-in. */
    private static String value(final Node node, final String key) {
        try {
            final Object handler = node.node.handler("last-value", Object.class);
            final Method method = handler.getClass().getMethod("value", String.class);
            return (String) method.invoke(handler, key);
        } catch (final ReflectiveOperationException ex) {
            throw new AssertionError(ex);
        }
    }
}
