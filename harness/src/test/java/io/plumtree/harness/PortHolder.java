package io.plumtree.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Another process that leases ports: asks for one port, or for any, says what it got, and keeps it until killed. */
public final class PortHolder implements AutoCloseable {
    private static final String ANY = "any";
    private final Process process;
    /** The port that it was given; 0 if it was not given what it asked for. */
    final int port;

    private PortHolder(final String wish) throws IOException {
        process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", "target/classes" + System.getProperty("path.separator") + "target/test-classes",
            PortHolder.class.getName(), wish)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
        port = Integer.parseInt(process.inputReader().readLine());
    }

    static PortHolder ofAny() throws IOException {
        return new PortHolder(ANY);
    }

    static PortHolder of(final int port) throws IOException {
        return new PortHolder(Integer.toString(port));
    }

    /** Leases, says so, and waits for the end of its input. */
    public static void main(final String[] args) throws IOException {
        if (args[0].equals(ANY)) {
            System.out.println(LoopbackPorts.lease(1).get(0));
        } else {
            System.out.println(LoopbackPorts.tryLease(Integer.parseInt(args[0])) == null ? "0" : args[0]);
        }
        final InputStream in = System.in;
        while (in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
