package io.plumtree.handlers.spi;

/**
 * Makes a handler; found by {@link java.util.ServiceLoader} on the module path, on the class path and in plug-in
 * directories. Stateless: {@code create} acquires nothing, {@link BroadcastHandler#onStart} does.
 *
 * <p>Declare it twice, so that it is found everywhere: {@code provides … with …} in {@code module-info.java}, and in
 * {@code META-INF/services/io.plumtree.handlers.spi.BroadcastHandlerProvider}.
 */
public interface BroadcastHandlerProvider {
    /**
     * The handler's name: the same on every node of the cluster, unique on a node.
     *
     * @return 1 to 64 ASCII letters, digits, dots, underscores and hyphens.
     */
    String name();

    /**
     * Makes a handler for one node.
     *
     * @return a new handler, not started.
     */
    BroadcastHandler create();
}
