/**
 * The types an embedder of Plumtree holds, and the SPI of the transport that carries its frames.
 *
 * <p>This module knows neither Aeron nor SBE nor the engine.
 */
module io.plumtree.api {
    requires transitive org.agrona;

    exports io.plumtree.api;
    exports io.plumtree.api.options;
    exports io.plumtree.api.transport;
}
