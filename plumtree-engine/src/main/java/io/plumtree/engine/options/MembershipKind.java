package io.plumtree.engine.options;

/** Where a node has its members from. */
public enum MembershipKind {
    /** They are given: at the launch, and by updates. Each node has links to all members that it is given. */
    STATIC("static"),
    /** The node finds neighbours by itself, through contacts, and keeps a few: HyParView. */
    HYPARVIEW("hyparview");

    private final String text;

    MembershipKind(final String text) {
        this.text = text;
    }

    /**
     * The kind with a name.
     *
     * @param text {@code static} or {@code hyparview}.
     * @return the kind.
     * @throws IllegalArgumentException if there is none of that name.
     */
    public static MembershipKind parse(final String text) {
        for (final MembershipKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("must be static or hyparview");
    }

    @Override
    public String toString() {
        return text;
    }
}
