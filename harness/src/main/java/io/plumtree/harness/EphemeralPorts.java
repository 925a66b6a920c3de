package io.plumtree.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The ports that a system hands out to sockets which ask for none.
 *
 * @param first the lowest.
 * @param last  the highest.
 */
record EphemeralPorts(int first, int last) {
    private static final Path LINUX = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    /** Linux begins here, others higher. */
    private static final EphemeralPorts USUAL = new EphemeralPorts(32_768, 65_535);
    /** Where nearly all ports are handed out, leases can't keep out of their way. */
    private static final int MAX_COUNT = 50_000;

    static EphemeralPorts ofThisSystem() {
        try {
            // In one piece: of such a file Linux gives a reader the beginning alone.
            return parse(Files.readAllLines(LINUX).get(0));
        } catch (final IOException ex) {
            return USUAL;
        }
    }

    /** From the two numbers that Linux writes; no ports at all if hardly any others would be left. */
    static EphemeralPorts parse(final String text) {
        final String[] words = text.trim().split("\\s+");
        final EphemeralPorts ports = new EphemeralPorts(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        return ports.last - ports.first < MAX_COUNT ? ports : new EphemeralPorts(0, -1);
    }

    boolean contain(final int port) {
        return port >= first && port <= last;
    }
}
