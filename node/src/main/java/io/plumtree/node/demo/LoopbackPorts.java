package io.plumtree.node.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Finds UDP ports on the loopback device that nobody has.
 *
 * <p>They lie below those which systems hand out on their own (32768 on Linux, 49152 elsewhere): another node's
 * sending socket could otherwise be given the port of a node that is down, and its restart would find it taken.
 */
public final class LoopbackPorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPT_LIMIT = 10_000;

    private LoopbackPorts() {
    }

    /**
     * Finds ports.
     *
     * @param count how many.
     * @return different ports, free a moment ago.
     * @throws IOException if there are not as many.
     */
    public static List<Integer> find(final int count) throws IOException {
        final SplittableRandom random = new SplittableRandom();
        final Set<Integer> ports = new LinkedHashSet<>();
        for (int i = 0; i < ATTEMPT_LIMIT && ports.size() < count; i++) {
            final int port = random.nextInt(LOWEST, HIGHEST);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IOException("no " + count + " free UDP ports on the loopback device");
        }
        return List.copyOf(ports);
    }

    private static boolean isFree(final int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (final IOException ex) {
            return false;
        }
    }
}
