package io.plumtree.node;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * SIGTERM, SIGINT and SIGHUP, which end a JVM with a status of 128 and more unless they are handled. A service manager
 * takes that for a failure, however gracefully a shutdown hook closed everything.
 *
 * <p>{@code sun.misc.Signal} is what every JVM of today has for it, in a module that is meant to be used; by
 * reflection, as the compiler has no way to accept it without a warning.
 */
final class TerminationSignals {
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private TerminationSignals() {
    }

    /**
     * Has a task run instead of the JVM's end at each of these signals. One that is ignored (as by {@code nohup}) stays
     * so.
     *
     * @param task what is to be done; runs on a thread of the JVM's, at every signal.
     */
    static void handle(final Runnable task) {
        for (final String name : NAMES) {
            try {
                handle(name, task);
            } catch (final ReflectiveOperationException | RuntimeException ex) {
                // No such signal on this system, or the JVM keeps it (-Xrs): then it ends as it always did.
                continue;
            }
        }
    }

    private static void handle(final String name, final Runnable task) throws ReflectiveOperationException {
        final Class<?> signal = Class.forName("sun.misc.Signal");
        final Class<?> handler = Class.forName("sun.misc.SignalHandler");
        final Object proxy = Proxy.newProxyInstance(
            handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    task.run();
                    yield null;
                }
                case "equals" -> self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> "plumtree's handler of signals";
            });
        signal.getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }
}
