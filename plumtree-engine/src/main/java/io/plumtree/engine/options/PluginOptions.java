package io.plumtree.engine.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where handlers are looked for that were not made in code.
 *
 * <p>Set before the launch, not changed afterwards.
 */
public final class PluginOptions {
    /** Property name of {@link #discoverHandlers(boolean)}. */
    public static final String DISCOVER_HANDLERS_PROPERTY = "plumtree.discover.handlers";
    /** Property name of {@link #pluginDirectory(Path)}: directories, separated as in a class path. */
    public static final String PLUGIN_DIRECTORIES_PROPERTY = "plumtree.plugin.directories";
    /** Property name of {@link #pluginsRequired(boolean)}. */
    public static final String PLUGINS_REQUIRED_PROPERTY = "plumtree.plugins.required";

    private final Set<Path> pluginDirectories = new LinkedHashSet<>();
    private boolean discoverHandlers = true;
    private boolean pluginsRequired;

    /** The defaults. */
    public PluginOptions() {
    }

    /**
     * Checks every range and relation.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public PluginOptions conclude() {
        for (final Path directory : pluginDirectories) {
            if (!Files.isDirectory(directory)) {
                throw new IllegalArgumentException(PLUGIN_DIRECTORIES_PROPERTY + ": not a directory: " + directory);
            }
        }
        return this;
    }

    /**
     * Sets whether handlers are looked for on the module path and on the class path. Plug-in directories are searched
     * in any case.
     *
     * @param isDiscovering true (the default) to look for them.
     * @return these options.
     */
    public PluginOptions discoverHandlers(final boolean isDiscovering) {
        this.discoverHandlers = isDiscovering;
        return this;
    }

    /**
     * Whether handlers are looked for.
     *
     * @return true if so.
     */
    public boolean discoverHandlers() {
        return discoverHandlers;
    }

    /**
     * Adds a directory whose JARs are searched for handlers, in a {@link ModuleLayer} of its own.
     *
     * @param directory the directory, which must exist at launch.
     * @return these options.
     */
    public PluginOptions pluginDirectory(final Path directory) {
        pluginDirectories.add(directory.toAbsolutePath().normalize());
        return this;
    }

    /**
     * The plug-in directories.
     *
     * @return the directories, absolute.
     */
    public List<Path> pluginDirectories() {
        return List.copyOf(pluginDirectories);
    }

    /**
     * Sets whether a plug-in that can't be loaded keeps the node from starting. Otherwise it is reported and counted,
     * and the node starts without it.
     *
     * @param isRequired true to need them all; false is the default.
     * @return these options.
     */
    public PluginOptions pluginsRequired(final boolean isRequired) {
        this.pluginsRequired = isRequired;
        return this;
    }

    /**
     * Whether a plug-in that can't be loaded keeps the node from starting.
     *
     * @return true if so.
     */
    public boolean pluginsRequired() {
        return pluginsRequired;
    }
}
