package io.plumtree.api.transport;

/** Makes transports; found by {@link java.util.ServiceLoader}. Stateless. */
public interface TransportProvider {
    /**
     * The name by which options choose it.
     *
     * @return such as {@code aeron}.
     */
    String name();

    /**
     * Makes a transport that listens.
     *
     * @param context where to listen, the options, whom to tell of errors.
     * @return a transport, listening.
     * @throws io.plumtree.api.PlumtreeException if an option is wrong or the endpoint can't be listened on; nothing
     *     is left behind then.
     */
    Transport launch(TransportContext context);
}
