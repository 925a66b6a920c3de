package io.plumtree.node;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Words as the JVM hands them over. */
final class Arguments {
    /** What a JVM makes of bytes that are no text in the locale's encoding: two different words can become one. */
    private static final char REPLACEMENT = '\uFFFD';

    private Arguments() {
    }

    /** What is wrong with the first word that could not be read; null if all could. */
    static String unreadable(final String... words) {
        for (final String word : words) {
            if (word.indexOf(REPLACEMENT) >= 0) {
                return "'" + word + "' has bytes that are no text in this locale's encoding, "
                    + advice(System.getProperty("sun.jnu.encoding", "which is unknown"));
            }
        }
        return null;
    }

    /** Where the locale has UTF-8, it is the word that has not. */
    static String advice(final String encoding) {
        return encoding + (UTF_8.name().equalsIgnoreCase(encoding)
            ? ": write it in UTF-8" : ": use a locale with UTF-8 (such as LC_ALL=C.UTF-8), and UTF-8");
    }
}
