package io.plumtree.engine.handlers;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.counting.Failures;
import io.plumtree.handlers.spi.BroadcastHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * The channels on which a node's handlers are, the default one first, which is there even if no handler is on it. In
 * the engine a channel goes by its index here; between nodes by its number, which all of them derive from its name.
 */
public final class HandlerChannels {
    /** Index of the default channel. */
    public static final int DEFAULT = 0;

    private final List<DeclaredChannel> channels = new ArrayList<>();

    /** A channel, and the first handler that has named it; null for the default one. */
    private record DeclaredChannel(String name, int number, String handler) {
    }

    HandlerChannels() {
        channels.add(new DeclaredChannel(BroadcastHandler.DEFAULT_CHANNEL, Transport.DEFAULT_CHANNEL, null));
    }

    /**
     * Asks a handler for its channel.
     *
     * @return the channel's index.
     * @throws PlumtreeException if it has none, or one that can't be told from another.
     */
    int add(final String handler, final BroadcastHandler asked) {
        final String name = nameOf(handler, asked);
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).name.equals(name)) {
                return i;
            }
        }
        final int number = numberOf(handler, name);
        for (final DeclaredChannel other : channels) {
            if (other.number == number) {
                throw new PlumtreeException(Category.CONFIGURATION, "channels '" + other.name + "'" +
                    (other.handler == null ? "" : " of handler '" + other.handler + "'") + " and '" + name +
                    "' of handler '" + handler + "' have the same number, " + number + ": rename one of them");
            }
        }
        channels.add(new DeclaredChannel(name, number, handler));
        return channels.size() - 1;
    }

    public int size() {
        return channels.size();
    }

    public String name(final int channel) {
        return channels.get(channel).name;
    }

    /** What the channel is called between nodes. */
    public int number(final int channel) {
        return channels.get(channel).number;
    }

    /** A handler on the channel; null for the default one. */
    public String handler(final int channel) {
        return channels.get(channel).handler;
    }

    private static String nameOf(final String handler, final BroadcastHandler asked) {
        try {
            return asked.channel();
        } catch (final Throwable ex) {
            Failures.rethrowIfFatal(ex);
            throw new PlumtreeException(
                Category.HANDLER, "handler '" + handler + "' does not name its channel: " + ex, ex);
        }
    }

    private static int numberOf(final String handler, final String name) {
        try {
            return NameHash.ofChannel(name);
        } catch (final IllegalArgumentException ex) {
            throw new PlumtreeException(
                Category.HANDLER, "handler '" + handler + "' names a channel that can't be: " + ex.getMessage(), ex);
        }
    }
}
