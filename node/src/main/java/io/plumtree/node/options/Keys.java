package io.plumtree.node.options;

import io.plumtree.api.NearestName;
import io.plumtree.engine.NodeContext;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The keys that a file may have, and the variables that the environment may have. */
final class Keys {
    /** The one option that is a set of keys of its own, and is merged key by key. */
    static final String KEYED_OPTION = "option";
    /** Where the properties of a node itself begin. */
    static final String NODE_PREFIX = "plumtree.";

    private static final String PROGRAM = "plumtree";
    private static final String NODE_COMMAND = "node";
    private static final String VARIABLE_PREFIX = "PLUMTREE_";
    private static final Set<String> OTHERS_PREFIXES = Set.of("aeron.", "handler.");
    /** Flags of {@code node} that are properties of the node; other commands share the cluster's name alone. */
    private static final Map<String, String> PROPERTY_BY_FLAG = Map.of(
        "name", NodeContext.NAME_PROPERTY,
        "bind", NodeContext.BIND_PROPERTY,
        "member", NodeContext.MEMBERS_PROPERTY,
        "contact", "plumtree.contacts",
        "cluster", NodeContext.CLUSTER_PROPERTY);
    /** Read by the launcher and by the project's own scripts, before or beside the commands. */
    private static final Set<String> VARIABLES_OF_SCRIPTS = Set.of("PLUMTREE_JAVA_OPTS", "PLUMTREE_JDK_25");
    /** What Kubernetes sets in each pod for a service named plumtree, or plumtree-node. */
    private static final Pattern OF_KUBERNETES =
        Pattern.compile("PLUMTREE_.*(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_.*)?)?)");

    private final Set<String> keys = new TreeSet<>(NodeContext.propertyNames());
    private final Set<String> keyedPrefixes = new TreeSet<>();
    private final Set<String> variables = new TreeSet<>(VARIABLES_OF_SCRIPTS);

    private Keys() {
        variables.add(ConfigFile.VARIABLE);
        NodeContext.propertyNames().forEach(property -> variables.add(variable(property)));
    }

    /** Those of all commands. */
    static Keys of(final CommandSpec root) {
        final Keys all = new Keys();
        for (final CommandSpec command : commands(root).toList()) {
            for (final OptionSpec option : command.options()) {
                if (!isKeyless(option)) {
                    all.keys.add(of(option));
                    all.variables.add(variable(of(option)));
                }
            }
            if (command.findOption("--" + KEYED_OPTION) != null) {
                all.keyedPrefixes.add(name(command) + "." + KEYED_OPTION + ".");
                all.variables.add(variable(name(command) + "." + KEYED_OPTION));
            }
        }
        return all;
    }

    private static Stream<CommandSpec> commands(final CommandSpec root) {
        return Stream.concat(Stream.of(root), root.subcommands().values().stream()
            .map(CommandLine::getCommandSpec).flatMap(Keys::commands));
    }

    /** What the keys of a command's flags begin with. 'simulate run' has the keys of 'simulate'. */
    static String name(final CommandSpec command) {
        CommandSpec named = command;
        while (named.parent() != null && !named.parent().name().equals(PROGRAM)) {
            named = named.parent();
        }
        return named.name();
    }

    /** The key of a flag in the file. */
    static String of(final OptionSpec option) {
        return name(option.command()) + "." + option.longestName().substring(2);
    }

    /** Whether a flag is for the command line alone, or is a set of keys itself. */
    static boolean isKeyless(final OptionSpec option) {
        final String name = option.longestName();
        return option.usageHelp() || option.versionHelp() || ConfigFile.FLAG.equals(name)
            || name.equals("--" + KEYED_OPTION);
    }

    /** The variable of a key of the file. */
    static String variable(final String key) {
        final String name = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return name.startsWith(VARIABLE_PREFIX) ? name : VARIABLE_PREFIX + name;
    }

    /** Whether a variable of the environment is meant for us. */
    static boolean isVariable(final String name) {
        return name.startsWith(VARIABLE_PREFIX);
    }

    /** The property of a node that a flag sets; null for most. */
    static String propertyOf(final OptionSpec option) {
        final String flag = option.longestName().substring(2);
        return option.command().name().equals(NODE_COMMAND) || flag.equals("cluster")
            ? PROPERTY_BY_FLAG.get(flag) : null;
    }

    /** The property of a node that a variable of the environment sets; null if it is none. */
    static String propertyOf(final String variable) {
        if (!isVariable(variable)) {
            return null;
        }
        return NodeContext.propertyNames().stream().filter(property -> variable(property).equals(variable))
            .findFirst().orElse(null);
    }

    /** The properties of a node that flags set. */
    static Collection<String> aliases() {
        return PROPERTY_BY_FLAG.values();
    }

    /** The flag of {@code node} that sets a property; null for most. */
    static String flagOf(final String property) {
        return PROPERTY_BY_FLAG.entrySet().stream().filter(entry -> entry.getValue().equals(property))
            .map(entry -> "--" + entry.getKey()).findFirst().orElse(null);
    }

    /** Whether a key is one of the node, its transport or a handler, as an embedder gives them. */
    static boolean isOfNode(final String key) {
        return key.startsWith(NODE_PREFIX) || OTHERS_PREFIXES.stream().anyMatch(key::startsWith);
    }

    /** Refuses what nobody knows. */
    void check(final CommandSpec command, final Map<String, String> environment, final ConfigProperties file) {
        for (final String key : file.values().keySet()) {
            if (!isKnown(key)) {
                throw new ParameterException(command.commandLine(), file.source() + " has the unknown property '"
                    + key + "' (" + file.place(key) + ")" + NearestName.question(key, suggestions(key)));
            }
        }
        for (final String variable : new TreeMap<>(environment).keySet()) {
            if (isVariable(variable) && !variables.contains(variable)
                && !OF_KUBERNETES.matcher(variable).matches()) {
                throw new ParameterException(command.commandLine(), "the environment has the unknown variable '"
                    + variable + "'" + NearestName.question(variable, variables));
            }
        }
    }

    private boolean isKnown(final String key) {
        return keys.contains(key) || OTHERS_PREFIXES.stream().anyMatch(key::startsWith)
            || keyedPrefixes.stream().anyMatch(prefix -> key.startsWith(prefix) && isKeyed(key, prefix));
    }

    /** A key of another transport is known to that transport alone. */
    private boolean isKeyed(final String key, final String prefix) {
        final String option = key.substring(prefix.length());
        return !option.isEmpty() && (!option.startsWith(NODE_PREFIX) || keys.contains(option));
    }

    private Collection<String> suggestions(final String key) {
        for (final String prefix : keyedPrefixes) {
            if (key.startsWith(prefix)) {
                return NodeContext.propertyNames().stream().map(prefix::concat).toList();
            }
        }
        return Stream.concat(keys.stream(), keyedPrefixes.stream().map(prefix -> prefix + "KEY")).toList();
    }
}
