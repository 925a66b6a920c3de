package io.plumtree.node.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command line of another JVM that runs this program: the same Java, the same modules. */
public final class JavaCommand {
    private static final String MAIN_CLASS = "io.plumtree.node.Main";
    private static final String OPENS = "java.base/jdk.internal.misc=";

    /**
     * By itself a JVM begins with a 64th of the machine's memory, and touches a third of that before it collects for
     * the first time.
     */
    private static final List<String> SMALL_HEAP = List.of("-Xms24m", "-Xmn8m");
    /** What a user may choose instead: a JVM takes no second collector, and no heap that begins above its limit. */
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use.*GC");
    private static final Pattern HEAP =
        Pattern.compile("-Xm[sxn].*|-XX:(MaxHeapSize|InitialHeapSize|NewSize|MaxNewSize)=.*");
    /** The archive of classes with which this JVM was started; the launcher says. */
    private static final String ARCHIVE_PROPERTY = "plumtree.archive";

    private JavaCommand() {
    }

    /** Options for an archive of classes. Without a word where it can't be used: then all goes on without it. */
    static List<String> sharedClasses(final String archive) {
        return archive == null || archive.isEmpty() ? List.of() : List.of(
            "-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error,cds*=off:stderr",
            "-D" + ARCHIVE_PROPERTY + "=" + archive);
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
        final List<String> further = Stream.of(environment.getOrDefault("PLUMTREE_JAVA_OPTS", "").split("\\s+"))
            .filter(word -> !word.isEmpty()).toList();
        if (further.stream().noneMatch(word -> COLLECTOR.matcher(word).matches())) {
            words.add("-XX:+UseSerialGC");
        }
        words.add("-XX:-UsePerfData");
        // Several JVMs on few cores, for a short time: the second compiler would take more than it ever gives back.
        words.add("-XX:TieredStopAtLevel=1");
        if (further.stream().noneMatch(word -> HEAP.matcher(word).matches())) {
            words.addAll(SMALL_HEAP);
        }
        words.addAll(sharedClasses(System.getProperty(ARCHIVE_PROPERTY)));
        words.addAll(jvmOptions);
        words.addAll(further);
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
