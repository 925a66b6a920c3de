package io.plumtree.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions that a report or {@code --version} gives. */
public final class Versions implements IVersionProvider {
    /** Made by the parser. */
    public Versions() {
    }

    @Override
    public String[] getVersion() {
        final StringBuilder line = new StringBuilder();
        all().forEach((name, version) -> line.append(line.isEmpty() ? "" : ", ").append(name).append(' ')
            .append(version));
        return new String[] {line.toString()};
    }

    /**
     * The product's version, Aeron's and the JVM's.
     *
     * @return versions by name, the product first.
     */
    public static Map<String, String> all() {
        final Properties build = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("build.properties")) {
            build.load(in);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        final Map<String, String> versions = new LinkedHashMap<>();
        versions.put("plumtree", build.getProperty("plumtree"));
        versions.put("aeron", build.getProperty("aeron"));
        versions.put("agrona", build.getProperty("agrona"));
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }
}
