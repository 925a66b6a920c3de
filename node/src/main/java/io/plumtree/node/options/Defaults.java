package io.plumtree.node.options;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What an option is where the command line does not say: the environment's value ({@code PLUMTREE_NODE_LINGER} for
 * {@code --linger} of {@code node}), else the file's ({@code node.linger}), else the option's own default.
 */
public final class Defaults implements IDefaultValueProvider {
    /** The one option that is a set of keys of its own, and is merged key by key. */
    public static final String KEYED_OPTION = "option";

    private final Map<String, String> environment;
    private final Properties file;

    /**
     * Over an environment and a file.
     *
     * @param environment the environment's variables.
     * @param file        the file's properties.
     */
    public Defaults(final Map<String, String> environment, final Properties file) {
        this.environment = environment;
        this.file = file;
    }

    @Override
    public String defaultValue(final ArgSpec arg) {
        if (!(arg instanceof OptionSpec option) || ignored(option)) {
            return null;
        }
        final String key = key(option);
        final String fromEnvironment = environment.get(variable(key));
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return fromEnvironment;
        }
        return file.getProperty(key);
    }

    /**
     * The keyed options of a command: those of the file ({@code node.option.KEY = VALUE}), over them the
     * environment's ({@code PLUMTREE_NODE_OPTION=KEY=VALUE,...}), over them the flags'.
     *
     * @param command the command.
     * @param flags   what the command line gave.
     * @return all together, by key.
     */
    public Map<String, String> keyedOptions(final CommandSpec command, final Map<String, String> flags) {
        final Map<String, String> merged = new TreeMap<>();
        final String prefix = command.name() + "." + KEYED_OPTION + ".";
        for (final String name : file.stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                merged.put(name.substring(prefix.length()), file.getProperty(name));
            }
        }
        final String variable = variable(command.name() + "." + KEYED_OPTION);
        final String value = environment.getOrDefault(variable, "");
        for (final String pair : value.isEmpty() ? new String[0] : value.split(",")) {
            final int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new ParameterException(
                    command.commandLine(), variable + " must be KEY=VALUE,...: '" + value + "'");
            }
            merged.put(pair.substring(0, equals).trim(), pair.substring(equals + 1));
        }
        merged.putAll(flags);
        return merged;
    }

    /**
     * Refuses a key of the file that is for this command and names no option of it.
     *
     * @param command the command.
     * @throws ParameterException if there is one.
     */
    public void checkKeys(final CommandSpec command) {
        for (final String name : file.stringPropertyNames()) {
            if (name.startsWith(command.name() + ".") && !known(command, name)) {
                throw new ParameterException(
                    command.commandLine(), ConfigFile.FLAG + " has the unknown property '" + name + "'");
            }
        }
    }

    private static boolean known(final CommandSpec command, final String name) {
        if (name.startsWith(command.name() + "." + KEYED_OPTION + ".")) {
            return command.findOption("--" + KEYED_OPTION) != null;
        }
        for (final OptionSpec option : command.options()) {
            if (!ignored(option) && key(option).equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ignored(final OptionSpec option) {
        final String name = option.longestName();
        return option.usageHelp() || option.versionHelp() || ConfigFile.FLAG.equals(name)
            || name.equals("--" + KEYED_OPTION);
    }

    private static String key(final OptionSpec option) {
        return option.command().name() + "." + option.longestName().substring(2);
    }

    private static String variable(final String key) {
        return "PLUMTREE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
