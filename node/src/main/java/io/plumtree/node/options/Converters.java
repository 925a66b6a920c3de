package io.plumtree.node.options;

import io.plumtree.api.Member;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** From an option's text to its value, with a message that says what is allowed. */
public final class Converters {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private Converters() {
    }

    /**
     * Teaches a command line, and its commands so far, all types that this class knows.
     *
     * @param line the command line.
     * @return the same.
     */
    public static CommandLine register(final CommandLine line) {
        return line
            .registerConverter(Member.class, Converters::member)
            .registerConverter(Endpoint.class, Converters::endpoint)
            .registerConverter(Duration.class, Converters::duration);
    }

    private static Member member(final String text) {
        try {
            return Member.parse(text);
        } catch (final IllegalArgumentException ex) {
            throw new TypeConversionException(ex.getMessage());
        }
    }

    private static Endpoint endpoint(final String text) {
        try {
            return new Endpoint(Member.checkEndpoint(text));
        } catch (final IllegalArgumentException ex) {
            throw new TypeConversionException(ex.getMessage());
        }
    }

    /** A number and a unit, since an ISO duration is nothing to type. */
    private static Duration duration(final String text) {
        final Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("must be a duration such as 500ms, 10s or 2m: '" + text + "'");
        }
        final long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
