package io.plumtree.engine.plugin;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JARs of one plug-in directory. Those that are modules, named or automatic, share a layer; the others, such as
 * those whose module name can't be told, share a class loader, which sees the layer's modules. Where the engine itself
 * is on the class path all of them do, since a module could not name what it requires. Modules that the application
 * has already are not loaded again. A JAR that does not load is reported, and the rest go on.
 */
final class PluginDirectory {
    private final List<ModuleLayer> layers = new ArrayList<>();
    private final List<ClassLoader> loaders = new ArrayList<>();
    private final Path directory;
    private final Consumer<Throwable> faults;

    PluginDirectory(final Path directory, final Consumer<Throwable> faults) {
        this.directory = directory;
        this.faults = faults;
        final ModuleLayer parent = PluginDirectory.class.getModule().getLayer();
        final List<Path> classPath = new ArrayList<>();
        final Map<String, Path> modules = new LinkedHashMap<>();
        for (final Path jar : jars()) {
            final String module = parent == null ? null : moduleName(jar);
            if (module == null) {
                classPath.add(jar);
            } else {
                final Path earlier = modules.putIfAbsent(module, jar);
                if (earlier != null) {
                    fault(jar, "module '" + module + "' is in " + earlier + " already", null);
                }
            }
        }
        ClassLoader above = PluginDirectory.class.getClassLoader();
        if (!modules.isEmpty()) {
            final ModuleLayer layer = layer(parent, modules);
            layers.add(layer);
            // One loader serves all modules of the layer.
            above = layer.modules().stream().findFirst().map(Module::getClassLoader).orElse(above);
        }
        if (!classPath.isEmpty()) {
            loaders.add(loader(classPath, above));
        }
    }

    List<ModuleLayer> layers() {
        return layers;
    }

    List<ClassLoader> loaders() {
        return loaders;
    }

    /** Whether a class comes from a plug-in directory, and not from a layer or loader above it. */
    static boolean isPlugin(final Class<?> type) {
        for (ClassLoader l = PluginDirectory.class.getClassLoader(); l != null; l = l.getParent()) {
            if (type.getClassLoader() == l) {
                return false;
            }
        }
        return type.getClassLoader() != null;
    }

    private List<Path> jars() {
        final List<Path> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().forEach(jars::add);
        } catch (final IOException ex) {
            throw new PlumtreeException(
                Category.CONFIGURATION, "plug-in directory " + directory + " can't be read: " + ex, ex);
        }
        jars.removeIf(jar -> !isJar(jar));
        return jars;
    }

    private boolean isJar(final Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.entries().hasMoreElements();
        } catch (final IOException ex) {
            fault(jar, ex.toString(), ex);
            return false;
        }
    }

    /** Name of the module that a JAR is; null if it can't be one. */
    private static String moduleName(final Path jar) {
        try {
            return ModuleFinder.of(jar).findAll().iterator().next().descriptor().name();
        } catch (final FindException ex) {
            return null;
        }
    }

    /** Resolves one module after the other, so that one that does not resolve leaves the others alone. */
    private ModuleLayer layer(final ModuleLayer parent, final Map<String, Path> modules) {
        final ModuleFinder finder = ModuleFinder.of(modules.values().toArray(new Path[0]));
        final Set<String> roots = new LinkedHashSet<>();
        Configuration configuration = parent.configuration().resolve(ModuleFinder.of(), finder, roots);
        for (final Map.Entry<String, Path> module : modules.entrySet()) {
            roots.add(module.getKey());
            try {
                configuration = parent.configuration().resolve(ModuleFinder.of(), finder, roots);
            } catch (final FindException | ResolutionException ex) {
                roots.remove(module.getKey());
                fault(module.getValue(), ex.getMessage() + remedy(parent, finder, module.getKey()), ex);
            }
        }
        return parent.defineModulesWithOneLoader(configuration, PluginDirectory.class.getClassLoader());
    }

    /** Modules of the JDK are there only if something requires them at the start, or the command line adds them. */
    private static String remedy(final ModuleLayer parent, final ModuleFinder finder, final String module) {
        final ModuleFinder jdk = ModuleFinder.ofSystem();
        final String absent = finder.find(module).orElseThrow().descriptor().requires().stream()
            .map(ModuleDescriptor.Requires::name)
            .filter(name -> parent.configuration().findModule(name).isEmpty() && jdk.find(name).isPresent())
            .sorted()
            .collect(Collectors.joining(","));
        return absent.isEmpty() ? "" : "; start the JVM with --add-modules " + absent;
    }

    private static ClassLoader loader(final List<Path> jars, final ClassLoader above) {
        final URL[] urls = jars.stream().map(PluginDirectory::url).toArray(URL[]::new);
        return new URLClassLoader("plumtree-plugins", urls, above);
    }

    private static URL url(final Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (final MalformedURLException ex) {
            throw new IllegalArgumentException("no URL for " + jar, ex);
        }
    }

    private void fault(final Path jar, final String why, final Throwable cause) {
        faults.accept(new PlumtreeException(Category.HANDLER, "plug-in " + jar + " does not load: " + why, cause));
    }
}
