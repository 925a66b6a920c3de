package io.plumtree.engine.options;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.StartingPeers;
import java.util.Collection;
import java.util.Set;

/**
 * The peers with which every tree starts, computed from the members or given.
 *
 * <p>Set before the launch, not changed afterwards.
 */
public final class StartingOptions {
    /** Property name of {@link #startingPeers(StartingPeers)}, whose values are {@link StartingPeers#text()}. */
    public static final String STARTING_PEERS_PROPERTY = "plumtree.starting.peers";
    /** Default of {@link #startingPeers(StartingPeers)}. */
    public static final StartingPeers STARTING_PEERS_DEFAULT = StartingPeers.REFERENCE;
    /** Property name of {@link #eagerPeers(Collection)}: names, separated by commas. */
    public static final String EAGER_PEERS_PROPERTY = "plumtree.eager.peers";
    /** Property name of {@link #lazyPeers(Collection)}: names, separated by commas. */
    public static final String LAZY_PEERS_PROPERTY = "plumtree.lazy.peers";

    private StartingPeers startingPeers;
    private Set<NodeId> eagerPeers;
    private Set<NodeId> lazyPeers;

    /** The defaults. */
    public StartingOptions() {
    }

    /**
     * Sets how the first eager and lazy peers are computed from the members. Not allowed together with
     * {@link #eagerPeers} or {@link #lazyPeers}.
     *
     * @param how the way; null for the default, {@link #STARTING_PEERS_DEFAULT}.
     * @return these options.
     */
    public StartingOptions startingPeers(final StartingPeers how) {
        this.startingPeers = how;
        return this;
    }

    /**
     * How the first eager and lazy peers are computed, if they are not given.
     *
     * @return the way.
     */
    public StartingPeers startingPeers() {
        return startingPeers == null ? STARTING_PEERS_DEFAULT : startingPeers;
    }

    /**
     * Gives the first eager peers of every tree. With this or {@link #lazyPeers} the starting sets are given and not
     * computed, and the one not mentioned is empty. {@link PlumtreeOptions#closeRing()} may add a lazy link to them.
     *
     * @param peers members, without this node and without the lazy peers; may be empty.
     * @return these options.
     */
    public StartingOptions eagerPeers(final Collection<NodeId> peers) {
        this.eagerPeers = Set.copyOf(peers);
        return this;
    }

    /**
     * The first eager peers, if they are given.
     *
     * @return the peers; empty if they are computed.
     */
    public Set<NodeId> eagerPeers() {
        return eagerPeers == null ? Set.of() : eagerPeers;
    }

    /**
     * Gives the first lazy peers of every tree, as {@link #eagerPeers} does the eager ones.
     *
     * @param peers members, without this node and without the eager peers; may be empty.
     * @return these options.
     */
    public StartingOptions lazyPeers(final Collection<NodeId> peers) {
        this.lazyPeers = Set.copyOf(peers);
        return this;
    }

    /**
     * The first lazy peers, if they are given.
     *
     * @return the peers; empty if they are computed.
     */
    public Set<NodeId> lazyPeers() {
        return lazyPeers == null ? Set.of() : lazyPeers;
    }

    /**
     * Whether {@link #startingPeers(StartingPeers)} has been set.
     *
     * @return true if so.
     */
    public boolean hasStartingPeers() {
        return startingPeers != null;
    }

    /**
     * Whether the first peers are given, by {@link #eagerPeers} or {@link #lazyPeers}.
     *
     * @return true if so.
     */
    public boolean hasGivenPeers() {
        return eagerPeers != null || lazyPeers != null;
    }
}
