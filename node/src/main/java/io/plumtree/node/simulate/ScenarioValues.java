package io.plumtree.node.simulate;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Takes the values of flags to a scenario; what is not allowed is refused by the flag's name. */
final class ScenarioValues {
    static final Duration MAX_PAUSE = Duration.ofMinutes(1);
    /** What a scenario calls an option whose flag is spelt otherwise, or that is checked against another. */
    private static final Map<String, String> FLAGS = Map.of(
        "degree", "--degree", "senders", "--senders", "failPerMessage", "--fail-per-message",
        "joinPerMessage", "--join-per-message");

    private ScenarioValues() {
    }

    static <T> T either(final T first, final T second) {
        return first == null ? second : first;
    }

    static <T> void given(final T value, final Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    static void given(
        final String flag,
        final Duration value,
        final String range,
        final Duration least,
        final Duration most,
        final Consumer<Long> setter) {
        if (value != null) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(flag + " must be " + range + ": '" + value.toMillis() + "ms'");
            }
            setter.accept(value.toNanos());
        }
    }

    static Double share(final String flag, final Double value) {
        if (value != null && !(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(flag + " must be 0 or more, and less than 1: '" + value + "'");
        }
        return value;
    }

    static <T> T parsed(final String flag, final String text, final Function<String, T> parser) {
        try {
            return text == null ? null : parser.apply(text);
        } catch (final IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                flag + " " + ex.getMessage().replaceFirst("^" + flag.substring(2) + " ", ""), ex);
        }
    }

    /** What is to be said to the user of a command whose values a scenario refuses. */
    static ParameterException refused(final CommandSpec command, final RuntimeException ex) {
        return new ParameterException(command.commandLine(), withFlag(ex.getMessage()));
    }

    private static String withFlag(final String message) {
        final int blank = message.indexOf(' ');
        final String flag = blank < 0 ? null : FLAGS.get(message.substring(0, blank));
        return flag == null ? message : flag + message.substring(blank);
    }
}
