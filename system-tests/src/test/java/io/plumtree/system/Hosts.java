package io.plumtree.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Hosts on one network: each is a network namespace of this machine with one Ethernet interface, whose cable (a pair of
 * virtual interfaces) leads to a port of a switch, which is a namespace as well. Nothing leads out of them.
 *
 * <p>Their names have this process's id; those of processes that are gone are removed first.
 */
final class Hosts implements AutoCloseable {
    private static final String PREFIX = "plumtree-test-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\w+");
    private static final String INTERFACE = "eth0";
    private static final long COMMAND_TIMEOUT_S = 60;

    private final int count;
    private final String base = PREFIX + ProcessHandle.current().pid() + "-";
    private final List<String> namespaces = new ArrayList<>();
    private Wire wire;

    /**
     * Builds them, all on one network; skips the test where this system does not let it.
     *
     * @param count how many.
     */
    Hosts(final int count) throws InterruptedException {
        this.count = count;
        try {
            removeLeftovers();
            build();
        } catch (final IOException ex) {
            close();
            Assumptions.abort("needs root, 'ip' (iproute2), and a kernel with network namespaces, veth and bridge: "
                + ex.getMessage());
        }
    }

    private static void removeLeftovers() throws IOException, InterruptedException {
        for (final String line : run("ip", "netns", "list").lines().toList()) {
            final Matcher name = NAME.matcher(line.split(" ")[0]);
            if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                run("ip", "netns", "del", name.group());
            }
        }
    }

    private void build() throws IOException, InterruptedException {
        add(theSwitch());
        for (int half = 0; half < 2; half++) {
            run("ip", "-n", theSwitch(), "link", "add", bridge(half), "type", "bridge");
            run("ip", "-n", theSwitch(), "link", "set", bridge(half), "up");
        }
        for (int i = 0; i < count; i++) {
            add(host(i));
            run("ip", "link", "add", INTERFACE, "netns", host(i),
                "type", "veth", "peer", "name", port(i), "netns", theSwitch());
            run("ip", "-n", host(i), "address", "add", address(i) + "/24", "dev", INTERFACE);
            run("ip", "-n", host(i), "link", "set", "lo", "up");
            run("ip", "-n", host(i), "link", "set", INTERFACE, "up");
            run("ip", "-n", theSwitch(), "link", "set", port(i), "up");
            run("ip", "-n", theSwitch(), "link", "set", port(i), "master", bridge(0));
        }
    }

    private void add(final String namespace) throws IOException, InterruptedException {
        run("ip", "netns", "add", namespace);
        namespaces.add(namespace);
    }

    private String theSwitch() {
        return base + "switch";
    }

    private String host(final int index) {
        return base + "host" + index;
    }

    private static String port(final int index) {
        return "port" + index;
    }

    private static String bridge(final int half) {
        return "bridge" + half;
    }

    /** The address of a host. */
    String address(final int index) {
        return "10.77.0." + (index + 1);
    }

    /** The words in front of a command that runs it on a host; it stays the child of who starts it. */
    List<String> on(final int index) {
        return List.of("ip", "netns", "exec", host(index));
    }

    /** Cuts the network in two: the hosts from this one on have a bridge of their own from now on. */
    void cutBefore(final int index) throws IOException, InterruptedException {
        for (int i = index; i < count; i++) {
            run("ip", "-n", theSwitch(), "link", "set", port(i), "master", bridge(1));
        }
    }

    /** Makes one network of it again. */
    void heal() throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            run("ip", "-n", theSwitch(), "link", "set", port(i), "master", bridge(0));
        }
    }

    /**
     * From now on each interface delays what it sends, and loses some of it: by the kernel where it can (netem);
     * otherwise a program does the switch's work that can. Skips the test where neither can be had.
     *
     * @param delayMs     for how long.
     * @param lossPercent how much.
     * @return who does it.
     */
    String impair(final int delayMs, final int lossPercent) throws InterruptedException {
        final String noNetem;
        try {
            for (int i = 0; i < count; i++) {
                run("tc", "-n", host(i), "qdisc", "add", "dev", INTERFACE, "root", "netem",
                    "delay", delayMs + "ms", "loss", lossPercent + "%");
            }
            return "netem";
        } catch (final IOException ex) {
            noNetem = ex.getMessage();
        }
        try {
            final List<String> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                run("ip", "-n", theSwitch(), "link", "set", port(i), "nomaster");
                ports.add(port(i));
            }
            wire = new Wire(List.of("ip", "netns", "exec", theSwitch()), ports, delayMs, lossPercent);
            return "wire.py";
        } catch (final IOException ex) {
            Assumptions.abort("needs a kernel with netem (" + noNetem + "), or python3 with packet sockets ("
                + ex.getMessage() + ")");
            throw new AssertionError(ex);
        }
    }

    /** What became of the frames since {@link #impair}, in words. */
    String figures() throws IOException, InterruptedException {
        if (wire != null) {
            return wire.figures();
        }
        final StringBuilder figures = new StringBuilder();
        for (int i = 0; i < count; i++) {
            figures.append(run("tc", "-n", host(i), "-s", "qdisc", "show", "dev", INTERFACE));
        }
        return figures.toString();
    }

    /** Runs a command; its output is part of the exception if it fails. */
    private static String run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(COMMAND_TIMEOUT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + output.trim());
        }
        return output;
    }

    /** Removes the namespaces, and with them all that is in them. The processes on the hosts are to be ended before. */
    @Override
    public void close() {
        if (wire != null) {
            wire.close();
        }
        for (final String namespace : namespaces) {
            try {
                run("ip", "netns", "del", namespace);
            } catch (final IOException ex) {
                // The next run removes it; and the others are still to go.
                System.err.println(ex.getMessage());
            } catch (final InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
        namespaces.clear();
    }
}
