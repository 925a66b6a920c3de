package io.plumtree.transport.aeron;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a class in a JVM of its own, to its end. */
final class ChildJvm {
    private static final long TIMEOUT_S = 120;

    private ChildJvm() {
    }

    /** How it ended, and all that it wrote. */
    record Result(int status, String output) {
    }

    static List<String> command(final Class<?> main, final String... arguments) {
        final String path = System.getProperty("jdk.module.path", "") + File.pathSeparator
            + System.getProperty("java.class.path", "") + File.pathSeparator + "target/test-classes";
        final List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "-cp", path, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** In a mount namespace of its own with something done there first; quoted for a shell. */
    static List<String> inNamespace(final String before, final List<String> command) {
        final StringBuilder line = new StringBuilder(before).append(" && exec");
        command.forEach(part -> line.append(" '").append(part).append('\''));
        return List.of("unshare", "-m", "sh", "-c", line.toString());
    }

    static Result run(final List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }

    static Result run(final List<String> command, final Map<String, String> environment)
        throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
            .directory(Path.of("").toAbsolutePath().toFile());
        builder.environment().putAll(environment);
        final Process process = builder.start();
        final CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (final IOException ex) {
                return ex.toString();
            }
        });
        try {
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end: " + command);
            }
            return new Result(process.exitValue(), output.join());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether a command is there, and may be run. */
    static boolean works(final String... command) {
        try {
            return run(List.of(command)).status() == 0;
        } catch (final IOException ex) {
            return false;
        } catch (final InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }
}
