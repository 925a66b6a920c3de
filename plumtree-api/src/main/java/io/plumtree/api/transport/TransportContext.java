package io.plumtree.api.transport;

import java.util.Map;
import org.agrona.ErrorHandler;

/**
 * What a transport is made from.
 *
 * @param bindEndpoint   {@code host:port} to listen on; port 0 for any free one.
 * @param maxFrameLength the longest frame that must be possible, in bytes.
 * @param options        the options that start with the transport's name and a dot, such as
 *                       {@code aeron.mtuLength}; an unknown one is an error.
 * @param errorHandler   told of every background error; must not throw.
 */
public record TransportContext(
    String bindEndpoint, int maxFrameLength, Map<String, String> options, ErrorHandler errorHandler) {
    /**
     * Copies the options.
     *
     * @param bindEndpoint   where to listen.
     * @param maxFrameLength the longest frame, in bytes.
     * @param options        the transport's options.
     * @param errorHandler   told of every background error.
     */
    public TransportContext {
        options = Map.copyOf(options);
    }
}
