package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.ExchangeCloseDecoder;
import io.plumtree.engine.codec.sbe.ExchangeCreditDecoder;
import io.plumtree.engine.codec.sbe.ExchangeDataDecoder;
import io.plumtree.engine.codec.sbe.ExchangeOpenDecoder;

/**
 * Checks the frames of exchanges whole before anything is told of them; the part of a {@link FrameDecoder} that
 * does.
 */
final class ExchangeFrameDecoder {
    private static final int LENGTH_PREFIX_LENGTH = ExchangeDataDecoder.messageHeaderLength();

    private final ExchangeOpenDecoder open = new ExchangeOpenDecoder();
    private final ExchangeDataDecoder data = new ExchangeDataDecoder();
    private final ExchangeCreditDecoder credit = new ExchangeCreditDecoder();
    private final ExchangeCloseDecoder close = new ExchangeCloseDecoder();
    private final ExchangeFrameListener listener;

    ExchangeFrameDecoder(final ExchangeFrameListener listener) {
        this.listener = listener;
    }

    DecodeResult decode(final Frame frame) {
        if (!listener.accepts(frame.cluster(), frame.sender())) {
            return DecodeResult.STRANGER;
        }
        final boolean isWellFormed = switch (frame.templateId()) {
            case ExchangeOpenDecoder.TEMPLATE_ID -> onOpen(frame);
            case ExchangeDataDecoder.TEMPLATE_ID -> onData(frame);
            case ExchangeCreditDecoder.TEMPLATE_ID -> onCredit(frame);
            default -> onClose(frame);
        };
        return isWellFormed ? DecodeResult.CONSUMED : DecodeResult.MALFORMED;
    }

    private boolean onOpen(final Frame frame) {
        if (!frame.isBlock(ExchangeOpenDecoder.BLOCK_LENGTH)) {
            return false;
        }
        open.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        if (open.exchangeId() <= 0 || open.creditLimit() <= 0) {
            return false;
        }
        listener.onExchangeOpen(frame.sender(), open.exchangeId(), open.creditLimit(), open.handler());
        return true;
    }

    private boolean onData(final Frame frame) {
        final int limit = frame.limit();
        final int messageOffset = frame.blockEnd() + LENGTH_PREFIX_LENGTH;
        if (!frame.hasBlock(ExchangeDataDecoder.BLOCK_LENGTH) || messageOffset > limit) {
            return false;
        }
        data.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        // The length is unsigned on the wire: what is negative here is longer than any frame.
        final int messageLength = data.messageLength();
        if (messageLength < 0 || messageLength > limit - messageOffset ||
            !frame.endsAt(messageOffset + messageLength) || data.exchangeId() <= 0 || data.sequence() < 0) {
            return false;
        }
        listener.onExchangeData(
            frame.sender(),
            data.exchangeId(),
            data.flags().fromInitiator(),
            data.sequence(),
            frame.buffer(),
            messageOffset,
            messageLength);
        return true;
    }

    private boolean onCredit(final Frame frame) {
        if (!frame.isBlock(ExchangeCreditDecoder.BLOCK_LENGTH)) {
            return false;
        }
        credit.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        if (credit.exchangeId() <= 0 || credit.creditLimit() <= 0) {
            return false;
        }
        listener.onExchangeCredit(
            frame.sender(), credit.exchangeId(), credit.flags().fromInitiator(), credit.creditLimit());
        return true;
    }

    private boolean onClose(final Frame frame) {
        if (!frame.isBlock(ExchangeCloseDecoder.BLOCK_LENGTH)) {
            return false;
        }
        close.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final ExchangeCloseCode code = ExchangeCloseCode.of(close.reasonRaw());
        if (close.exchangeId() <= 0 || code == null) {
            return false;
        }
        listener.onExchangeClose(frame.sender(), close.exchangeId(), close.flags().fromInitiator(), code);
        return true;
    }
}
