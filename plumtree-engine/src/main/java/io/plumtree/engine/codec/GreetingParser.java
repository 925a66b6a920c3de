package io.plumtree.engine.codec;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.sbe.GreetingDecoder;
import io.plumtree.engine.codec.sbe.GreetingDecoder.HandlersDecoder;
import io.plumtree.engine.codec.sbe.GreetingDecoder.SettingsDecoder;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a {@link Greeting} of a frame, checking each length before it is used. */
final class GreetingParser {
    private final GreetingDecoder greeting = new GreetingDecoder();
    private final TextReader reader = new TextReader();

    /**
     * Parses a Greeting whose block lies within the frame.
     *
     * @param frame the frame.
     * @return the greeting; null if it is malformed.
     */
    Greeting parse(final Frame frame) {
        if (!frame.hasBlock(GreetingDecoder.BLOCK_LENGTH)) {
            return null;
        }
        reader.wrap(frame);
        greeting.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());

        final List<String> handlers = handlers(frame);
        if (handlers == null || !NodeDescriptor.isPossible(greeting.incarnation())) {
            return null;
        }
        final SortedMap<String, String> settings = settings(frame);
        if (settings == null) {
            return null;
        }
        final NodeId sender = nodeName();
        final String endpoint = reader.endpoint();
        if (sender == null || endpoint == null || !frame.endsAt(reader.position())) {
            return null;
        }
        return new Greeting(
            sender, greeting.incarnation(), greeting.flags().wantsReply(), endpoint, handlers, settings,
            new Challenge(greeting.nonce(), greeting.echo(), greeting.flags().wantsEcho()));
    }

    private List<String> handlers(final Frame frame) {
        if (!reader.has(HandlersDecoder.HEADER_SIZE)) {
            return null;
        }
        final int entryLength = reader.unsignedShort(0);
        final int count = reader.unsignedShort(2);
        if (!frame.agrees(entryLength, HandlersDecoder.sbeBlockLength()) || count > Greeting.MAX_HANDLERS) {
            return null;
        }
        reader.skip(HandlersDecoder.HEADER_SIZE);
        final List<String> handlers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (!reader.has(entryLength)) {
                return null;
            }
            final int hash = frame.buffer().getInt(
                reader.position() + HandlersDecoder.nameHashEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
            reader.skip(entryLength);
            final String handler = reader.name();
            if (handler == null || NameHash.ofHandler(handler) != hash) {
                return null;
            }
            handlers.add(handler);
        }
        return handlers;
    }

    private SortedMap<String, String> settings(final Frame frame) {
        if (!reader.has(SettingsDecoder.HEADER_SIZE)) {
            return null;
        }
        final int entryLength = reader.unsignedShort(0);
        final int count = reader.unsignedShort(2);
        if (!frame.agrees(entryLength, SettingsDecoder.sbeBlockLength()) || count > Greeting.MAX_SETTINGS) {
            return null;
        }
        reader.skip(SettingsDecoder.HEADER_SIZE);
        final SortedMap<String, String> settings = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            if (!reader.has(entryLength)) {
                return null;
            }
            reader.skip(entryLength);
            final String name = reader.setting();
            final String value = reader.setting();
            final boolean isInOrder = name != null && (settings.isEmpty() || settings.lastKey().compareTo(name) < 0);
            if (!isInOrder || name.isEmpty() || value == null) {
                return null;
            }
            settings.put(name, value);
        }
        return Greeting.settingsLength(settings) > Greeting.MAX_SETTINGS_LENGTH ? null : settings;
    }

    private NodeId nodeName() {
        final String name = reader.name();
        if (name == null) {
            return null;
        }
        final NodeId nodeId = NodeId.of(name);
        return nodeId.value() == greeting.sender() ? nodeId : null;
    }
}
