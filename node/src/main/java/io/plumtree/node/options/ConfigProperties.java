package io.plumtree.node.options;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a properties file holds, and on which line. */
public final class ConfigProperties {
    /** No file. */
    public static final ConfigProperties NONE = new ConfigProperties("", "");

    private final String source;
    private final String name;
    private final SortedMap<String, String> values = new TreeMap<>();
    private final Map<String, Integer> lines = new TreeMap<>();

    private ConfigProperties(final String source, final String name) {
        this.source = source;
        this.name = name;
    }

    /**
     * Reads a file's text, in the form of {@link Properties#load(java.io.Reader)}.
     *
     * @param source the flag or the variable that names the file, for messages.
     * @param name   the file's name, for messages.
     * @param text   its text.
     * @return what it holds.
     * @throws IllegalArgumentException if a key is there twice, or an escape can't be read; the message has the line.
     */
    public static ConfigProperties parse(final String source, final String name, final String text) {
        final ConfigProperties result = new ConfigProperties(source, name);
        final String[] natural = text.split("\\r\\n|\\r|\\n", -1);
        for (int i = 0; i < natural.length; i++) {
            final int first = i;
            final StringBuilder logical = new StringBuilder(natural[i]);
            while (!isComment(natural[first]) && isContinued(natural[i]) && i + 1 < natural.length) {
                logical.append('\n').append(natural[++i]);
            }
            result.add(logical.toString(), first + 1);
        }
        return result;
    }

    private static boolean isComment(final String line) {
        final String text = line.stripLeading();
        return text.startsWith("#") || text.startsWith("!");
    }

    /** A line goes on in the next one if an odd number of backslashes ends it. */
    private static boolean isContinued(final String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private void add(final String logicalLine, final int line) {
        final Properties parsed = new Properties();
        try {
            parsed.load(new StringReader(logicalLine));
        } catch (final IllegalArgumentException ex) {
            throw new IllegalArgumentException("line " + line + ": " + ex.getMessage(), ex);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        for (final String key : parsed.stringPropertyNames()) {
            final Integer earlier = lines.putIfAbsent(key, line);
            if (earlier != null) {
                throw new IllegalArgumentException("'" + key + "' is on line " + earlier + " and on line " + line);
            }
            values.put(key, parsed.getProperty(key));
        }
    }

    /**
     * All keys and their values.
     *
     * @return values by key, sorted.
     */
    public SortedMap<String, String> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    /**
     * What names the file.
     *
     * @return the flag, or the variable of the environment.
     */
    public String source() {
        return source;
    }

    /**
     * Where a key is.
     *
     * @param key one of the keys.
     * @return such as {@code node.properties:3}.
     */
    public String place(final String key) {
        return name + ":" + lines.get(key);
    }
}
