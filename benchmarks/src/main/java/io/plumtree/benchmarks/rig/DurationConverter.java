package io.plumtree.benchmarks.rig;

import java.time.Duration;
import org.agrona.SystemUtil;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as the nodes' options have them, such as 500ms; seconds where there is no unit. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(final String value) {
        final boolean hasUnit = !value.isEmpty() && Character.isLetter(value.charAt(value.length() - 1));
        try {
            return Duration.ofNanos(SystemUtil.parseDuration("duration", hasUnit ? value : value + 's'));
        } catch (final NumberFormatException ex) {
            throw new TypeConversionException("'" + value + "' is no time such as 5s or 500ms");
        }
    }
}
