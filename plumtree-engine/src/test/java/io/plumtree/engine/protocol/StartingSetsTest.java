package io.plumtree.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartingSetsTest {
    private static long[] members(final int count) {
        return IntStream.range(0, count).mapToLong(i -> NodeId.of("node-" + i).value()).toArray();
    }

    private static List<Long> list(final long[] values) {
        return LongStream.of(values).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldHaveTheSizesThatTheReferenceStatesOnEveryNode(final int count) {
        final long[] members = members(count);
        for (final long self : members) {
            final long[] eagers = StartingSets.eagers(self, members);
            final long[] lazys = StartingSets.lazys(self, members);
            if (count < 5) {
                assertEquals(count == 1 ? 0 : 1, eagers.length);
            } else {
                assertTrue(eagers.length >= 1 && eagers.length <= 2, Arrays.toString(eagers));
            }
            assertEquals(count < 3 ? 0 : 1, lazys.length);
            final Set<Long> all = new HashSet<>(list(eagers));
            all.addAll(list(lazys));
            assertEquals(eagers.length + lazys.length, all.size(), "disjoint");
            assertFalse(all.contains(self));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 16, 33, 100, 255})
    void shouldReachEveryMemberFromEachByEagerPeersAlone(final int count) {
        final long[] members = members(count);
        final Map<Long, long[]> eagers = new HashMap<>();
        for (final long self : members) {
            eagers.put(self, StartingSets.eagers(self, members));
        }
        for (final long root : members) {
            final Set<Long> reached = new HashSet<>(Set.of(root));
            final ArrayDeque<Long> queue = new ArrayDeque<>(reached);
            while (!queue.isEmpty()) {
                for (final long next : eagers.get(queue.poll())) {
                    if (reached.add(next)) {
                        queue.add(next);
                    }
                }
            }
            assertEquals(count, reached.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 21})
    void shouldAlwaysLinkToTheNextMemberInTheRing(final int count) {
        final long[] ring = Arrays.stream(members(count)).sorted().toArray();
        for (int i = 0; i < count; i++) {
            final Set<Long> links = new HashSet<>(list(StartingSets.eagers(ring[i], members(count))));
            links.addAll(list(StartingSets.lazys(ring[i], members(count))));
            assertTrue(links.contains(ring[(i + 1) % count]));
        }
    }
}
