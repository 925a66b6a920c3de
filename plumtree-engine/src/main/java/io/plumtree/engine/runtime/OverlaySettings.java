package io.plumtree.engine.runtime;

import io.plumtree.engine.options.HyParViewOptions;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a node needs to find its neighbours by itself.
 *
 * @param options  HyParView's options, checked.
 * @param contacts tells the contacts, {@code host:port}, whenever they have changed since it was last asked; otherwise
 *                 null.
 */
public record OverlaySettings(HyParViewOptions options, Supplier<List<String>> contacts) {
}
