package io.plumtree.api;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds which of the known names was probably meant by one that is not known, for messages that refuse an option. For
 * nodes, transports and handlers alike. Any thread.
 */
public final class NearestName {
    /** One wrong letter in so many still makes a name similar, and one more; a first word in common counts for none. */
    private static final int LETTERS_PER_MISTAKE = 4;
    private static final Pattern SEPARATORS = Pattern.compile("[._-]");

    private NearestName() {
    }

    /**
     * The known name that is the most similar to another name.
     *
     * @param name  a name that is not known.
     * @param known the names that are.
     * @return the one with the fewest letters to insert, delete or change; if that are many, one that begins with the
     *     name; of several the first in alphabetical order; null if none is similar.
     */
    public static String of(final String name, final Collection<String> known) {
        final String letters = letters(name);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (final String candidate : known.stream().sorted().toList()) {
            final int distance = distance(letters, letters(candidate));
            if (distance < least && distance <= mostMistakes(name, candidate)) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest != null ? nearest :
            known.stream().sorted().filter(each -> letters(each).startsWith(letters)).findFirst().orElse(null);
    }

    /**
     * What to say after a name that is refused.
     *
     * @param name  a name that is not known.
     * @param known the names that are.
     * @return such as {@code "; did you mean 'plumtree.name'?"}, or an empty text if no known name is similar.
     */
    public static String question(final String name, final Collection<String> known) {
        final String nearest = of(name, known);
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    /** Names of one family begin with the same word, and are not the more similar for that. */
    private static int mostMistakes(final String name, final String candidate) {
        final String[] words = SEPARATORS.split(name, 2);
        final boolean isFamily = words.length == 2
            && words[0].equalsIgnoreCase(SEPARATORS.split(candidate, 2)[0]);
        return (isFamily ? words[1] : name).length() / LETTERS_PER_MISTAKE + 1;
    }

    /** How names are joined is easily mistaken as a whole: dots, hyphens, underscores or capitals. */
    private static String letters(final String name) {
        return SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    private static int distance(final String a, final String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
