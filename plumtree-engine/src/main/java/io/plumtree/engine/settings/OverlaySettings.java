package io.plumtree.engine.settings;

import io.plumtree.engine.seeds.ContactSource;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.random.RandomGenerator;

/**
 * What a node needs to find its neighbours by itself.
 *
 * @param options  HyParView's options, checked.
 * @param contacts tells whom to ask to be let in.
 * @param nonces   the numbers of requests: whoever is sent one must not be able to tell another.
 */
public record OverlaySettings(
    HyParViewOptions options, ContactSource contacts, RandomGenerator nonces) {
}
