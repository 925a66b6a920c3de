package io.plumtree.node.demo;

import io.plumtree.api.Member;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Four neighbours of each node, until the nodes find them by themselves. */
final class StandInNeighbours {
    private StandInNeighbours() {
    }

    static String of(final String name, final List<Member> all) {
        final int size = all.size();
        int at = 0;
        while (!all.get(at).id().name().equals(name)) {
            at++;
        }
        final int self = at;
        final int step = Math.max(2, size / 4 - 1);
        return Stream.of(1, -1, step, -step).map(by -> all.get(Math.floorMod(self + by, size))).distinct()
            .map(Member::toString).collect(Collectors.joining(","));
    }
}
