package io.plumtree.handlers.spi;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.MessageId;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A handler whose messages are objects: it is extended, and two {@link Codec}s make bytes of ids and payloads. For
 * handlers that have some thousand messages a second at most: each call allocates its objects, where a
 * {@link BroadcastHandler} that reads bytes where they lie allocates nothing.
 *
 * <p>An application broadcasts through {@link #broadcast(Object)}. The generic {@code broadcast} takes a payload's
 * bytes. Threads are as in {@link BroadcastHandler}: {@link #newId} and the codecs run in whichever thread broadcasts,
 * possibly in several at once, everything else on the engine's. {@link #exchange} may be overridden; unless it is,
 * there are no exchanges.
 *
 * <p>Ids carry no incarnation, as they are made before a message is claimed: a handler that orders a node's runs
 * implements {@link BroadcastHandler}.
 *
 * @param <I> an id; has {@code equals} and {@code hashCode} if it is kept in a map.
 * @param <P> a payload.
 */
public abstract class ObjectHandler<I, P> implements BroadcastHandler {
    private final Codec<I> ids;
    private final Codec<P> payloads;
    private final MutableDirectBuffer grafted = new ExpandableArrayBuffer();
    /** Those that no thread uses now: each is for one thread at a time. */
    private final Queue<BroadcastClaim> idleClaims = new ConcurrentLinkedQueue<>();
    private volatile HandlerContext context;

    /**
     * A handler that is not started.
     *
     * @param ids      encodes and decodes ids.
     * @param payloads encodes and decodes payloads.
     */
    protected ObjectHandler(final Codec<I> ids, final Codec<P> payloads) {
        this.ids = ids;
        this.payloads = payloads;
    }

    /**
     * Names a message that is to be broadcast, as no other is named in the cluster: by a random number, by this node
     * and a count, or by what is in it. Any thread, several at once.
     *
     * @param payload the payload.
     * @return the id; null to refuse the payload, be it an application's data.
     */
    protected abstract I newId(P payload);

    /**
     * Takes in a message, of this node's own or from another.
     *
     * @param id      the message's id.
     * @param payload its payload.
     * @return true if the message was new; false if it, or what subsumes it, was there already.
     * @throws MalformedMessageException if no message can be like this: it is counted, dropped and not passed on.
     */
    protected abstract boolean merge(I id, P payload);

    /**
     * Whether a message, or what subsumes it, is here already: exactly when a merge would return false.
     *
     * @param id the message's id.
     * @return true if it is.
     */
    protected abstract boolean isStale(I id);

    /**
     * Looks a message up for a peer that asks for it.
     *
     * @param id the message's id.
     * @return its payload; null if it is not here.
     */
    protected abstract P graft(I id);

    /**
     * Whether a message that {@link #graft(Object)} has not found is one that a newer message subsumes, so that
     * whoever asks need not have it.
     *
     * @param id the message's id.
     * @return false, unless overridden.
     */
    protected boolean isSubsumed(final I id) {
        return false;
    }

    /**
     * Broadcasts an object. Any thread; never blocks. {@link #merge(Object, Object)} gets it on the engine's thread,
     * before others do.
     *
     * @param payload the object.
     * @return the position in the node's stream of broadcasts that follows the message (positive), or a code of
     *     {@link BroadcastResult}: then nothing was taken.
     * @throws IllegalStateException if the handler is not started.
     */
    public final long broadcast(final P payload) {
        if (context == null) {
            throw new IllegalStateException("handler is not started (an overridden onStart calls super.onStart)");
        }
        final I id = newId(payload);
        if (id == null) {
            return BroadcastResult.REJECTED;
        }
        final BroadcastClaim idle = idleClaims.poll();
        final BroadcastClaim claim = idle == null ? context.newClaim() : idle;
        try {
            final long position = claim(claim, id, payload);
            if (position >= 0) {
                claim.commit();
            }
            return position;
        } finally {
            idleClaims.add(claim);
        }
    }

    /** Encodes before it claims: a codec that throws, or takes long, leaves no claim open. */
    private long claim(final BroadcastClaim claim, final I id, final P payload) {
        final MutableDirectBuffer bytes = new ExpandableArrayBuffer();
        final int idLength = ids.encode(id, bytes, 0);
        final int payloadLength = payloads.encode(payload, bytes, idLength);
        final long position = claim.tryClaim(idLength, payloadLength);
        if (position >= 0) {
            claim.buffer().putBytes(claim.idOffset(), bytes, 0, idLength);
            claim.buffer().putBytes(claim.payloadOffset(), bytes, idLength, payloadLength);
        }
        return position;
    }

    /** {@inheritDoc} To be called first by whoever overrides it. */
    @Override
    public void onStart(final HandlerContext handlerContext) {
        context = handlerContext;
    }

    /**
     * The node, as this handler sees it.
     *
     * @return the context; null before {@link #onStart}.
     */
    protected final HandlerContext context() {
        return context;
    }

    /** {@inheritDoc} The data is a payload's bytes; what the codec can't decode is refused. */
    @Override
    public final void broadcastData(
        final DirectBuffer data, final int offset, final int length, final BroadcastClaim claim) {
        final P payload;
        try {
            payload = decode(payloads, "payload", data, offset, length);
        } catch (final MalformedMessageException ex) {
            return;
        }
        final I id = newId(payload);
        if (id != null) {
            claim(claim, id, payload);
        }
    }

    @Override
    public final void onBroadcast(final MutableMessage message) {
        merge(
            decodedId(message.id()),
            decode(payloads, "payload", message.buffer(), message.payloadOffset(), message.payloadLength()));
    }

    @Override
    public final boolean merge(final Message message) {
        return merge(
            decodedId(message.id()),
            decode(payloads, "payload", message.buffer(), message.payloadOffset(), message.payloadLength()));
    }

    @Override
    public final boolean isStale(final MessageId id) {
        return isStale(decodedId(id));
    }

    @Override
    public final GraftResult graft(final MessageId id, final GraftPayload payload) {
        final I decoded = decodedId(id);
        final P found = graft(decoded);
        if (found == null) {
            return isSubsumed(decoded) ? GraftResult.STALE : GraftResult.UNKNOWN;
        }
        payload.wrap(grafted, 0, payloads.encode(found, grafted, 0));
        return GraftResult.PAYLOAD;
    }

    private I decodedId(final MessageId id) {
        return decode(ids, "id", id.buffer(), id.offset(), id.length());
    }

    private static <T> T decode(
        final Codec<T> codec, final String what, final DirectBuffer buffer, final int offset, final int length) {
        final T value;
        try {
            value = codec.decode(buffer, offset, length);
        } catch (final MalformedMessageException ex) {
            throw new MalformedMessageException(what + " of " + length + " bytes: " + ex.getMessage());
        } catch (final RuntimeException ex) {
            throw new MalformedMessageException(what + " of " + length + " bytes can't be decoded: " + ex);
        }
        if (value == null) {
            throw new MalformedMessageException(what + " of " + length + " bytes is none of this handler's");
        }
        return value;
    }
}
