package io.plumtree.engine.codec;

import io.plumtree.api.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node tells a peer about itself. Greetings are rare, so this is an object, unlike every other message.
 *
 * @param sender      the node.
 * @param incarnation its run: positive, growing from run to run.
 * @param wantsReply  whether it asks to be greeted in turn.
 * @param endpoint    where it listens, {@code host:port}; empty if it does not say. At most
 *                    {@value #MAX_ENDPOINT_LENGTH} printable ASCII characters without spaces.
 * @param handlers    names of its handlers, at most {@value #MAX_HANDLERS}.
 * @param settings    those of its settings that have to go with a peer's, by name: at most {@value #MAX_SETTINGS},
 *                    names and values of up to {@value #MAX_SETTING_LENGTH} printable ASCII characters without spaces,
 *                    all together at most {@value #MAX_SETTINGS_LENGTH} bytes with two more for each.
 * @param challenge   shows that the sender is who it says, and asks the receiver to do the same.
 */
public record Greeting(
    NodeId sender,
    long incarnation,
    boolean wantsReply,
    String endpoint,
    List<String> handlers,
    SortedMap<String, String> settings,
    Challenge challenge) {
    /** Most handlers that a node can name. */
    public static final int MAX_HANDLERS = 64;
    /** Longest endpoint, in bytes (which are ASCII characters). */
    public static final int MAX_ENDPOINT_LENGTH = 254;
    /** Most settings that a node can tell. */
    public static final int MAX_SETTINGS = 64;
    /** Longest name, and longest value, of a setting. */
    public static final int MAX_SETTING_LENGTH = 100;
    /** Room for all settings, in bytes. */
    public static final int MAX_SETTINGS_LENGTH = 2_048;

    /**
     * Checks everything, since what is encoded must decode.
     *
     * @param sender      the node.
     * @param incarnation its run.
     * @param wantsReply  whether it asks to be greeted in turn.
     * @param endpoint    where it listens, or empty.
     * @param handlers    names of its handlers.
     * @param settings    settings by name.
     * @param challenge   shows and asks who is there.
     * @throws IllegalArgumentException if something is out of its range.
     */
    public Greeting {
        handlers = List.copyOf(handlers);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        if (sender == null) {
            throw new IllegalArgumentException("sender must be given");
        }
        if (challenge == null) {
            throw new IllegalArgumentException("challenge must be given");
        }
        if (incarnation <= 0) {
            throw new IllegalArgumentException("incarnation must be positive: " + incarnation);
        }
        if (!isEndpoint(endpoint)) {
            throw new IllegalArgumentException("endpoint must have at most " + MAX_ENDPOINT_LENGTH +
                " printable ASCII characters without spaces: '" + endpoint + "'");
        }
        if (handlers.size() > MAX_HANDLERS) {
            throw new IllegalArgumentException(
                "a node can name at most " + MAX_HANDLERS + " handlers: " + handlers.size());
        }
        for (final String handler : handlers) {
            NameHash.ofHandler(handler);
        }
        checkSettings(settings);
    }

    /**
     * A greeting that tells no settings, and neither shows nor asks anything.
     *
     * @param sender      the node.
     * @param incarnation its run.
     * @param wantsReply  whether it asks to be greeted in turn.
     * @param endpoint    where it listens, or empty.
     * @param handlers    names of its handlers.
     * @throws IllegalArgumentException if something is out of its range.
     */
    public Greeting(
        final NodeId sender,
        final long incarnation,
        final boolean wantsReply,
        final String endpoint,
        final List<String> handlers) {
        this(sender, incarnation, wantsReply, endpoint, handlers, Collections.emptySortedMap(), Challenge.NONE);
    }

    private static void checkSettings(final Map<String, String> settings) {
        settings.forEach((name, value) -> {
            if (name.isEmpty() || !isSettingText(name) || !isSettingText(value)) {
                throw new IllegalArgumentException("settings have names and values of at most " +
                    MAX_SETTING_LENGTH + " printable ASCII characters without spaces: '" + name + "=" + value + "'");
            }
        });
        if (settings.size() > MAX_SETTINGS || settingsLength(settings) > MAX_SETTINGS_LENGTH) {
            throw new IllegalArgumentException("a node can tell at most " + MAX_SETTINGS + " settings, in " +
                MAX_SETTINGS_LENGTH + " bytes: " + settings.keySet());
        }
    }

    private static boolean isSettingText(final String text) {
        return text.length() <= MAX_SETTING_LENGTH && text.chars().allMatch(Greeting::isEndpointCharacter);
    }

    /** How long settings are, with the lengths of name and value before each. */
    static int settingsLength(final Map<String, String> settings) {
        int length = 0;
        for (final Map.Entry<String, String> setting : settings.entrySet()) {
            length += 2 + setting.getKey().length() + setting.getValue().length();
        }
        return length;
    }

    private static boolean isEndpoint(final String endpoint) {
        return endpoint.length() <= MAX_ENDPOINT_LENGTH && endpoint.chars().allMatch(Greeting::isEndpointCharacter);
    }

    static boolean isEndpointCharacter(final int c) {
        return c > ' ' && c < 0x7F;
    }
}
