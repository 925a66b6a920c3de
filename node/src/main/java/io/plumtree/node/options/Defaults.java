package io.plumtree.node.options;

import io.plumtree.api.PlumtreeException;
import io.plumtree.engine.NodeContext;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What an option is where the command line does not say: the environment's value ({@code PLUMTREE_NODE_LINGER} for
 * {@code --linger} of {@code node}), else the file's ({@code node.linger}), else the option's own default. The options
 * of the node itself, its transport and its handlers have the same keys in the file and in the environment as they have
 * for an embedder.
 */
public final class Defaults implements IDefaultValueProvider {
    private final Map<String, String> environment;
    private final ConfigProperties file;

    /**
     * Over an environment and a file.
     *
     * @param environment the environment's variables.
     * @param file        the file's properties.
     */
    public Defaults(final Map<String, String> environment, final ConfigProperties file) {
        this.environment = environment;
        this.file = file;
    }

    @Override
    public String defaultValue(final ArgSpec arg) {
        if (!(arg instanceof OptionSpec option) || Keys.isKeyless(option)) {
            return null;
        }
        final String key = Keys.of(option);
        final String alias = Keys.propertyOf(option);
        final String value = first(environment.get(Keys.variable(key)), file.values().get(key));
        if (value != null || alias == null) {
            return value;
        }
        return first(
            first(environment.get(alias), environment.get(Keys.variable(alias))), file.values().get(alias));
    }

    /** The first that is given: an empty variable is none, an empty line of the file is a value. */
    private static String first(final String fromEnvironment, final String other) {
        return fromEnvironment != null && !fromEnvironment.isEmpty() ? fromEnvironment : other;
    }

    /**
     * The options of a command's nodes: those of the file ({@code plumtree.…}, {@code aeron.…}, {@code handler.…}, or
     * {@code node.option.KEY} for one command), over them the environment's ({@code PLUMTREE_…}, or
     * {@code PLUMTREE_NODE_OPTION=KEY=VALUE,...}), over them the flags'.
     *
     * @param command the command.
     * @param flags   what the command line gave.
     * @return all together, by key.
     * @throws ParameterException if one can't be read, with the place where it is given.
     */
    public Map<String, String> keyedOptions(final CommandSpec command, final Map<String, String> flags) {
        final Map<String, String> places = new TreeMap<>();
        final Map<String, String> merged = new TreeMap<>();
        final String prefix = Keys.name(command) + "." + Keys.KEYED_OPTION + ".";
        file.values().forEach((key, value) -> {
            if (Keys.isOfNode(key)) {
                put(merged, places, key, value, file.place(key));
            }
        });
        file.values().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                put(merged, places, notAFlag(command, key.substring(prefix.length()), file.place(key)), value,
                    file.place(key));
            }
        });
        new TreeMap<>(environment).forEach((variable, value) -> {
            final String key = Keys.isOfNode(variable) ? variable : Keys.propertyOf(variable);
            if (key != null && !value.isEmpty()) {
                put(merged, places, key, value, variable);
            }
        });
        final String variable = Keys.variable(Keys.name(command) + "." + Keys.KEYED_OPTION);
        final String value = environment.getOrDefault(variable, "");
        for (final String pair : value.isEmpty() ? new String[0] : value.split(",")) {
            final int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new ParameterException(
                    command.commandLine(), variable + " must be KEY=VALUE,...: '" + value + "'");
            }
            put(merged, places, notAFlag(command, pair.substring(0, equals).trim(), variable),
                pair.substring(equals + 1), variable);
        }
        final String flag = "--" + Keys.KEYED_OPTION;
        flags.forEach((key, text) -> put(merged, places, notAFlag(command, key, flag), text, flag));
        // Where the file and the environment have these, a flag has its value from them.
        merged.keySet().removeAll(Keys.aliases());
        merged.forEach((key, text) -> check(command, key, text, places.get(key)));
        return merged;
    }

    private static String notAFlag(final CommandSpec command, final String key, final String place) {
        if (Keys.flagOf(key) != null) {
            throw new ParameterException(command.commandLine(),
                place + " can't set '" + key + "': the flag " + Keys.flagOf(key) + " of 'node' does");
        }
        return key;
    }

    private static void put(
        final Map<String, String> merged,
        final Map<String, String> places,
        final String key,
        final String value,
        final String place) {
        merged.put(key, value);
        places.put(key, place);
    }

    /** Only what the node itself knows: transports and handlers say of their options when they start. */
    private static void check(
        final CommandSpec command, final String key, final String value, final String place) {
        if (!key.startsWith(Keys.NODE_PREFIX)) {
            return;
        }
        try {
            new NodeContext().properties(Map.of(key, value));
        } catch (final PlumtreeException ex) {
            throw new ParameterException(command.commandLine(), ex.getMessage() + " (" + place + ")");
        }
    }

    /**
     * Whether the file or the environment has any keys for us.
     *
     * @return true if so.
     */
    public boolean hasKeys() {
        return !file.values().isEmpty() || environment.keySet().stream().anyMatch(Keys::isVariable);
    }

    /**
     * Refuses a key of the file, or a variable of the environment, that no command and no node has.
     *
     * @param command any command.
     * @throws ParameterException if there is one; the message has its place and the nearest one that is known.
     */
    public void checkKeys(final CommandSpec command) {
        // Most commands have none, and are the quicker for not looking at what a node knows.
        if (hasKeys()) {
            Keys.of(command.root()).check(command, environment, file);
        }
    }

    /**
     * Where the file has the keys that a message names.
     *
     * @param message what is wrong with an option.
     * @return such as {@code " (node.properties:3)"}; empty if it names none of the file's.
     */
    public String places(final String message) {
        final StringBuilder places = new StringBuilder();
        for (final String key : file.values().keySet()) {
            final String option = key.substring(key.indexOf("." + Keys.KEYED_OPTION + ".") + 1)
                .replaceFirst("^" + Keys.KEYED_OPTION + "\\.", "");
            if (Keys.isOfNode(option) && message.contains(option)) {
                places.append(places.isEmpty() ? " (" : ", ").append(file.place(key));
            }
        }
        return places.append(places.isEmpty() ? "" : ")").toString();
    }
}
