package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.AdoptDecoder;
import io.plumtree.engine.codec.sbe.DisconnectDecoder;
import io.plumtree.engine.codec.sbe.ExchangeCloseDecoder;
import io.plumtree.engine.codec.sbe.ExchangeCreditDecoder;
import io.plumtree.engine.codec.sbe.ExchangeDataDecoder;
import io.plumtree.engine.codec.sbe.ExchangeOpenDecoder;
import io.plumtree.engine.codec.sbe.ExchangesAnswerDecoder;
import io.plumtree.engine.codec.sbe.ForwardJoinDecoder;
import io.plumtree.engine.codec.sbe.GoodbyeDecoder;
import io.plumtree.engine.codec.sbe.GossipBundleDecoder;
import io.plumtree.engine.codec.sbe.GossipDecoder;
import io.plumtree.engine.codec.sbe.GraftDecoder;
import io.plumtree.engine.codec.sbe.GraftFailedDecoder;
import io.plumtree.engine.codec.sbe.GreetingDecoder;
import io.plumtree.engine.codec.sbe.HeartbeatDecoder;
import io.plumtree.engine.codec.sbe.IHaveDecoder;
import io.plumtree.engine.codec.sbe.IgnoredIHaveDecoder;
import io.plumtree.engine.codec.sbe.JoinDecoder;
import io.plumtree.engine.codec.sbe.KnownDecoder;
import io.plumtree.engine.codec.sbe.MembersAnswerDecoder;
import io.plumtree.engine.codec.sbe.NamesakeDecoder;
import io.plumtree.engine.codec.sbe.NeighborDecoder;
import io.plumtree.engine.codec.sbe.NeighborReplyDecoder;
import io.plumtree.engine.codec.sbe.PeersAnswerDecoder;
import io.plumtree.engine.codec.sbe.PruneDecoder;
import io.plumtree.engine.codec.sbe.QuenchDecoder;
import io.plumtree.engine.codec.sbe.QueryDecoder;
import io.plumtree.engine.codec.sbe.QueryRefusedDecoder;
import io.plumtree.engine.codec.sbe.RaisedDecoder;
import io.plumtree.engine.codec.sbe.ShuffleDecoder;
import io.plumtree.engine.codec.sbe.ShuffleReplyDecoder;
import org.agrona.DirectBuffer;

/**
 * Checks frames and passes what is in them to the listener of their family. Total: whatever the bytes are, each length
 * is checked against the frame before it is used, and there is an answer. What is checked here and in the decoders of
 * the families, the generated flyweights then read.
 *
 * <p>Not reentrant, and for one thread at a time.
 */
public final class FrameDecoder {
    private final Frame frame = new Frame();
    /** Null where nobody listens; so are those below. */
    private final GossipFrameDecoder gossip;
    private final LinkFrameDecoder links;
    private final ExchangeFrameDecoder exchanges;
    private final QueryFrameDecoder queries;
    private final OverlayFrameDecoder overlay;

    /**
     * A decoder.
     *
     * @param listeners who is told of what is in frames; read now.
     */
    public FrameDecoder(final FrameListeners listeners) {
        this.gossip = listeners.gossip() == null ? null : new GossipFrameDecoder(listeners.gossip());
        this.links = listeners.links() == null ? null : new LinkFrameDecoder(listeners.links());
        this.exchanges = listeners.exchanges() == null ? null : new ExchangeFrameDecoder(listeners.exchanges());
        this.queries = listeners.queries() == null ? null : new QueryFrameDecoder(listeners.queries());
        this.overlay = listeners.overlay() == null ? null : new OverlayFrameDecoder(listeners.overlay());
    }

    /**
     * Decodes one frame. Reads nothing outside of it, and throws nothing, whatever its bytes are; what a listener
     * throws goes through.
     *
     * @param buffer holds the frame.
     * @param offset where it starts.
     * @param length its length in bytes.
     * @return what became of it.
     */
    public DecodeResult decode(final DirectBuffer buffer, final int offset, final int length) {
        if (length < Frame.HEADER_LENGTH) {
            return DecodeResult.TOO_SHORT;
        }
        frame.wrap(buffer, offset);
        if (!frame.isOfSchema()) {
            return DecodeResult.OTHER_SCHEMA;
        }
        return frame.wrapBlock(offset + length) ? route() : DecodeResult.MALFORMED;
    }

    private DecodeResult route() {
        return switch (frame.templateId()) {
            case GossipDecoder.TEMPLATE_ID,
                GossipBundleDecoder.TEMPLATE_ID,
                IHaveDecoder.TEMPLATE_ID,
                IgnoredIHaveDecoder.TEMPLATE_ID,
                GraftDecoder.TEMPLATE_ID,
                AdoptDecoder.TEMPLATE_ID,
                GraftFailedDecoder.TEMPLATE_ID,
                PruneDecoder.TEMPLATE_ID,
                QuenchDecoder.TEMPLATE_ID ->
                gossip == null ? DecodeResult.STRANGER : gossip.decode(frame);
            case GreetingDecoder.TEMPLATE_ID,
                HeartbeatDecoder.TEMPLATE_ID,
                GoodbyeDecoder.TEMPLATE_ID,
                KnownDecoder.TEMPLATE_ID,
                RaisedDecoder.TEMPLATE_ID,
                NamesakeDecoder.TEMPLATE_ID ->
                links == null ? DecodeResult.STRANGER : links.decode(frame);
            case ExchangeOpenDecoder.TEMPLATE_ID,
                ExchangeDataDecoder.TEMPLATE_ID,
                ExchangeCreditDecoder.TEMPLATE_ID,
                ExchangeCloseDecoder.TEMPLATE_ID ->
                exchanges == null ? DecodeResult.STRANGER : exchanges.decode(frame);
            case QueryDecoder.TEMPLATE_ID,
                MembersAnswerDecoder.TEMPLATE_ID,
                PeersAnswerDecoder.TEMPLATE_ID,
                ExchangesAnswerDecoder.TEMPLATE_ID,
                QueryRefusedDecoder.TEMPLATE_ID ->
                queries == null ? DecodeResult.STRANGER : queries.decode(frame);
            case JoinDecoder.TEMPLATE_ID,
                ForwardJoinDecoder.TEMPLATE_ID,
                NeighborDecoder.TEMPLATE_ID,
                NeighborReplyDecoder.TEMPLATE_ID,
                DisconnectDecoder.TEMPLATE_ID,
                ShuffleDecoder.TEMPLATE_ID,
                ShuffleReplyDecoder.TEMPLATE_ID ->
                overlay == null ? DecodeResult.STRANGER : overlay.decode(frame);
            default ->
                links == null ? DecodeResult.STRANGER : links.decodeUnknown(frame);
        };
    }
}
