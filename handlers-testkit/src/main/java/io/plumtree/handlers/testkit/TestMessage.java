package io.plumtree.handlers.testkit;

import java.util.Arrays;
import java.util.HexFormat;

/** A broadcast message: copies of the bytes of its id and its payload. Immutable. */
public final class TestMessage {
    private static final int MAX_SHOWN = 32;

    private final byte[] id;
    private final byte[] payload;

    /**
     * A message of these bytes, well formed or not.
     *
     * @param id      the id; copied.
     * @param payload the payload; copied.
     */
    public TestMessage(final byte[] id, final byte[] payload) {
        this.id = id.clone();
        this.payload = payload.clone();
    }

    /**
     * The id.
     *
     * @return a copy.
     */
    public byte[] id() {
        return id.clone();
    }

    /**
     * The payload.
     *
     * @return a copy.
     */
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof TestMessage that && Arrays.equals(id, that.id) && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(id) + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "message " + hex(id) + " (" + payload.length + " bytes: " + hex(payload) + ")";
    }

    /** Bytes for the eyes, the first ones if they are many. */
    static String hex(final byte[] bytes) {
        final int shown = Math.min(bytes.length, MAX_SHOWN);
        return bytes.length == 0 ? "(empty)" : HexFormat.of().formatHex(bytes, 0, shown)
            + (shown < bytes.length ? "..." : "");
    }
}
