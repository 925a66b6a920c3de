package io.plumtree.engine.seeds;

import io.plumtree.api.Member;
import java.util.regex.Pattern;

/**
 * A contact {@code host:port}, taken apart.
 *
 * @param host      a name, an IPv4 address, or an IPv6 address without its brackets.
 * @param port      with its digits as they were given.
 * @param isLiteral whether the host is an address, which needs no resolution.
 */
record SeedAddress(String host, String port, boolean isLiteral) {
    static final int MAX_LENGTH = 254;

    private static final Pattern IPV4 =
        Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    /** What can be an address; whether it is one, the transport finds out. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?");

    /**
     * Takes a text apart.
     *
     * @param text the contact.
     * @return its parts.
     * @throws IllegalArgumentException if it has another form than {@code host:port}; names the text.
     */
    static SeedAddress parse(final String text) {
        Member.checkEndpoint(text);
        final int colon = text.lastIndexOf(':');
        final String host = text.substring(0, colon);
        final String port = text.substring(colon + 1);
        if (Integer.parseInt(port) == 0) {
            throw new IllegalArgumentException("contact has port 0; its port must be known: '" + text + "'");
        }
        final boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        final String bare = isBracketed ? host.substring(1, host.length() - 1) : host;
        final boolean isIpv4 = !isBracketed && IPV4.matcher(host).matches();
        final boolean isGood =
            isBracketed ? IPV6.matcher(bare).matches() : isIpv4 || NAME.matcher(host).matches() && !isNumber(host);
        if (!isGood || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("contact must be a name or an address, and a port, of at most "
                + MAX_LENGTH + " characters; an IPv6 address in brackets: '" + text + "'");
        }
        return new SeedAddress(bare, port, isBracketed || isIpv4);
    }

    /** Digits and dots that are no address are a mistake rather than a name. */
    private static boolean isNumber(final String host) {
        return host.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
    }

    /** The endpoint with an address. */
    String endpoint(final String address) {
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }
}
