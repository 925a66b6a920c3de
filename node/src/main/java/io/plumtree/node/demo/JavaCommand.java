package io.plumtree.node.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line of another JVM that runs this program: the same Java, the same modules. */
public final class JavaCommand {
    private static final String MAIN_CLASS = "io.plumtree.node.Main";
    private static final String OPENS = "java.base/jdk.internal.misc=";

    private JavaCommand() {
    }

    /**
     * Makes the command line.
     *
     * @param arguments what follows the main class.
     * @return the words.
     */
    public static List<String> of(final List<String> arguments) {
        return of(List.of(), arguments);
    }

    /** As {@link #of(List)}, with further options of the JVM, which the user's own come after. */
    static List<String> of(final List<String> jvmOptions, final List<String> arguments) {
        return of(jvmOptions, arguments, System.getProperty("jdk.module.path"),
            System.getProperty("java.class.path"), System.getenv());
    }

    /** As {@link #of(List)}, with all that the answer depends on. */
    static List<String> of(
        final List<String> jvmOptions,
        final List<String> arguments,
        final String modulePath,
        final String classPath,
        final Map<String, String> environment) {
        final List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-XX:+UseSerialGC");
        words.add("-XX:-UsePerfData");
        // Several JVMs on few cores, for a short time: the second compiler would take more than it ever gives back.
        words.add("-XX:TieredStopAtLevel=1");
        words.addAll(jvmOptions);
        final String further = environment.getOrDefault("PLUMTREE_JAVA_OPTS", "").trim();
        if (!further.isEmpty()) {
            words.addAll(List.of(further.split("\\s+")));
        }
        if (modulePath != null && !modulePath.isEmpty()) {
            words.addAll(List.of("--add-opens", OPENS + "org.agrona"));
            words.addAll(List.of("--module-path", modulePath, "--module", "io.plumtree.node/" + MAIN_CLASS));
        } else {
            words.addAll(List.of("--add-opens", OPENS + "ALL-UNNAMED"));
            words.addAll(List.of("--class-path", classPath, MAIN_CLASS));
        }
        words.addAll(arguments);
        return words;
    }
}
