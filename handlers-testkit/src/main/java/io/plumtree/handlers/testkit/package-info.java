/**
 * Tests for authors of broadcast handlers. In test scope, this is all that a handler's author writes:
 * <pre>{@code
 * class LastValueContractTest extends BroadcastHandlerContract {
 *     @Override
 *     protected BroadcastHandler createHandler() {
 *         return new LastValue();
 *     }
 *
 *     @Override
 *     protected byte[] data(int number) {
 *         return ("key-" + number + "=value").getBytes();
 *     }
 * }
 * }</pre>
 * It inherits the tests of {@link io.plumtree.handlers.testkit.BroadcastHandlerContract}. For what is the handler's
 * own, drive it by a {@link io.plumtree.handlers.testkit.TestNode}, and its exchanges by an
 * {@link io.plumtree.handlers.testkit.ExchangePair}. The JVM needs
 * {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED} (or {@code =org.agrona}), as wherever Agrona is used.
 */
package io.plumtree.handlers.testkit;
