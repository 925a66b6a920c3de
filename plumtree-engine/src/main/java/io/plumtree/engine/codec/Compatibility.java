package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.MessageHeaderDecoder;

/** What a frame of another version may differ in. */
final class Compatibility {
    private Compatibility() {
    }

    /**
     * Whether a length, or the frame's end, is one that its version allows: ours for versions up to ours, and that or
     * more for newer ones, which may have added something there.
     *
     * @param version the frame's.
     * @param actual  what the frame has.
     * @param known   what this version has.
     * @return true if so.
     */
    static boolean agrees(final int version, final int actual, final int known) {
        return actual == known || actual > known && version > MessageHeaderDecoder.SCHEMA_VERSION;
    }
}
