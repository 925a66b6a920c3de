package io.plumtree.node.inspect;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where answers are waited for, unless the user says: they must find their way back. */
final class LocalEndpoint {
    private LocalEndpoint() {
    }

    /**
     * The address of this host from which packets to another start; nothing is sent to learn it.
     *
     * @param contact the other, {@code host:port}.
     * @return {@code host:0}, for any free port.
     * @throws IOException if its name can't be resolved, or no way leads there.
     */
    static String facing(final String contact) throws IOException {
        final int colon = contact.lastIndexOf(':');
        final String host = contact.substring(0, colon);
        final InetAddress address = InetAddress.getByName(host);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, Integer.parseInt(contact.substring(colon + 1))));
            return text(socket.getLocalAddress()) + ":0";
        }
    }

    /** Without the scope of an IPv6 address, which means nothing to others. */
    private static String text(final InetAddress address) {
        final String text = address.getHostAddress();
        final int scope = text.indexOf('%');
        final String bare = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "[" + bare + "]" : bare;
    }
}
