package io.plumtree.simulator;

import io.plumtree.protocol.options.GraftOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.PlumtreeProperties;
import java.util.List;

/**
 * The protocol's options for a simulated node: our defaults, but for the sizes of tables. A process that holds ten
 * thousand nodes can't give each the tables of a whole process, and simulated load does not fill them.
 */
public final class ProtocolSettings {
    /** Ids are the messages' numbers. */
    static final int ID_LENGTH = 8;

    private static final String REFERENCE = "reference";
    private static final String PREFIX = "plumtree.";
    /** So many messages, of all nodes together, have room in the tables. */
    private static final int MESSAGES_IN_ALL = 2_560_000;

    private ProtocolSettings() {
    }

    /**
     * Options for a node.
     *
     * @param nodes    how many nodes share the memory.
     * @param maxPeers most peers of a node.
     * @param settings what is set, see {@link Scenario#set}.
     * @return new options.
     * @throws IllegalArgumentException if a setting is none, or out of its range.
     */
    public static PlumtreeOptions of(final int nodes, final int maxPeers, final List<String> settings) {
        final PlumtreeOptions options = settings.contains(REFERENCE)
            ? PlumtreeOptions.reference() : new PlumtreeOptions();
        final int messages = Math.max(128, Math.min(8_192, Integer.highestOneBit(MESSAGES_IN_ALL / nodes)));
        options.maxPeers(maxPeers).maxIdLength(ID_LENGTH).maxTrees(Math.max(64, Math.min(1_024, messages)))
            .maxAnnounced(messages).recentMessages(options.recentMessages() == 0 ? 0 : messages / 2);
        options.flowControl().maxOutstanding(4 * messages).maxOutstandingPerPeer(messages);
        options.grafts().maxMissing(messages).maxGrafts(Math.min(messages, GraftOptions.MAX_GRAFTS_DEFAULT));
        settings.stream().filter(setting -> !REFERENCE.equals(setting)).forEach(setting -> apply(options, setting));
        return options.conclude();
    }

    private static void apply(final PlumtreeOptions options, final String setting) {
        final int equals = setting.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("a setting must be reference, or PROPERTY=VALUE: '" + setting + "'");
        }
        final String name = setting.substring(0, equals);
        final String key = name.startsWith(PREFIX) ? name : PREFIX + name;
        final boolean isKnown;
        try {
            isKnown = PlumtreeProperties.apply(options, key, setting.substring(equals + 1));
        } catch (final IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                "a setting must have a value that its option takes: '" + setting + "' (" + ex.getMessage() + ")", ex);
        }
        if (!isKnown) {
            throw new IllegalArgumentException("no such option of the protocol: '" + name + "'");
        }
    }
}
