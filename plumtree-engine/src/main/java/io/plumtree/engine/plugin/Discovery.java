package io.plumtree.engine.plugin;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.TransportProvider;
import io.plumtree.handlers.spi.BroadcastHandlerProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Finds the providers of handlers and transports. */
public final class Discovery {
    private static final Logger LOGGER = System.getLogger("io.plumtree.engine");

    private final Consumer<Throwable> faults;

    /**
     * A search.
     *
     * @param faults told of each plug-in that can't be loaded.
     */
    public Discovery(final Consumer<Throwable> faults) {
        this.faults = faults;
    }

    /**
     * Finds handlers.
     *
     * @param searchesPaths     whether to look on the module path and the class path.
     * @param pluginDirectories directories with JARs.
     * @param inCode            names of handlers made in code, which beat discovered ones.
     * @return providers by name.
     * @throws PlumtreeException if two have the same name.
     */
    public SortedMap<String, Discovered<BroadcastHandlerProvider>> handlers(
        final boolean searchesPaths, final List<Path> pluginDirectories, final Set<String> inCode) {
        final Services<BroadcastHandlerProvider> services = new Services<>(faults);
        if (searchesPaths) {
            final ModuleLayer layer = Discovery.class.getModule().getLayer();
            if (layer != null) {
                services.addAll(ServiceLoader.load(layer, BroadcastHandlerProvider.class));
            }
            services.addAll(ServiceLoader.load(BroadcastHandlerProvider.class));
        }
        final List<Discovered<BroadcastHandlerProvider>> found = new ArrayList<>(services.found());
        final Services<BroadcastHandlerProvider> plugged = new Services<>(faults);
        for (final Path directory : pluginDirectories) {
            final PluginDirectory plugins = new PluginDirectory(directory, faults);
            for (final ModuleLayer layer : plugins.layers()) {
                plugged.addAll(ServiceLoader.load(layer, BroadcastHandlerProvider.class));
            }
            for (final ClassLoader loader : plugins.loaders()) {
                plugged.addAll(ServiceLoader.load(BroadcastHandlerProvider.class, loader));
            }
        }
        addPlugged(plugged.found(), services.found(), found);
        return byName(found, inCode);
    }

    /**
     * Finds a transport.
     *
     * @param name its provider's name.
     * @return the provider.
     * @throws PlumtreeException if there is none of that name, or more than one.
     */
    public TransportProvider transport(final String name) {
        final Services<TransportProvider> services = new Services<>(faults);
        final ModuleLayer layer = Discovery.class.getModule().getLayer();
        if (layer != null) {
            services.addAll(ServiceLoader.load(layer, TransportProvider.class));
        }
        services.addAll(ServiceLoader.load(TransportProvider.class));
        Discovered<TransportProvider> chosen = null;
        final List<String> names = new ArrayList<>();
        for (final Discovered<TransportProvider> candidate : services.found()) {
            names.add(candidate.provider().name());
            if (!candidate.provider().name().equals(name)) {
                continue;
            }
            if (chosen != null) {
                throw new PlumtreeException(Category.CONFIGURATION, "transport '" + name + "' is there twice: " +
                    chosen.location() + " and " + candidate.location());
            }
            chosen = candidate;
        }
        if (chosen == null) {
            throw new PlumtreeException(Category.CONFIGURATION, "plumtree.transport=" + name +
                ": no transport of that name on the module path or class path (found: " + names + ")" +
                (names.isEmpty() ? "; add the module io.plumtree.transport.aeron" : ""));
        }
        LOGGER.log(Level.DEBUG, "transport ''{0}'' {1}", name, chosen.origin());
        return chosen.provider();
    }

    /** The name, for which a provider's code runs; null where that fails, which is reported. */
    private String name(final Discovered<BroadcastHandlerProvider> discovered) {
        try {
            return discovered.provider().name();
        } catch (final RuntimeException | LinkageError ex) {
            faults.accept(new PlumtreeException(Category.HANDLER,
                "plug-in " + discovered.location() + " does not load: " + Services.reason(ex), ex));
            return null;
        }
    }

    /** A plug-in's layer shows its parents' providers too; those count where they were found, or not at all. */
    private static void addPlugged(
        final List<Discovered<BroadcastHandlerProvider>> plugged,
        final List<Discovered<BroadcastHandlerProvider>> known,
        final List<Discovered<BroadcastHandlerProvider>> found) {
        final Set<Class<?>> types = new HashSet<>();
        known.forEach(discovered -> types.add(discovered.provider().getClass()));
        for (final Discovered<BroadcastHandlerProvider> discovered : plugged) {
            final Class<?> type = discovered.provider().getClass();
            if (PluginDirectory.isPlugin(type) && types.add(type)) {
                found.add(discovered);
            }
        }
    }

    private SortedMap<String, Discovered<BroadcastHandlerProvider>> byName(
        final List<Discovered<BroadcastHandlerProvider>> found, final Set<String> inCode) {
        final SortedMap<String, Discovered<BroadcastHandlerProvider>> byName = new TreeMap<>();
        for (final Discovered<BroadcastHandlerProvider> discovered : found) {
            final String name = name(discovered);
            if (name == null) {
                continue;
            }
            if (inCode.contains(name)) {
                LOGGER.log(Level.DEBUG, "handler ''{0}'' {1}: the one set in code is used", name, discovered.origin());
                continue;
            }
            final Discovered<BroadcastHandlerProvider> earlier = byName.putIfAbsent(name, discovered);
            if (earlier != null) {
                throw new PlumtreeException(Category.CONFIGURATION, "handler '" + name + "' is there twice: " +
                    earlier.location() + " and " + discovered.location());
            }
            // What the build brings is no news; what lies in a directory may be.
            final boolean isPlugin = PluginDirectory.isPlugin(discovered.provider().getClass());
            LOGGER.log(isPlugin ? Level.INFO : Level.DEBUG, "handler ''{0}'' {1}", name, discovered.origin());
        }
        return byName;
    }
}
