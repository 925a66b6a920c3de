package io.plumtree.engine.codec;

import org.agrona.DirectBuffer;

/**
 * The numbers that stand for names on the wire, the same on every machine and in every version.
 *
 * <p>A name's 64-bit value is FNV-1a (offset basis {@code cbf29ce484222325}, prime {@code 100000001b3}) over its ASCII
 * bytes, finished with the mixing steps of SplitMix64, since FNV alone mixes short names badly; but for the one value
 * that {@link io.plumtree.api.NodeId} excludes it is a node's value too. Clusters go by all 64 bits, handlers by the
 * upper 32, channels by the upper 31.
 *
 * <p>Two handlers of one node whose names have the same hash can't be told apart: the engine refuses them when it
 * starts, and a greeting shows where two nodes mean different handlers by it. With ten handlers that is a chance of one
 * in 10^8.
 */
public final class NameHash {
    /** Longest name of a handler, a channel or a cluster, in bytes (which are ASCII characters). */
    public static final int MAX_NAME_LENGTH = 64;

    private NameHash() {
    }

    /**
     * What stands for a cluster.
     *
     * @param name 1 to {@value #MAX_NAME_LENGTH} ASCII letters, digits, dots, underscores and hyphens.
     * @return the hash.
     * @throws IllegalArgumentException if it is no such name.
     */
    public static long ofCluster(final String name) {
        return hash(checked("cluster", name));
    }

    /**
     * What stands for a handler.
     *
     * @param name 1 to {@value #MAX_NAME_LENGTH} ASCII letters, digits, dots, underscores and hyphens.
     * @return the hash.
     * @throws IllegalArgumentException if it is no such name.
     */
    public static int ofHandler(final String name) {
        return (int) (hash(checked("handler", name)) >>> 32);
    }

    /**
     * The number of a channel.
     *
     * @param name 1 to {@value #MAX_NAME_LENGTH} ASCII letters, digits, dots, underscores and hyphens.
     * @return 0 or more.
     * @throws IllegalArgumentException if it is no such name.
     */
    public static int ofChannel(final String name) {
        return (int) (hash(checked("channel", name)) >>> 33);
    }

    static boolean isName(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 1 || length > MAX_NAME_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isNameCharacter((char) (buffer.getByte(offset + i) & 0xFF))) {
                return false;
            }
        }
        return true;
    }

    private static String checked(final String what, final String name) {
        if (name == null || name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                what + " name must have 1 to " + MAX_NAME_LENGTH + " characters: '" + name + "'");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isNameCharacter(name.charAt(i))) {
                throw new IllegalArgumentException(
                    what + " name may have ASCII letters, digits, '.', '_' and '-' only: '" + name + "'");
            }
        }
        return name;
    }

    private static boolean isNameCharacter(final char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    private static long hash(final String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
