package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.GoodbyeEncoder;
import io.plumtree.engine.codec.sbe.GreetingEncoder;
import io.plumtree.engine.codec.sbe.HeartbeatEncoder;
import io.plumtree.engine.codec.sbe.MessageHeaderEncoder;
import io.plumtree.engine.codec.sbe.ShortTextEncoder;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Writes what keeps a link of one node up: greetings, heartbeats, goodbyes; see {@link IncarnationFrameEncoder} for
 * what is said of runs. Each method returns the length written, in bytes, and needs that much room at {@code offset};
 * for one thread at a time.
 */
public final class LinkFrameEncoder {
    /** What {@link #heartbeat} and {@link #goodbye} write. */
    public static final int HEARTBEAT_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + HeartbeatEncoder.BLOCK_LENGTH;
    /** The most that {@link #greeting} writes. */
    public static final int MAX_GREETING_LENGTH = greetingLength(
        Greeting.MAX_HANDLERS * NameHash.MAX_NAME_LENGTH,
        Greeting.MAX_HANDLERS,
        Greeting.MAX_SETTINGS_LENGTH,
        NameHash.MAX_NAME_LENGTH,
        Greeting.MAX_ENDPOINT_LENGTH);

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GreetingEncoder greeting = new GreetingEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final GoodbyeEncoder goodbye = new GoodbyeEncoder();
    private final long cluster;
    private final long sender;

    /**
     * An encoder for one node.
     *
     * @param cluster what stands for its cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of its id.
     */
    public LinkFrameEncoder(final long cluster, final long sender) {
        this.cluster = cluster;
        this.sender = sender;
    }

    /**
     * How long a Greeting is.
     *
     * @param greeting the greeting.
     * @return bytes, at most {@link #MAX_GREETING_LENGTH}.
     */
    public static int greetingLength(final Greeting greeting) {
        int namesLength = 0;
        for (final String handler : greeting.handlers()) {
            namesLength += handler.length();
        }
        return greetingLength(
            namesLength,
            greeting.handlers().size(),
            Greeting.settingsLength(greeting.settings()),
            greeting.sender().name().length(),
            greeting.endpoint().length());
    }

    /**
     * Writes a Greeting.
     *
     * @param buffer  to write to.
     * @param offset  where to start.
     * @param message what to say; its sender is this encoder's.
     * @return {@link #greetingLength(Greeting)}.
     * @throws IllegalArgumentException if it is another node's.
     */
    public int greeting(final MutableDirectBuffer buffer, final int offset, final Greeting message) {
        if (message.sender().value() != sender) {
            throw new IllegalArgumentException("not this node's greeting: " + message.sender());
        }
        greeting.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .incarnation(message.incarnation())
            .nonce(message.challenge().nonce())
            .echo(message.challenge().echo());
        greeting.flags().clear().wantsReply(message.wantsReply()).wantsEcho(message.challenge().wantsEcho());
        final List<String> names = message.handlers();
        final GreetingEncoder.HandlersEncoder handlers = greeting.handlersCount(names.size());
        for (final String name : names) {
            handlers.next().nameHash(NameHash.ofHandler(name)).handlerName(name);
        }
        final GreetingEncoder.SettingsEncoder settings = greeting.settingsCount(message.settings().size());
        message.settings().forEach((name, value) -> settings.next().settingName(name).settingValue(value));
        greeting.nodeName(message.sender().name()).endpoint(message.endpoint());
        return MessageHeaderEncoder.ENCODED_LENGTH + greeting.encodedLength();
    }

    /**
     * Changes what a Greeting asks and shows, and leaves the rest of it as it was written.
     *
     * @param buffer     holds it.
     * @param offset     where it starts.
     * @param wantsReply whether it asks to be greeted in turn.
     * @param nonce      what the receiver is to echo; 0 for nothing.
     * @param echo       the receiver's last nonce; 0 for none.
     * @param wantsEcho  whether the nonce is to be echoed anyway.
     */
    public void greetingAgain(
        final MutableDirectBuffer buffer,
        final int offset,
        final boolean wantsReply,
        final long nonce,
        final long echo,
        final boolean wantsEcho) {
        greeting.wrap(buffer, offset + MessageHeaderEncoder.ENCODED_LENGTH);
        greeting.nonce(nonce).echo(echo);
        greeting.flags().clear().wantsReply(wantsReply).wantsEcho(wantsEcho);
    }

    /**
     * Writes a Heartbeat.
     *
     * @param buffer      to write to.
     * @param offset      where to start.
     * @param incarnation this node's run, positive.
     * @return {@link #HEARTBEAT_LENGTH}.
     */
    public int heartbeat(final MutableDirectBuffer buffer, final int offset, final long incarnation) {
        heartbeat.wrapAndApplyHeader(buffer, offset, header).cluster(cluster).sender(sender).incarnation(incarnation);
        return HEARTBEAT_LENGTH;
    }

    /**
     * Writes a Goodbye.
     *
     * @param buffer      to write to.
     * @param offset      where to start.
     * @param incarnation this node's run, positive.
     * @return {@link #HEARTBEAT_LENGTH}.
     */
    public int goodbye(final MutableDirectBuffer buffer, final int offset, final long incarnation) {
        goodbye.wrapAndApplyHeader(buffer, offset, header).cluster(cluster).sender(sender).incarnation(incarnation);
        return HEARTBEAT_LENGTH;
    }

    private static int greetingLength(
        final int handlerNamesLength,
        final int handlers,
        final int settingsLength,
        final int nodeNameLength,
        final int endpointLength) {
        final int textPrefixLength = ShortTextEncoder.lengthEncodingLength();
        final int handlerLength = GreetingEncoder.HandlersEncoder.sbeBlockLength() + textPrefixLength;
        return MessageHeaderEncoder.ENCODED_LENGTH + GreetingEncoder.BLOCK_LENGTH +
            GreetingEncoder.HandlersEncoder.sbeHeaderSize() + handlers * handlerLength + handlerNamesLength +
            GreetingEncoder.SettingsEncoder.sbeHeaderSize() + settingsLength +
            textPrefixLength + nodeNameLength + textPrefixLength + endpointLength;
    }
}
