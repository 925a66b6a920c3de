package io.plumtree.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who makes the overlay. */
public enum OverlayKind {
    /** Drawn at the start, symmetric, each node with the same number of links; nobody mends it. */
    RANDOM,
    /** The nodes' own membership: they join through one contact, and mend what breaks. */
    HYPARVIEW;

    /**
     * From text: {@code random} or {@code hyparview}.
     *
     * @param text the text.
     * @return what it says.
     * @throws IllegalArgumentException if it says something else.
     */
    public static OverlayKind parse(final String text) {
        return Arrays.stream(values()).filter(overlay -> overlay.toString().equals(text)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("overlay must be "
                + Arrays.stream(values()).map(OverlayKind::toString).collect(Collectors.joining(" or "))
                + ": '" + text + "'"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
