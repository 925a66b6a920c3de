package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.KnownEncoder;
import io.plumtree.engine.codec.sbe.MessageHeaderEncoder;
import io.plumtree.engine.codec.sbe.NamesakeEncoder;
import io.plumtree.engine.codec.sbe.RaisedEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes one node's frames about incarnations. Not for concurrent use. */
public final class IncarnationFrameEncoder {
    /** No frame is longer, in bytes. */
    public static final int MAX_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + NamesakeEncoder.BLOCK_LENGTH +
        NamesakeEncoder.endpointHeaderLength() + Greeting.MAX_ENDPOINT_LENGTH;

    /** Length of a Raised, in bytes. */
    public static final int RAISED_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + RaisedEncoder.BLOCK_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final KnownEncoder known = new KnownEncoder();
    private final RaisedEncoder raised = new RaisedEncoder();
    private final NamesakeEncoder namesake = new NamesakeEncoder();
    private final long cluster;
    private final long sender;

    /**
     * An encoder for one node.
     *
     * @param cluster what stands for its cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of its id.
     */
    public IncarnationFrameEncoder(final long cluster, final long sender) {
        this.cluster = cluster;
        this.sender = sender;
    }

    /**
     * Writes a Known.
     *
     * @param buffer  to write to, from 0 on.
     * @param message what it says.
     * @return the length.
     */
    public int known(final MutableDirectBuffer buffer, final KnownIncarnation message) {
        known.wrapAndApplyHeader(buffer, 0, header).cluster(cluster).sender(sender)
            .node(message.node())
            .incarnation(message.incarnation())
            .echo(message.echo())
            .flags().clear().isLive(message.isLive());
        known.endpoint(message.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + known.encodedLength();
    }

    /**
     * Writes a Raised.
     *
     * @param buffer      to write to, from 0 on.
     * @param former      the incarnation until now.
     * @param incarnation the one from now on, later than the former.
     * @return the length.
     */
    public int raised(final MutableDirectBuffer buffer, final long former, final long incarnation) {
        raised.wrapAndApplyHeader(buffer, 0, header).cluster(cluster).sender(sender)
            .former(former)
            .incarnation(incarnation);
        return MessageHeaderEncoder.ENCODED_LENGTH + raised.encodedLength();
    }

    /**
     * Writes a Namesake.
     *
     * @param buffer  to write to, from 0 on.
     * @param message what it says.
     * @return the length.
     */
    public int namesake(final MutableDirectBuffer buffer, final Namesake message) {
        namesake.wrapAndApplyHeader(buffer, 0, header).cluster(cluster).sender(sender)
            .incarnation(message.incarnation())
            .nonce(message.nonce())
            .ageNs(message.ageNs())
            .flags().clear().isAnswer(message.isAnswer());
        namesake.endpoint(message.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + namesake.encodedLength();
    }
}
