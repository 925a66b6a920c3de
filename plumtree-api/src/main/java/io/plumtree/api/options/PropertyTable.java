package io.plumtree.api.options;

import io.plumtree.api.Durations;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.agrona.SystemUtil;

/**
 * The properties of one kind of options: their names, how a text sets each, and the text that a value has.
 *
 * @param <T> the options.
 */
public final class PropertyTable<T> {
    private static final long KIB = 1024;
    /** People write a blank before the unit. */
    private static final Pattern BLANK_BEFORE_UNIT = Pattern.compile("(?<=[0-9])[ ]+(?=[A-Za-z]+$)");
    private static final String[] SIZE_UNITS = {"", "k", "m", "g"};

    private final SortedMap<String, Property<T>> properties = new TreeMap<>();

    private record Property<T>(Function<T, String> get, BiConsumer<T, String> set) {
    }

    /** A table without properties. */
    public PropertyTable() {
    }

    /**
     * Adds a property of any text.
     *
     * @param key the property.
     * @param get what the options have; null for nothing.
     * @param set sets what a text says.
     * @return this.
     */
    public PropertyTable<T> text(final String key, final Function<T, String> get, final BiConsumer<T, String> set) {
        properties.put(key, new Property<>(get, set));
        return this;
    }

    /**
     * Adds a whole number.
     *
     * @param key the property.
     * @param get what the options have.
     * @param set sets it.
     * @return this.
     */
    public PropertyTable<T> number(final String key, final ToIntFunction<T> get, final ObjIntConsumer<T> set) {
        return text(key, options -> Integer.toString(get.applyAsInt(options)),
            (options, text) -> set.accept(options, parseNumber(text)));
    }

    /**
     * Adds a truth value.
     *
     * @param key the property.
     * @param get what the options have.
     * @param set sets it.
     * @return this.
     */
    public PropertyTable<T> flag(final String key, final Predicate<T> get, final BiConsumer<T, Boolean> set) {
        return text(key, options -> Boolean.toString(get.test(options)),
            (options, text) -> set.accept(options, parseFlag(text)));
    }

    /**
     * Adds a duration.
     *
     * @param key the property.
     * @param get what the options have, in nanoseconds.
     * @param set sets it.
     * @return this.
     */
    public PropertyTable<T> duration(final String key, final ToLongFunction<T> get, final ObjLongConsumer<T> set) {
        return text(key, options -> Durations.exact(get.applyAsLong(options)),
            (options, text) -> set.accept(options, parseDuration(key, text)));
    }

    /**
     * Adds a number of bytes.
     *
     * @param key the property.
     * @param get what the options have.
     * @param set sets it.
     * @return this.
     */
    public PropertyTable<T> size(final String key, final ToIntFunction<T> get, final ObjIntConsumer<T> set) {
        return text(key, options -> sizeText(get.applyAsInt(options)),
            (options, text) -> set.accept(options, parseSize(key, text)));
    }

    /**
     * Sets the option that a property names.
     *
     * @param options which are set.
     * @param key     the property.
     * @param value   its value.
     * @return false if the table has no such property.
     * @throws IllegalArgumentException if the value is of another form.
     */
    public boolean set(final T options, final String key, final String value) {
        final Property<T> property = properties.get(key);
        if (property == null) {
            return false;
        }
        property.set().accept(options, value);
        return true;
    }

    /**
     * The names of the properties.
     *
     * @return all names, sorted.
     */
    public Set<String> keys() {
        return Collections.unmodifiableSet(properties.keySet());
    }

    /**
     * What options are set to, as a text that sets them so.
     *
     * @param options the options.
     * @return the texts by property, without those that are not set.
     */
    public SortedMap<String, String> values(final T options) {
        final SortedMap<String, String> values = new TreeMap<>();
        for (final Map.Entry<String, Property<T>> property : properties.entrySet()) {
            final String value = property.getValue().get().apply(options);
            if (value != null) {
                values.put(property.getKey(), value);
            }
        }
        return values;
    }

    /** A truth value is read strictly, so that {@code yes} is no silent {@code false}. */
    static boolean parseFlag(final String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static int parseNumber(final String text) {
        try {
            return Integer.parseInt(text);
        } catch (final NumberFormatException ex) {
            throw new IllegalArgumentException("must be a whole number, not '" + text + "'", ex);
        }
    }

    /** Whoever sets a property says which one it is. */
    private static long parseDuration(final String key, final String text) {
        try {
            return Durations.parse(key, text);
        } catch (final NumberFormatException ex) {
            throw new IllegalArgumentException(ex.getMessage().substring(key.length() + 1), ex);
        }
    }

    private static int parseSize(final String key, final String text) {
        final long size;
        try {
            size = SystemUtil.parseSize(key, BLANK_BEFORE_UNIT.matcher(text).replaceFirst(""));
        } catch (final NumberFormatException | StringIndexOutOfBoundsException ex) {
            throw new IllegalArgumentException("must be a number of bytes, such as 65536, 64k or 1m", ex);
        }
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("must be less than 2g");
        }
        return (int) size;
    }

    private static String sizeText(final int size) {
        long left = size;
        int unit = 0;
        while (left != 0 && left % KIB == 0 && unit < SIZE_UNITS.length - 1) {
            left /= KIB;
            unit++;
        }
        return left + SIZE_UNITS[unit];
    }
}
