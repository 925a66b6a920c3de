package io.plumtree.handlers.pubsub;

/**
 * The options of exchanges, checked; {@link PubSub} documents them.
 *
 * @param isEnabled whether this handler takes part in exchanges.
 * @param messages  that one side sends in one exchange.
 * @param bytes     of messages that one side sends in one exchange.
 * @param settleNs  what is younger is left to the trees.
 */
record PubSubExchangeOptions(boolean isEnabled, int messages, int bytes, long settleNs) {
}
