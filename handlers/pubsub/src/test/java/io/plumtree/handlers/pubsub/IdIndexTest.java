package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdIndexTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void shouldAgreeWithAHashMap(final int capacity) {
        for (long seed = 1; seed <= 20; seed++) {
            final Random random = new Random(seed);
            final IdIndex index = new IdIndex(capacity);
            final Map<List<Long>, Integer> model = new HashMap<>();
            final List<Integer> free = new ArrayList<>();
            for (int i = 0; i < capacity; i++) {
                free.add(i);
            }
            for (int i = 0; i < 2_000; i++) {
                final String step = "seed " + seed + ", capacity " + capacity + ", step " + i;
                final List<Long> id =
                    List.of((long) random.nextInt(5), (long) random.nextInt(3), (long) random.nextInt(12));
                final Integer slot = model.get(id);
                assertEquals(slot == null ? IdIndex.NOT_FOUND : slot, find(index, id), step);
                if (slot != null) {
                    assertEquals(id, List.of(index.origin(slot), index.incarnation(slot), index.sequence(slot)), step);
                    index.remove(slot);
                    model.remove(id);
                    free.add(slot);
                } else if (!free.isEmpty()) {
                    final int chosen = free.remove(random.nextInt(free.size()));
                    index.put(chosen, id.get(0), id.get(1), id.get(2));
                    model.put(id, chosen);
                }
                model.forEach((known, knownSlot) -> assertEquals(knownSlot, find(index, known), step));
            }
        }
    }

    private static int find(final IdIndex index, final List<Long> id) {
        return index.find(id.get(0), id.get(1), id.get(2));
    }
}
