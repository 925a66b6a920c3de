package io.plumtree.handlers.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What may become of bytes on a network that is not one's own. */
final class Mutations {
    private static final int MAX_OF_A_KIND = 128;
    private static final int RANDOM_COUNT = 32;
    private static final int[] EXTRA_LENGTHS = {1, 7, 8, 200};

    private final Random random;

    Mutations(final Random random) {
        this.random = random;
    }

    /** Empty, truncated, lengthened, with one bit changed, and random ones. */
    List<byte[]> of(final byte[] bytes) {
        final List<byte[]> mutants = new ArrayList<>();
        for (int i = 0; i < Math.min(bytes.length, MAX_OF_A_KIND); i++) {
            mutants.add(Arrays.copyOf(bytes, bytes.length <= MAX_OF_A_KIND ? i : random.nextInt(bytes.length)));
        }
        for (final int extra : EXTRA_LENGTHS) {
            mutants.add(lengthened(bytes, extra));
        }
        final int bits = bytes.length * Byte.SIZE;
        for (int i = 0; i < Math.min(bits, 2 * MAX_OF_A_KIND); i++) {
            mutants.add(flipped(bytes, bits <= 2 * MAX_OF_A_KIND ? i : random.nextInt(bits)));
        }
        for (int i = 0; i < RANDOM_COUNT; i++) {
            mutants.add(random(bytes.length));
            mutants.add(random(random.nextInt(2 * bytes.length + 2)));
        }
        mutants.add(new byte[0]);
        return mutants;
    }

    /** One of each kind, for where a mutant costs much. */
    List<byte[]> fewOf(final byte[] bytes) {
        final List<byte[]> mutants = new ArrayList<>(List.of(
            new byte[0],
            Arrays.copyOf(bytes, bytes.length / 2),
            Arrays.copyOf(bytes, Math.max(0, bytes.length - 1)),
            lengthened(bytes, EXTRA_LENGTHS[random.nextInt(EXTRA_LENGTHS.length)]),
            random(bytes.length),
            random(random.nextInt(2 * bytes.length + 2))));
        if (bytes.length > 0) {
            mutants.add(flipped(bytes, random.nextInt(Math.min(bytes.length, 2) * Byte.SIZE)));
            mutants.add(flipped(bytes, random.nextInt(bytes.length * Byte.SIZE)));
        }
        return mutants;
    }

    byte[] random(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] lengthened(final byte[] bytes, final int extra) {
        final byte[] longer = random(bytes.length + extra);
        System.arraycopy(bytes, 0, longer, 0, bytes.length);
        return longer;
    }

    private static byte[] flipped(final byte[] bytes, final int bit) {
        final byte[] changed = bytes.clone();
        changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return changed;
    }
}
