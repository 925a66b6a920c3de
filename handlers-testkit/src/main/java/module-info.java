/**
 * Tests for authors of broadcast handlers: {@link io.plumtree.handlers.testkit.BroadcastHandlerContract} is what every
 * handler must keep to; {@link io.plumtree.handlers.testkit.TestNode} and
 * {@link io.plumtree.handlers.testkit.ExchangePair} drive a handler without an engine. The package has an example.
 */
module io.plumtree.handlers.testkit {
    requires transitive io.plumtree.handlers.spi;
    requires transitive org.junit.jupiter.api;

    exports io.plumtree.handlers.testkit;
}
