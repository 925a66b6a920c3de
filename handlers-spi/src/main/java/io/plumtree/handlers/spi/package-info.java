/** The SPI of broadcast handlers, after the reference's behaviour {@code partisan_plumtree_broadcast_handler}. */
package io.plumtree.handlers.spi;
