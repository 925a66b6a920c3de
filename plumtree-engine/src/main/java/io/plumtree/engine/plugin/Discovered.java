package io.plumtree.engine.plugin;

import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.security.CodeSource;

/**
 * A provider that was found.
 *
 * @param provider the provider.
 * @param version  version of its module or JAR; empty if that does not say.
 * @param location where its class lies.
 * @param <P>      what it provides.
 */
public record Discovered<P>(P provider, String version, String location) {
    static <P> Discovered<P> of(final P provider) {
        final Class<?> type = provider.getClass();
        return new Discovered<>(provider, version(type), location(type));
    }

    /** Which it is, for the log. */
    String origin() {
        return (version.isEmpty() ? "from " : version + " from ") + location;
    }

    static String location(final Class<?> type) {
        final CodeSource source = type.getProtectionDomain().getCodeSource();
        final URL url = source == null ? null : source.getLocation();
        return url == null ? "class " + type.getName() : url.toString();
    }

    private static String version(final Class<?> type) {
        final ModuleDescriptor descriptor = type.getModule().getDescriptor();
        if (descriptor != null && descriptor.rawVersion().isPresent()) {
            return descriptor.rawVersion().get();
        }
        final String version = type.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }
}
