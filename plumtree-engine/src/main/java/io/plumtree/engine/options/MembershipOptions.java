package io.plumtree.engine.options;

import io.plumtree.api.options.OptionChecks;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where a node has its members from, and whom it asks to be let into a cluster.
 *
 * <p>Set before the launch, not changed afterwards. {@link #conclude()} checks ranges; the contacts' form is checked at
 * the launch.
 */
public final class MembershipOptions {
    /** Property of {@link #kind()}: {@code static} or {@code hyparview}. */
    public static final String KIND_PROPERTY = "plumtree.membership";
    /** Property of {@link #contacts()}, separated by commas. */
    public static final String CONTACTS_PROPERTY = "plumtree.contacts";
    /** Property of {@link #contactsRefreshNs()}. */
    public static final String CONTACTS_REFRESH_PROPERTY = "plumtree.contacts.refresh";
    /** Default of {@link #contactsRefreshNs()}: 10 s. */
    public static final long CONTACTS_REFRESH_DEFAULT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long MIN_REFRESH_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_REFRESH_NS = TimeUnit.HOURS.toNanos(1);

    private MembershipKind kind = MembershipKind.STATIC;
    private List<String> contacts = List.of();
    private long contactsRefreshNs = CONTACTS_REFRESH_DEFAULT_NS;

    /** The defaults. */
    public MembershipOptions() {
    }

    /**
     * Checks every range.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public MembershipOptions conclude() {
        if (kind == null) {
            throw new IllegalArgumentException(KIND_PROPERTY + " must be given");
        }
        OptionChecks.checkTime(CONTACTS_REFRESH_PROPERTY, contactsRefreshNs, MIN_REFRESH_NS, MAX_REFRESH_NS);
        if (kind == MembershipKind.STATIC && !contacts.isEmpty()) {
            throw new IllegalArgumentException(CONTACTS_PROPERTY + " are for " + KIND_PROPERTY +
                "=hyparview, not for static members: " + contacts);
        }
        return this;
    }

    /**
     * Where the node has its members from.
     *
     * @return the kind.
     */
    public MembershipKind kind() {
        return kind;
    }

    /**
     * Where the node has its members from. Default {@link MembershipKind#STATIC}.
     *
     * @param membershipKind the kind.
     * @return these options.
     */
    public MembershipOptions kind(final MembershipKind membershipKind) {
        this.kind = membershipKind;
        return this;
    }

    /**
     * Nodes of the cluster that a node asks to be let in.
     *
     * @return the contacts.
     */
    public List<String> contacts() {
        return contacts;
    }

    /**
     * Nodes of the cluster that a node asks to be let in, when it starts and whenever it has no neighbour: one of them
     * that is there is enough. Each is {@code host:port}, where a host may be a name with several addresses, which are
     * all asked, or {@code file:PATH}, a file with one {@code host:port} a line, which is read again when it changes.
     * The node itself may be among them, so that all nodes can have the same ones. None for a first node, which waits
     * until it is asked.
     *
     * @param hosts the contacts, at most 256.
     * @return these options.
     */
    public MembershipOptions contacts(final List<String> hosts) {
        this.contacts = List.copyOf(hosts);
        return this;
    }

    /**
     * How often names are resolved anew, and files looked at.
     *
     * @return nanoseconds.
     */
    public long contactsRefreshNs() {
        return contactsRefreshNs;
    }

    /**
     * How often names are resolved anew, and files looked at. Default 10 s.
     *
     * @param periodNs nanoseconds, 100 ms to 1 h.
     * @return these options.
     */
    public MembershipOptions contactsRefreshNs(final long periodNs) {
        this.contactsRefreshNs = periodNs;
        return this;
    }
}
