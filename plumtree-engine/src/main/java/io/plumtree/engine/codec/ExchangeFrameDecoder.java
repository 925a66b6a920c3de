package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.ExchangeCloseDecoder;
import io.plumtree.engine.codec.sbe.ExchangeCreditDecoder;
import io.plumtree.engine.codec.sbe.ExchangeDataDecoder;
import io.plumtree.engine.codec.sbe.ExchangeOpenDecoder;
import org.agrona.DirectBuffer;

/** Checks the frames of exchanges; the part of a {@link FrameDecoder} that does. */
final class ExchangeFrameDecoder {
    private static final int LENGTH_PREFIX_LENGTH = ExchangeDataDecoder.messageHeaderLength();

    private final ExchangeOpenDecoder open = new ExchangeOpenDecoder();
    private final ExchangeDataDecoder data = new ExchangeDataDecoder();
    private final ExchangeCreditDecoder credit = new ExchangeCreditDecoder();
    private final ExchangeCloseDecoder close = new ExchangeCloseDecoder();

    DecodeResult decode(
        final int templateId,
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final ExchangeFrameListener listener) {
        return switch (templateId) {
            case ExchangeOpenDecoder.TEMPLATE_ID ->
                onOpen(buffer, blockOffset, blockLength, limit, version, listener);
            case ExchangeDataDecoder.TEMPLATE_ID ->
                onData(buffer, blockOffset, blockLength, limit, version, listener);
            case ExchangeCreditDecoder.TEMPLATE_ID ->
                onCredit(buffer, blockOffset, blockLength, limit, version, listener);
            case ExchangeCloseDecoder.TEMPLATE_ID ->
                onClose(buffer, blockOffset, blockLength, limit, version, listener);
            default -> DecodeResult.UNKNOWN_TEMPLATE;
        };
    }

    private DecodeResult onOpen(
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final ExchangeFrameListener listener) {
        if (!isBlock(version, blockOffset, blockLength, limit, ExchangeOpenDecoder.BLOCK_LENGTH)) {
            return DecodeResult.MALFORMED;
        }
        open.wrap(buffer, blockOffset, blockLength, version);
        if (open.exchangeId() <= 0 || open.creditLimit() <= 0) {
            return DecodeResult.MALFORMED;
        }
        listener.onExchangeOpen(open.sender(), open.exchangeId(), open.creditLimit(), open.handler());
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onData(
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final ExchangeFrameListener listener) {
        final int messageOffset = blockOffset + blockLength + LENGTH_PREFIX_LENGTH;
        if (!Compatibility.agrees(version, blockLength, ExchangeDataDecoder.BLOCK_LENGTH) || messageOffset > limit) {
            return DecodeResult.MALFORMED;
        }
        data.wrap(buffer, blockOffset, blockLength, version);
        // The length is unsigned on the wire: what is negative here is longer than any frame.
        final int messageLength = data.messageLength();
        if (messageLength < 0 || messageLength > limit - messageOffset ||
            !Compatibility.agrees(version, limit, messageOffset + messageLength) ||
            data.exchangeId() <= 0 || data.sequence() < 0) {
            return DecodeResult.MALFORMED;
        }
        listener.onExchangeData(
            data.sender(),
            data.exchangeId(),
            data.flags().fromInitiator(),
            data.sequence(),
            buffer,
            messageOffset,
            messageLength);
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onCredit(
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final ExchangeFrameListener listener) {
        if (!isBlock(version, blockOffset, blockLength, limit, ExchangeCreditDecoder.BLOCK_LENGTH)) {
            return DecodeResult.MALFORMED;
        }
        credit.wrap(buffer, blockOffset, blockLength, version);
        if (credit.exchangeId() <= 0 || credit.creditLimit() <= 0) {
            return DecodeResult.MALFORMED;
        }
        listener.onExchangeCredit(
            credit.sender(), credit.exchangeId(), credit.flags().fromInitiator(), credit.creditLimit());
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onClose(
        final DirectBuffer buffer,
        final int blockOffset,
        final int blockLength,
        final int limit,
        final int version,
        final ExchangeFrameListener listener) {
        if (!isBlock(version, blockOffset, blockLength, limit, ExchangeCloseDecoder.BLOCK_LENGTH)) {
            return DecodeResult.MALFORMED;
        }
        close.wrap(buffer, blockOffset, blockLength, version);
        final ExchangeCloseCode code = ExchangeCloseCode.of(close.reasonRaw());
        if (close.exchangeId() <= 0 || code == null) {
            return DecodeResult.MALFORMED;
        }
        listener.onExchangeClose(close.sender(), close.exchangeId(), close.flags().fromInitiator(), code);
        return DecodeResult.CONSUMED;
    }

    private static boolean isBlock(
        final int version, final int blockOffset, final int blockLength, final int limit, final int known) {
        return Compatibility.agrees(version, blockLength, known) &&
            Compatibility.agrees(version, limit, blockOffset + blockLength);
    }
}
