package io.plumtree.handlers.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import io.plumtree.handlers.spi.Rebroadcast;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * The handler {@value #NAME}: applications publish bytes to named topics and subscribe to them. Subscribers of the
 * node that publishes get its messages, too.
 *
 * <p>Each message reaches each subscriber once, unless a bound below made the handler forget or give up something; a
 * counter then says so. Publishing and subscribing is for any thread, without locks; listeners run on the engine's
 * thread. Whatever a node has missed, while it was away or had no link, it gets from any other by an exchange.
 *
 * <p><b>Messages</b> (all numbers little-endian). The id has 24 bytes: the origin ({@code i64}, a node's
 * {@link io.plumtree.api.NodeId#value()}), its incarnation ({@code i64}, 1 to 2^48) and the sequence ({@code i64}, from
 * 1, without gaps over all topics of an incarnation). The payload is the topic's length ({@code u16}, at least 1), the
 * topic in UTF-8, and the data. What the generic {@code broadcast} takes for this handler is such a payload.
 *
 * <p><b>Options</b>, all with the prefix {@code handler.pubsub.}; durations such as {@code 500ms} or {@code 60s} (a
 * bare number is nanoseconds), sizes such as {@code 64k} or {@code 16m} (a bare number is bytes):
 * <table>
 * <caption>Options</caption>
 * <tr><th>key</th><th>default</th><th>what it bounds, and what happens there</th></tr>
 * <tr><td>{@code retained.messages}</td><td>65536</td><td>messages kept to answer grafts, and for exchanges; the
 * oldest goes</td></tr>
 * <tr><td>{@code retained.bytes}</td><td>16m</td><td>bytes of their payloads, allocated at the start; the oldest goes.
 * A payload that is longer than all of it is delivered but not kept</td></tr>
 * <tr><td>{@code retained.age}</td><td>60s</td><td>how long they are kept</td></tr>
 * <tr><td>{@code origins}</td><td>1024</td><td>origins whose messages are remembered as seen, four incarnations of
 * each; the least recently active one is forgotten, and what of it comes again, by exchange for example, is new then.
 * Of newcomers, if more than a quarter are: origins that are no members, and of which fewer than four messages have
 * come. Otherwise of the others, members last</td></tr>
 * <tr><td>{@code intervals}</td><td>256</td><td>runs of consecutive sequences remembered for an incarnation; the oldest
 * hole is closed, what is missing there is taken as seen</td></tr>
 * <tr><td>{@code order}</td><td>none</td><td>{@code none} or {@code origin}: the {@link DeliveryOrder} of subscriptions
 * that don't choose</td></tr>
 * <tr><td>{@code holdback.messages}</td><td>4096, at most retained.messages</td><td>messages of one incarnation held
 * back for order; the first gap is given up</td></tr>
 * <tr><td>{@code holdback.timeout}</td><td>1s, at most retained.age</td><td>how long a gap is waited for, to within the
 * node's lazy tick; then it is given up. Anew after the node itself has stood still</td></tr>
 * <tr><td>{@code holdback.exchange}</td><td>30s, from holdback.timeout to retained.age</td><td>how long, in all, a gap
 * is waited for that an exchange may fill, be it under way or still to come</td></tr>
 * <tr><td>{@code topic.length}</td><td>1024</td><td>bytes of a topic published or subscribed to here; longer ones are
 * refused</td></tr>
 * <tr><td>{@code publishers}</td><td>1024</td><td>publishers kept for {@link #publish}, one for each thread and topic;
 * the next one takes the place of its thread's least recently used one, or is not kept if the thread has
 * none</td></tr>
 * <tr><td>{@code exchange}</td><td>true</td><td>{@code true}, or {@code false} to take part in no exchanges</td></tr>
 * <tr><td>{@code exchange.messages}</td><td>8192, at most 65536</td><td>messages sent in one exchange, by each side;
 * the rest is for the next one</td></tr>
 * <tr><td>{@code exchange.bytes}</td><td>8m</td><td>bytes of ids and payloads sent in one exchange, by each side; the
 * rest is for the next one. A message that is longer goes alone</td></tr>
 * <tr><td>{@code exchange.settle}</td><td>2s, or half of retained.age if that is less</td><td>how old a message must
 * be, to within the lazy tick, to be sent in an exchange; at most retained.age</td></tr>
 * </table>
 *
 * <p><b>Order.</b> An ordered subscription gets each origin's messages in the order of their sequences, from the
 * first that comes after those that were here when it began. For an origin that was not heard of before, sequence 1 is
 * waited for: a node that joins late therefore gets that origin's first messages after {@code holdback.timeout}, with
 * one gap for what was before them, if one of its peers has seen that; otherwise when it has asked all of them. Each
 * incarnation is a stream of its own: where an origin goes on in a later one, what was missing of the former may come
 * after what the later one has begun with.
 *
 * <p><b>What a frame says</b> may be wrong: bits flip, and nodes have faults. An incarnation is established when the
 * node itself has told it ({@link HandlerContext#confirmedIncarnation}), or when four messages of it have come, over
 * five seconds, and none meanwhile of the one before. What is of others is delivered as well, and bars nothing. What is
 * older than the two that are established is taken as seen, unless these have been silent for five seconds and the node
 * itself has told neither. A sequence further than 65536 beyond all others of its incarnation is delivered, to ordered
 * subscriptions after {@code holdback.timeout} and by itself; others go on as if it had not come, until four have come
 * near one another, or the incarnation has come that far. Where an ordered subscription has gone on without messages
 * that keep coming, it goes back to these after four of them and five seconds, if nothing came above.
 *
 * <p><b>Exchanges.</b> Two nodes tell each other what they have seen, as runs of sequences of each origin and
 * incarnation. Then each sends what it retains and the other has not seen, the oldest first, within the bounds above;
 * what is left follows in the next exchange, whoever it is with. So a node that joins late catches up to what the
 * others retain. What comes that way is kept and delivered as if it had been broadcast, but broadcast on only if its
 * tree brings it later. Left out is
 * <ul>
 * <li>what is younger than {@code exchange.settle}: it is still on its way in the trees, and would come twice. Only
 *     where the protocol knows that the peer lacks messages, the initiator leaves none of them out;
 * <li>what was published longer ago than {@code retained.age}, as far as that is known: otherwise messages would go
 *     around for ever, from nodes that keep them to nodes that have long forgotten them;
 * <li>what the peer would take as seen, and what is of an origin that was forgotten here;
 * <li>what cannot be: such an entry is left out by the side that gets it, and counted, and the exchange goes on;
 * <li>what is longer than a message of the exchange may be; only a peer with a shorter {@code maxMessageLength} lets
 *     that happen.
 * </ul>
 *
 * <p>Where something of a gap was seen by the peer of an exchange, ordered subscriptions wait for it, up to
 * {@code holdback.exchange}, until that peer has sent all; if it has more than one exchange may send, or the exchange
 * was cut off, until a later one is done. And a gap that is older than {@code holdback.timeout} is asked for: each peer
 * whose link is up, one after the other, and those that come back ({@link HandlerContext#isExchangePending}). So,
 * within that bound, a link that flaps, here or elsewhere, costs no message that one of them retains. A peer that is
 * missing the same and may get it yet, or has messages of the gap that are too young, is asked anew. They do not wait
 * for others once a peer has seen all of the gap and could not send it, and give it up when all have answered. A node
 * that joins late thus gets in order what is retained elsewhere, if {@code holdback.messages} allows. Each gap is told
 * once, when it is given up; what comes after that is delivered to unordered subscriptions only. What is missing after
 * the last message that came of an origin is told when the next one comes.
 *
 * <p>{@code ExchangeLayout} in the source has the bytes.
 */
public final class PubSub implements BroadcastHandler {
    /** The handler's name. */
    public static final String NAME = "pubsub";

    private final Subscriptions subscriptions = new Subscriptions();
    private volatile HandlerContext context;
    private PubSubOptions options;
    private MessageStore store;
    private PubSubExchanges exchanges;
    private KeptPublishers publishers;

    /** A handler that is not started; subscribing is possible already. */
    public PubSub() {
    }

    /**
     * A way to publish to a topic, for one thread.
     *
     * @param topic the topic; not empty, and in UTF-8 no longer than the option {@code topic.length}.
     * @return a new publisher.
     * @throws IllegalArgumentException if the topic is not allowed.
     * @throws IllegalStateException    if the node has not started the handler yet.
     */
    public Publisher publisher(final String topic) {
        final HandlerContext started = context;
        if (started == null) {
            throw notStarted();
        }
        return new Publisher(checkedTopic(topic, options.topicLength()), started);
    }

    /**
     * Publishes one message, through a publisher that is made at the calling thread's first message to the topic and
     * kept for the next ones: until the thread or the node ends, or the option {@code publishers} bounds it.
     *
     * @param topic the topic.
     * @param data  the message; may be empty.
     * @return the position in the node's stream of broadcasts that follows the message, or a negative code of
     *     {@link io.plumtree.api.BroadcastResult}.
     * @throws IllegalArgumentException if the topic is not allowed.
     * @throws IllegalStateException    if the node has not started the handler yet.
     */
    public long publish(final String topic, final byte[] data) {
        if (context == null) {
            throw notStarted();
        }
        final Publisher kept = publishers.get(topic);
        final Publisher publisher =
            kept == null ? publishers.add(topic, checkedTopic(topic, options.topicLength())) : kept;
        return publisher.publish(data);
    }

    /**
     * Subscribes to a topic, in the order that the option {@code order} gives.
     *
     * @param topic    the topic.
     * @param listener gets its messages.
     * @return the subscription; close it to end it.
     * @throws IllegalArgumentException if the topic is not allowed.
     */
    public Subscription subscribe(final String topic, final MessageListener listener) {
        return add(topic, null, listener, null);
    }

    /**
     * Subscribes to a topic.
     *
     * @param topic       the topic.
     * @param order       the order of delivery.
     * @param listener    gets its messages.
     * @param gapListener told of messages that an ordered subscription goes on without; null if nobody cares.
     * @return the subscription; close it to end it.
     * @throws IllegalArgumentException if the topic is not allowed.
     */
    public Subscription subscribe(
        final String topic,
        final DeliveryOrder order,
        final MessageListener listener,
        final GapListener gapListener) {
        return add(topic, Objects.requireNonNull(order, "order"), listener, gapListener);
    }

    /**
     * Subscribes to all topics, in the order that the option {@code order} gives.
     *
     * @param listener gets all messages.
     * @return the subscription; close it to end it.
     */
    public Subscription subscribeAll(final TopicListener listener) {
        return addAll(null, listener, null);
    }

    /**
     * Subscribes to all topics.
     *
     * @param order       the order of delivery.
     * @param listener    gets all messages.
     * @param gapListener told of messages that an ordered subscription goes on without; null if nobody cares.
     * @return the subscription; close it to end it.
     */
    public Subscription subscribeAll(
        final DeliveryOrder order, final TopicListener listener, final GapListener gapListener) {
        return addAll(Objects.requireNonNull(order, "order"), listener, gapListener);
    }

    @Override
    public void onStart(final HandlerContext handlerContext) {
        options = PubSubOptions.read(handlerContext);
        final PubSubCounters counters = new PubSubCounters(handlerContext);
        subscriptions.start(options.order(), counters, handlerContext);
        exchanges = new PubSubExchanges(options, counters, handlerContext);
        final long startNs = handlerContext.startNs();
        store = new MessageStore(options, counters, subscriptions, exchanges, handlerContext, startNs);
        publishers = new KeptPublishers(options.publishers(), counters, handlerContext, startNs);
        context = handlerContext;
    }

    @Override
    public void broadcastData(final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        if (MessageLayout.isPayload(data, offset, length)
            && MessageLayout.topicLength(data, offset) <= options.topicLength()
            && claim.tryClaim(MessageLayout.ID_LENGTH, length) >= 0) {
            MessageLayout.encodeId(claim.buffer(), claim.idOffset(), context.self().value(), 0, 0);
            claim.buffer().putBytes(claim.payloadOffset(), data, offset, length);
        }
    }

    @Override
    public void onBroadcast(final MutableMessage message) {
        store.onBroadcast(message);
    }

    @Override
    public boolean merge(final Message message) {
        return store.merge(message);
    }

    @Override
    public boolean isStale(final MessageId id) {
        return store.isStale(id);
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@link GraftResult#STALE} only of what was broadcast again under a later incarnation of this node: no message
     * subsumes another.
     *
     * @throws MalformedMessageException if the bytes are not an id of this handler.
     */
    @Override
    public GraftResult graft(final MessageId id, final GraftPayload payload) {
        return store.graft(id, payload);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Asks whatever peer it is given, also when nothing is here to offer: the peer may have something.
     */
    @Override
    public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
        return exchanges.start(session, store);
    }

    @Override
    public ExchangeResult acceptExchange(final NodeId peer, final ExchangeSession session) {
        return exchanges.start(session, store);
    }

    @Override
    public long latestIncarnation(final long node) {
        return store.latestIncarnation(node);
    }

    /**
     * {@inheritDoc}
     *
     * <p>What nobody has seen keeps its sequences under the new incarnation, and is broadcast again. What others may
     * have seen stays as it is, for those that take it in: nodes that know two later incarnations don't. How many
     * messages that may concern is counted and reported.
     */
    @Override
    public void onIncarnation(final long former, final boolean isHeard, final Rebroadcast rebroadcast) {
        store.onIncarnation(context.incarnation(), isHeard, rebroadcast);
    }

    @Override
    public int doWork(final long nowNs) {
        exchanges.beforeGaps(store.hasGaps());
        final int workCount = store.doWork(nowNs);
        exchanges.afterGaps();
        publishers.doWork(nowNs);
        return workCount;
    }

    @Override
    public void onClose() {
        if (publishers != null) {
            publishers.close();
        }
    }

    private Subscription add(
        final String topic,
        final DeliveryOrder order,
        final MessageListener listener,
        final GapListener gapListener) {
        Objects.requireNonNull(listener, "listener");
        checkedTopic(topic, context == null ? MessageLayout.MAX_TOPIC_LENGTH : options.topicLength());
        return subscriptions.add(new Subscription(subscriptions, topic, order, listener, null, gapListener));
    }

    private Subscription addAll(
        final DeliveryOrder order, final TopicListener listener, final GapListener gapListener) {
        Objects.requireNonNull(listener, "listener");
        return subscriptions.add(new Subscription(subscriptions, null, order, null, listener, gapListener));
    }

    private static IllegalStateException notStarted() {
        return new IllegalStateException("handler " + NAME + " is not started");
    }

    private static byte[] checkedTopic(final String topic, final int maxLength) {
        Objects.requireNonNull(topic, "topic");
        final byte[] bytes;
        try {
            final ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(topic));
            bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
        } catch (final CharacterCodingException e) {
            throw new IllegalArgumentException("topic has no UTF-8 form: '" + topic + "'", e);
        }
        if (bytes.length == 0 || bytes.length > maxLength) {
            throw new IllegalArgumentException(
                "topic must have 1 to " + maxLength + " bytes of UTF-8, not " + bytes.length + ": '" + topic + "'");
        }
        return bytes;
    }
}
