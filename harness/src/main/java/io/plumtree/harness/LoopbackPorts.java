package io.plumtree.harness;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Leases UDP ports on the loopback device to this process, and to the processes that it starts.
 *
 * <p>The lease of a port is a listening TCP socket on the port of the same number: the system gives it to one process
 * alone, whosever and in whatever directory or container, and takes it back when that process is gone, however it
 * ended. Nobody connects to it. All leases last as long as the process, so that no port is used twice by one.
 *
 * <p>Leased ports lie outside the range that the system hands out on its own: a socket that sends could otherwise be
 * given the port of a node that is down or about to start. A program that knows nothing of leases can still take one:
 * {@link #start} goes on with others then.
 *
 * <p>Any thread.
 */
public final class LoopbackPorts {
    /** Those below are used by well-known services. */
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 65_535;
    private static final int ATTEMPT_LIMIT = 20_000;
    private static final int START_LIMIT = 5;
    private static final EphemeralPorts EPHEMERAL = EphemeralPorts.ofThisSystem();

    /** By port. What is not referred to would be closed. */
    private static final Map<Integer, ServerSocket> LEASES = new LinkedHashMap<>();

    /**
     * Starts something that listens on ports.
     *
     * @param <T> what is started.
     * @param <E> what it throws when that fails.
     */
    @FunctionalInterface
    public interface Starter<T, E extends Exception> {
        /**
         * Starts it.
         *
         * @param ports where to listen.
         * @return what was started.
         * @throws E if it can't be started; nothing listens on the ports any more then.
         */
        T start(List<Integer> ports) throws E;
    }

    private LoopbackPorts() {
    }

    /**
     * Leases ports.
     *
     * @param count how many.
     * @return different ports, on which nobody listens, and which no one else who asks here is given.
     * @throws IOException if there are not as many.
     */
    public static synchronized List<Integer> lease(final int count) throws IOException {
        final SplittableRandom random = new SplittableRandom();
        final List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < ATTEMPT_LIMIT && ports.size() < count; i++) {
            final int port = random.nextInt(LOWEST, HIGHEST + 1);
            if (!EPHEMERAL.contain(port) && lease(port, ports)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IOException("no " + count + " free UDP ports on the loopback device outside of " + EPHEMERAL);
        }
        return ports;
    }

    /**
     * Leases one port.
     *
     * @return {@code localhost:PORT}.
     * @throws IOException if there is none.
     */
    public static String leaseEndpoint() throws IOException {
        return "localhost:" + lease(1).get(0);
    }

    private static boolean lease(final int port, final List<Integer> sofar) {
        if (sofar.contains(port)) {
            return false;
        }
        final ServerSocket lease = tryLease(port);
        if (lease != null) {
            LEASES.put(port, lease);
        }
        return lease != null;
    }

    /** The lease of a port; null if another has it, or somebody listens there. */
    static ServerSocket tryLease(final int port) {
        ServerSocket lease = null;
        try {
            lease = new ServerSocket();
            lease.setReuseAddress(false);
            lease.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            if (!isTaken(port)) {
                return lease;
            }
            lease.close();
        } catch (final IOException ex) {
            close(lease);
        }
        return null;
    }

    private static void close(final ServerSocket lease) {
        try {
            if (lease != null) {
                lease.close();
            }
        } catch (final IOException ex) {
            // It was not bound, or is not any more.
            return;
        }
    }

    /**
     * Whether a socket has a UDP port of the loopback device.
     *
     * @param port the port.
     * @return true if nobody else can listen there.
     */
    public static boolean isTaken(final int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (final IOException ex) {
            return true;
        }
    }

    /**
     * Leases ports and starts something on them; does so again with others when it fails and a port turns out to be
     * taken, by a program that leases none.
     *
     * @param <T>     what is started.
     * @param <E>     what its start throws.
     * @param count   how many ports.
     * @param starter starts it; when it throws, an assertion's error included, it leaves nothing that listens.
     * @return what was started.
     * @throws E           what the starter threw, though its ports were free, or after a few attempts.
     * @throws IOException if there are not enough free ports.
     */
    public static <T, E extends Exception> T start(final int count, final Starter<T, E> starter)
        throws E, IOException {
        for (int attempt = 1; ; attempt++) {
            final List<Integer> ports = lease(count);
            try {
                return starter.start(ports);
            } catch (final Exception | AssertionError ex) {
                if (attempt == START_LIMIT || ports.stream().noneMatch(LoopbackPorts::isTaken)) {
                    throw ex;
                }
            }
        }
    }
}
