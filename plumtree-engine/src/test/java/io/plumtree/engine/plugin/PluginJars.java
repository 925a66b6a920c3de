package io.plumtree.engine.plugin;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Compiles tiny handler plug-ins and packs them. */
public final class PluginJars {
    private final Path work;
    private final Path directory;
    private int count;

    public PluginJars(final Path temporary) throws IOException {
        work = Files.createDirectory(temporary.resolve("work"));
        directory = Files.createDirectory(temporary.resolve("plugins"));
    }

    /** Where the JARs are. */
    public Path directory() {
        return directory;
    }

    /** A JAR that is a module of its own, with the service in its module-info alone. */
    public Path named(final String jar, final String module, final String handler) throws IOException {
        return named(jar, module, handler, "");
    }

    Path named(final String jar, final String module, final String handler, final String requires)
        throws IOException {
        final Path sources = sources(module, handler);
        Files.writeString(sources.resolve("module-info.java"), "module " + module +
            " { requires io.plumtree.handlers.spi; " + requires +
            " provides io.plumtree.handlers.spi.BroadcastHandlerProvider with " + module + ".Provider; }");
        return pack(jar, compile(sources, requires.isEmpty() ? null : Path.of(requires.split("[ ;]")[1])));
    }

    /** A JAR without module-info, with the service in META-INF. */
    public Path plain(final String jar, final String packageName, final String handler) throws IOException {
        return plain(jar, packageName, handler, packageName + ".Provider");
    }

    Path plain(final String jar, final String packageName, final String handler, final String service)
        throws IOException {
        return packPlain(jar, compile(sources(packageName, handler), null), service);
    }

    private Path packPlain(final String jar, final Path classes, final String service) throws IOException {
        final Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.plumtree.handlers.spi.BroadcastHandlerProvider"), service + "\n");
        return pack(jar, classes);
    }

    /** A JAR without module-info or service, with a class {@code Helper}; and its classes, to compile with. */
    Path library(final String jar, final String packageName) throws IOException {
        final Path sources = Files.createDirectory(work.resolve("src-" + count++));
        final Path directoryOfPackage = Files.createDirectories(sources.resolve(packageName.replace('.', '/')));
        Files.writeString(directoryOfPackage.resolve("Helper.java"), "package " + packageName
            + "; public class Helper { public static String name(String n) { return n; } }");
        final Path classes = compile(sources, null);
        pack(jar, classes);
        return classes;
    }

    /** A JAR without module-info, whose provider needs the helper of a library for its name. */
    Path plainUsing(
        final String jar, final String packageName, final String handler, final String library, final Path classes)
        throws IOException {
        final Path sources = sources(packageName, handler);
        final Path provider = sources.resolve(packageName.replace('.', '/')).resolve("Provider.java");
        Files.writeString(provider, Files.readString(provider)
            .replace("\"" + handler + "\"", library + ".Helper.name(\"" + handler + "\")"));
        return packPlain(jar, compile(sources, null, classes), packageName + ".Provider");
    }

    private Path sources(final String packageName, final String handler) throws IOException {
        final Path sources = Files.createDirectory(work.resolve("src-" + count++));
        final Path packageDirectory = Files.createDirectories(sources.resolve(packageName.replace('.', '/')));
        Files.writeString(packageDirectory.resolve("Provider.java"), """
            package %s;
            import io.plumtree.api.MessageId;
            import io.plumtree.handlers.spi.*;
            import org.agrona.DirectBuffer;
            public class Provider implements BroadcastHandlerProvider {
                public String name() { return "%s"; }
                public BroadcastHandler create() {
                    return new BroadcastHandler() {
                        public void broadcastData(DirectBuffer d, int o, int l, BroadcastClaim c) { }
                        public boolean merge(Message message) { return true; }
                        public boolean isStale(MessageId id) { return true; }
                        public GraftResult graft(MessageId id, GraftPayload p) {
                            return GraftResult.UNKNOWN;
                        }
                    };
                }
            }
            """.formatted(packageName, handler));
        return sources;
    }

    /** Compiles; a module that is required, but will not be there later, is made up. */
    private Path compile(final Path sources, final Path missing, final Path... further) throws IOException {
        final Path classes = Files.createDirectory(work.resolve("classes-" + count++));
        final boolean isModule = Files.exists(sources.resolve("module-info.java"));
        final List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
        String path = modulePath();
        if (missing != null) {
            final Path made = Files.createDirectories(work.resolve(missing.toString()));
            Files.writeString(made.resolve("module-info.java"), "module " + missing + " { }");
            run("javac", List.of("-d", made.toString(), made.resolve("module-info.java").toString()));
            path += File.pathSeparator + made;
        }
        for (final Path each : further) {
            path += File.pathSeparator + each;
        }
        arguments.addAll(List.of(isModule ? "--module-path" : "--class-path", path));
        try (var files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
        }
        run("javac", arguments);
        return classes;
    }

    private Path pack(final String jar, final Path classes) {
        final Path file = directory.resolve(jar);
        run("jar", List.of("--create", "--file", file.toString(), "-C", classes.toString(), "."));
        return file;
    }

    /** Where the tests' modules, or classes, come from. */
    public static String modulePath() {
        final String modulePath = System.getProperty("jdk.module.path");
        return modulePath == null ? System.getProperty("java.class.path") : modulePath;
    }

    private static void run(final String tool, final List<String> arguments) {
        final StringWriter output = new StringWriter();
        final PrintWriter writer = new PrintWriter(output);
        final int status = ToolProvider.findFirst(tool).orElseThrow().run(
            writer, writer, arguments.toArray(new String[0]));
        if (status != 0) {
            throw new IllegalStateException(tool + " " + arguments + ": " + output);
        }
    }
}
