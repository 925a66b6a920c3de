/**
 * Exchanges: conversations between one handler on two members, over the link that they have anyway. When they are
 * started and with whom, who may send how much, how they end. Meets the node through
 * {@link io.plumtree.engine.exchange.ExchangePort} alone, and is given its time.
 *
 * <p>Unless a class says otherwise it is used by the engine's thread alone.
 */
package io.plumtree.engine.exchange;
