package io.plumtree.engine.runtime;

import io.plumtree.engine.options.HyParViewOptions;
import io.plumtree.engine.view.FullView;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a node needs to find its neighbours by itself.
 *
 * @param options  HyParView's options, checked.
 * @param contacts tells the contacts, {@code host:port}, whenever they have changed since it was last asked; otherwise
 *                 null.
 * @param fullView the handler that learns of all members; null where a node knows its neighbours alone.
 */
public record OverlaySettings(HyParViewOptions options, Supplier<List<String>> contacts, FullView fullView) {
}
