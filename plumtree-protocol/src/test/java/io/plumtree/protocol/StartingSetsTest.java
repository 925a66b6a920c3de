package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.options.StartingPeers;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
            final long[] eagers = StartingSets.eagers(StartingPeers.REFERENCE, self, members);
            final long[] lazys = StartingSets.lazys(StartingPeers.REFERENCE, self, members);
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
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void shouldStartLogarithmicallyAsTheReferenceBelowTenMembers(final int count) {
        final long[] members = members(count);
        for (final long self : members) {
            assertArrayEquals(
                StartingSets.eagers(StartingPeers.REFERENCE, self, members),
                StartingSets.eagers(StartingPeers.LOGARITHMIC, self, members));
            assertArrayEquals(
                StartingSets.lazys(StartingPeers.REFERENCE, self, members),
                StartingSets.lazys(StartingPeers.LOGARITHMIC, self, members));
        }
    }

    /** By ln 10 = 2.30, ln 12.18 = 2.5, ln 33.1 = 3.5, ln 90.02 = 4.5, ln 244.7 = 5.5. */
    @ParameterizedTest
    @CsvSource({"10, 3", "11, 3", "12, 3", "13, 4", "33, 4", "34, 5", "90, 5", "91, 6", "200, 6"})
    void shouldStartLogarithmicallyWithTheSizesOfRiakFromTenMembersOn(final int count, final int expected) {
        final long[] members = members(count);
        for (final long self : members) {
            final long[] eagers = StartingSets.eagers(StartingPeers.LOGARITHMIC, self, members);
            final long[] lazys = StartingSets.lazys(StartingPeers.LOGARITHMIC, self, members);
            assertEquals(expected, eagers.length);
            assertEquals(1, lazys.length);
            final Set<Long> all = new HashSet<>(list(eagers));
            all.addAll(list(lazys));
            assertEquals(expected + 1, all.size(), "disjoint, and each once");
            assertFalse(all.contains(self));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 50})
    void shouldStartWithAllOthersEagerWhereThatIsWanted(final int count) {
        final long[] members = members(count);
        for (final long self : members) {
            final Set<Long> others = new HashSet<>(list(members));
            others.remove(self);
            final long[] eagers = StartingSets.eagers(StartingPeers.ALL, self, members);
            assertEquals(count - 1, eagers.length);
            assertEquals(others, new HashSet<>(list(eagers)));
            assertEquals(0, StartingSets.lazys(StartingPeers.ALL, self, members).length);
        }
    }

    static Stream<Arguments> waysAndCounts() {
        return Stream.of(StartingPeers.values()).flatMap(how ->
            IntStream.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 33, 34, 91, 100, 200, 255)
                .mapToObj(count -> arguments(how, count)));
    }

    @ParameterizedTest
    @MethodSource("waysAndCounts")
    void shouldReachEveryMemberFromEachByEagerPeersAlone(final StartingPeers how, final int count) {
        final long[] members = members(count);
        final Map<Long, long[]> eagers = new HashMap<>();
        for (final long self : members) {
            eagers.put(self, StartingSets.eagers(how, self, members));
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
    @MethodSource("waysAndCounts")
    void shouldAlwaysLinkToTheNextMemberInTheRing(final StartingPeers how, final int count) {
        final long[] ring = Arrays.stream(members(count)).sorted().toArray();
        for (int i = 0; i < count; i++) {
            final Set<Long> links = new HashSet<>(list(StartingSets.eagers(how, ring[i], members(count))));
            links.addAll(list(StartingSets.lazys(how, ring[i], members(count))));
            assertTrue(links.contains(ring[(i + 1) % count]));
        }
    }
}
