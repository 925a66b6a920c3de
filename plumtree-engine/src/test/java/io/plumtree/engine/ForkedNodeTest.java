package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.plugin.PluginJars;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What depends on how the JVM was started. */
class ForkedNodeTest {
    private static final String TEST_CLASSES = Path.of("target", "test-classes").toAbsolutePath().toString();
    private static final String MAIN = ForkedNode.class.getName();

    @Test
    void shouldNameTheFlagThatIsMissingOnTheModulePath() throws IOException, InterruptedException {
        assertEquals("ENVIRONMENT: Agrona may not use jdk.internal.misc in this JVM: " +
            "start it with --add-opens java.base/jdk.internal.misc=org.agrona", fork(modulePath()));
    }

    @Test
    void shouldNameTheFlagThatIsMissingOnTheClassPath() throws IOException, InterruptedException {
        assertEquals("ENVIRONMENT: Agrona may not use jdk.internal.misc in this JVM: " +
            "start it with --add-opens java.base/jdk.internal.misc=ALL-UNNAMED", fork(classPath()));
    }

    @Test
    void shouldRunOnTheClassPathWithTheFlagAndFindPluginsThere(@TempDir final Path temporary)
        throws IOException, InterruptedException {
        final PluginJars jars = new PluginJars(temporary);
        jars.plain("one.jar", "test.one", "one");
        jars.plain("two.jar", "test.two", "two");
        final String output = fork(
            classPath(), "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", jars.directory());
        assertTrue(output.endsWith("handlers: [one, two]"), output);
    }

    private static List<String> modulePath() {
        return List.of("-p", PluginJars.modulePath(), "--patch-module", "io.plumtree.engine=" + TEST_CLASSES,
            "-m", "io.plumtree.engine/" + MAIN);
    }

    private static List<String> classPath() {
        return List.of("-cp", PluginJars.modulePath() + File.pathSeparator + TEST_CLASSES, MAIN);
    }

    private static String fork(final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(arguments);
        return run(command);
    }

    private static String fork(
        final List<String> arguments, final String option, final String value, final Path plugins)
        throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(java(), option, value));
        command.addAll(arguments);
        command.addAll(List.of("with-transport", plugins.toString()));
        return run(command);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String run(final List<String> command) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        final Process process = builder.start();
        process.getOutputStream().close();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output;
    }
}
