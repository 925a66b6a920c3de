package io.plumtree.engine.plugin;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
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
    /** Causes that are told; a chain of them could be a ring. */
    private static final int MAX_CAUSES = 4;

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
                faults.accept(
                    new PlumtreeException(Category.HANDLER, "a plug-in does not load: " + reason(ex), ex));
                faultCount++;
            }
        }
    }

    /** What an error says, and what its causes say: the first alone often does not tell which class is missing. */
    static String reason(final Throwable error) {
        final StringBuilder text = new StringBuilder(
            error instanceof ServiceConfigurationError ? error.getMessage() : error.toString());
        Throwable cause = error.getCause();
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            text.append(", as of ").append(cause);
            cause = cause.getCause();
        }
        return text.toString();
    }

    List<Discovered<P>> found() {
        return found;
    }
}
