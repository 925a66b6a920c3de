package io.plumtree.simulator;

/**
 * Who broadcasts.
 *
 * @param kind  in which way the sender of a message is chosen.
 * @param count how many take turns, for {@link Kind#ROTATING}; otherwise 1.
 */
public record Senders(Kind kind, int count) {
    /** Ways to choose the sender of a message. */
    public enum Kind {
        /** The same node always. */
        SINGLE,
        /** Some nodes in turn. */
        ROTATING,
        /** Each message by a node that has sent none before. */
        FRESH,
        /** Every node at once. */
        ALL
    }

    private static final String ROTATING_PREFIX = "rotating:";

    /**
     * Checks the count.
     *
     * @param kind  in which way the sender of a message is chosen.
     * @param count how many take turns; 1 or more.
     */
    public Senders {
        if (count < 1) {
            throw new IllegalArgumentException("senders must be 1 or more: " + count);
        }
    }

    /**
     * From text: {@code single}, {@code rotating:10}, {@code fresh} or {@code all}.
     *
     * @param text the text.
     * @return what it says.
     * @throws IllegalArgumentException if it says something else.
     */
    public static Senders parse(final String text) {
        if (text.startsWith(ROTATING_PREFIX)) {
            try {
                return new Senders(Kind.ROTATING, Integer.parseInt(text.substring(ROTATING_PREFIX.length())));
            } catch (final NumberFormatException ex) {
                throw mismatch(text);
            }
        }
        return switch (text) {
            case "single" -> new Senders(Kind.SINGLE, 1);
            case "fresh" -> new Senders(Kind.FRESH, 1);
            case "all" -> new Senders(Kind.ALL, 1);
            default -> throw mismatch(text);
        };
    }

    private static IllegalArgumentException mismatch(final String text) {
        return new IllegalArgumentException("must be single, rotating:N, fresh or all: '" + text + "'");
    }

    @Override
    public String toString() {
        return kind == Kind.ROTATING ? ROTATING_PREFIX + count : kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
