package io.plumtree.engine.view;

import io.plumtree.api.Member;
import io.plumtree.engine.options.FullViewOptions;
import java.util.List;
import java.util.SortedMap;

/** The view of a node that knows its neighbours alone: those that were given to it, or those that it has found. */
public final class NeighboursAlone implements MemberView {
    /** Knows nobody else. */
    public NeighboursAlone() {
    }

    @Override
    public List<Member> members(final List<Member> neighbours) {
        return neighbours;
    }

    @Override
    public boolean tellsChanges() {
        return false;
    }

    @Override
    public long incarnation(final long node) {
        return 0;
    }

    @Override
    public boolean isMember(final long node) {
        return false;
    }

    @Override
    public long failedRun(final Member member, final boolean isConfirmed) {
        return 0;
    }

    @Override
    public String rivalEndpoint(final long incarnation) {
        return "";
    }

    @Override
    public void confirm(final long node, final String endpoint, final long incarnation) {
    }

    @Override
    public void announce() {
    }

    @Override
    public boolean leave() {
        return true;
    }

    @Override
    public void addSettings(final SortedMap<String, String> settings) {
        settings.put(FullViewOptions.ENABLED_PROPERTY, "false");
    }
}
