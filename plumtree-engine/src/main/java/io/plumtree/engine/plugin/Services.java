package io.plumtree.engine.plugin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The providers of one service from several places, each class once. One that can't be loaded is reported, and the
 * others go on.
 */
final class Services<P> {
    /** Faults of one place after which it is given up: a broken iterator could go on for ever. */
    private static final int MAX_FAULTS = 100;

    private final List<Discovered<P>> found = new ArrayList<>();
    private final Set<Class<?>> types = new HashSet<>();
    private final Consumer<Throwable> faults;

    Services(final Consumer<Throwable> faults) {
        this.faults = faults;
    }

    void addAll(final ServiceLoader<P> loader) {
        final Iterator<ServiceLoader.Provider<P>> iterator = loader.stream().iterator();
        int faultCount = 0;
        while (faultCount < MAX_FAULTS) {
            try {
                if (!iterator.hasNext()) {
                    return;
                }
                final ServiceLoader.Provider<P> provider = iterator.next();
                if (types.add(provider.type())) {
                    found.add(Discovered.of(provider.get()));
                }
            } catch (final ServiceConfigurationError | LinkageError ex) {
                faults.accept(ex);
                faultCount++;
            }
        }
    }

    List<Discovered<P>> found() {
        return found;
    }
}
