package io.plumtree.engine.runtime;

import io.plumtree.engine.options.HyParViewOptions;
import io.plumtree.engine.seeds.ContactSource;
import io.plumtree.engine.view.FullView;

/**
 * What a node needs to find its neighbours by itself.
 *
 * @param options  HyParView's options, checked.
 * @param contacts tells whom to ask to be let in.
 * @param fullView the handler that learns of all members; null where a node knows its neighbours alone.
 * @param seed     makes the numbers of requests such that nobody else can tell them.
 */
public record OverlaySettings(HyParViewOptions options, ContactSource contacts, FullView fullView, long seed) {
}
