package io.plumtree.transport.aeron;

import io.plumtree.api.transport.Transport;
import io.plumtree.api.transport.TransportContext;
import io.plumtree.api.transport.TransportProvider;

/** Makes transports on Aeron UDP; their options are those of {@link AeronTransportOptions}. Stateless. */
public final class AeronTransportProvider implements TransportProvider {
    /** What {@link #name()} returns. */
    public static final String NAME = "aeron";

    /** For {@link java.util.ServiceLoader}, and for use in code. */
    public AeronTransportProvider() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Transport launch(final TransportContext context) {
        return AeronTransport.launch(context);
    }
}
