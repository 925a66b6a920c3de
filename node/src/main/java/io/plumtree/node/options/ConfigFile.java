package io.plumtree.node.options;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * {@code --config FILE}, for every command that reads one.
 *
 * <p>The file must be read before the command line is parsed, since it supplies defaults; {@link #read} therefore
 * looks for the flag itself, and the field is there for the help and to have the flag accepted.
 */
public final class ConfigFile {
    /** The flag. */
    public static final String FLAG = "--config";
    /** The environment's variable. */
    public static final String VARIABLE = "PLUMTREE_CONFIG";

    @Option(
        names = FLAG,
        paramLabel = "FILE",
        description = "Properties file with options; also from " + VARIABLE + ".")
    private Path file;

    /** Made by the parser. */
    public ConfigFile() {
    }

    /** The file could not be read; the message says which and why. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(final String message) {
            super(message);
        }
    }

    /**
     * The path as the parser saw it.
     *
     * @return the path, or null.
     */
    public Path file() {
        return file;
    }

    /**
     * Reads the file that the arguments or the environment name.
     *
     * @param args        the command line.
     * @param environment the environment.
     * @return what it holds; empty where none is named.
     * @throws Unreadable if it can't be read, or has a key twice.
     */
    public static ConfigProperties read(final String[] args, final Map<String, String> environment) throws Unreadable {
        final String ofFlag = find(args);
        final String source = ofFlag == null ? VARIABLE : FLAG;
        final String name = ofFlag == null ? environment.get(VARIABLE) : ofFlag;
        if (name == null || name.isEmpty()) {
            return ConfigProperties.NONE;
        }
        try {
            return ConfigProperties.parse(source, name, Files.readString(Path.of(name)));
        } catch (final CharacterCodingException ex) {
            throw new Unreadable(source + " must be a properties file in UTF-8: '" + name + "'");
        } catch (final NoSuchFileException ex) {
            throw new Unreadable(source + " must be a readable properties file: '" + name + "' (there is none)");
        } catch (final IOException | IllegalArgumentException ex) {
            throw new Unreadable(
                source + " must be a readable properties file: '" + name + "' (" + ex.getMessage() + ")");
        }
    }

    /** What the flag names; null where it is not given. */
    private static String find(final String[] args) {
        for (int i = 0; i < args.length && !"--".equals(args[i]); i++) {
            if (FLAG.equals(args[i]) && i + 1 < args.length) {
                return args[i + 1];
            }
            if (args[i].startsWith(FLAG + "=")) {
                return args[i].substring(FLAG.length() + 1);
            }
        }
        return null;
    }
}
