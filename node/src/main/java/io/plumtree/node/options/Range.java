package io.plumtree.node.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The whole numbers that an option may have; stands beside its {@code @Option}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Range {
    /**
     * The least.
     *
     * @return the least value allowed.
     */
    long min();

    /**
     * The greatest.
     *
     * @return the greatest value allowed.
     */
    long max();
}
