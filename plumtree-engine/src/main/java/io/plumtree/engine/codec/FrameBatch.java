package io.plumtree.engine.codec;

import static io.plumtree.engine.codec.GossipBody.ID_PREFIX_LENGTH;

import io.plumtree.engine.codec.sbe.AdoptDecoder;
import io.plumtree.engine.codec.sbe.GraftDecoder;
import io.plumtree.engine.codec.sbe.GraftFailedDecoder;
import io.plumtree.engine.codec.sbe.IHaveDecoder;
import io.plumtree.engine.codec.sbe.IHaveEncoder;
import io.plumtree.engine.codec.sbe.IHaveEncoder.EntriesEncoder;
import io.plumtree.engine.codec.sbe.IgnoredIHaveDecoder;
import io.plumtree.engine.codec.sbe.MessageHeaderEncoder;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gathers announcements, or their answers, for one peer into one frame, up to a length. {@link #buffer()}
 * gives a whole frame of {@link #length()} bytes, and has to be called again after an {@link #append}; send it, then
 * {@link #clear()}.
 *
 * <p>Bounded by its length, and by {@value #MAX_ENTRIES} entries. Allocates when it is made, not later. For one thread
 * at a time.
 */
public final class FrameBatch {
    /** Most entries in one frame, however long it is. */
    public static final int MAX_ENTRIES = 65534;

    private static final int HEAD_LENGTH =
        MessageHeaderEncoder.ENCODED_LENGTH + IHaveEncoder.BLOCK_LENGTH + EntriesEncoder.sbeHeaderSize();
    private static final int COUNT_OFFSET = HEAD_LENGTH - 2;
    private static final int ENTRY_HEAD_LENGTH = EntriesEncoder.sbeBlockLength() + ID_PREFIX_LENGTH;

    private final ControlMessage kind;
    private final UnsafeBuffer buffer;
    private int length = HEAD_LENGTH;
    private int count;

    /**
     * An empty batch.
     *
     * @param kind      what it gathers.
     * @param cluster   what stands for this node's cluster, see {@link NameHash#ofCluster}.
     * @param sender    value of this node's id.
     * @param maxLength the longest frame, in bytes: the transport's longest that travels in one piece. At least what
     *                  gives {@link #maxIdLength} a value of 1.
     * @throws IllegalArgumentException if the length is too small for any entry, or what it gathers is prunes, which go
     *     out alone.
     */
    public FrameBatch(final ControlMessage kind, final long cluster, final long sender, final int maxLength) {
        if (maxIdLength(maxLength) < 1) {
            throw new IllegalArgumentException("maxLength " + maxLength + " must be at least " +
                (HEAD_LENGTH + ENTRY_HEAD_LENGTH + 1) + " for a single entry");
        }
        this.kind = kind;
        this.buffer = new UnsafeBuffer(new byte[maxLength]);
        final IHaveEncoder encoder = new IHaveEncoder();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        // The five kinds have one layout: the template id makes the difference.
        encoder.wrapAndApplyHeader(buffer, 0, header).cluster(cluster).sender(sender).entriesCount(0);
        header.templateId(templateId(kind));
    }

    private static int templateId(final ControlMessage kind) {
        return switch (kind) {
            case I_HAVE -> IHaveDecoder.TEMPLATE_ID;
            case IGNORED_I_HAVE -> IgnoredIHaveDecoder.TEMPLATE_ID;
            case GRAFT -> GraftDecoder.TEMPLATE_ID;
            case ADOPT -> AdoptDecoder.TEMPLATE_ID;
            case GRAFT_FAILED -> GraftFailedDecoder.TEMPLATE_ID;
            case PRUNE -> throw new IllegalArgumentException("prunes go out alone");
        };
    }

    /**
     * The longest id that an empty batch has room for; what is longer can't be announced.
     *
     * @param maxLength the longest frame, in bytes.
     * @return bytes, at most {@link GossipBody#MAX_ID_LENGTH}; less than 1 if no entry fits.
     */
    public static int maxIdLength(final int maxLength) {
        return Math.min(maxLength - HEAD_LENGTH - ENTRY_HEAD_LENGTH, GossipBody.MAX_ID_LENGTH);
    }

    /**
     * Adds an entry, if there is room.
     *
     * @param key     the message.
     * @param handler what stands for its handler on the wire.
     * @return false if it does not fit, and then nothing has changed: send, clear, and append again, unless the batch
     *     was empty or the id is longer than {@link #maxIdLength}, since then it never fits.
     */
    public boolean append(final MessageKey key, final int handler) {
        // All is read before anything is written: after a write the compiler would have to read the fields again.
        final DirectBuffer idBuffer = key.id().buffer();
        final int idOffset = key.id().offset();
        final int idLength = key.id().length();
        final long root = key.root();
        final int round = key.round();
        if (idLength > buffer.capacity() - length - ENTRY_HEAD_LENGTH || idLength > GossipBody.MAX_ID_LENGTH ||
            count == MAX_ENTRIES) {
            return false;
        }
        final int idPrefixOffset = length + EntriesEncoder.sbeBlockLength();
        buffer.putLong(length + EntriesEncoder.rootEncodingOffset(), root, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(length + EntriesEncoder.handlerEncodingOffset(), handler, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(
            length + EntriesEncoder.roundEncodingOffset(),
            (short) Math.min(round, GossipFrameEncoder.MAX_ROUND),
            ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(idPrefixOffset, (short) idLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(idPrefixOffset + ID_PREFIX_LENGTH, idBuffer, idOffset, idLength);
        length += ENTRY_HEAD_LENGTH + idLength;
        count++;
        return true;
    }

    /** Takes all entries out. */
    public void clear() {
        length = HEAD_LENGTH;
        count = 0;
    }

    /**
     * What it gathers.
     *
     * @return the kind.
     */
    public ControlMessage kind() {
        return kind;
    }

    /**
     * How many entries it has.
     *
     * @return 0 to {@value #MAX_ENTRIES}.
     */
    public int count() {
        return count;
    }

    /**
     * Whether it has no entry.
     *
     * @return true if so.
     */
    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * What holds the frame, from offset 0: as of now, without what is appended later.
     *
     * @return the buffer, always the same.
     */
    public DirectBuffer buffer() {
        // Once a frame, not once an entry.
        buffer.putShort(COUNT_OFFSET, (short) count, ByteOrder.LITTLE_ENDIAN);
        return buffer;
    }

    /**
     * How long the frame is.
     *
     * @return bytes.
     */
    public int length() {
        return length;
    }
}
