package io.plumtree.node.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Signals to processes, by the system's command {@code kill}. */
final class Signals {
    private static final String GUARD = "kill -STOP \"$1\" || exit 1; echo; read -r line; kill -CONT \"$1\"";

    private Signals() {
    }

    /**
     * Makes sure that processes can be stopped.
     *
     * @throws IOException if they can't be here.
     */
    static void check() throws IOException, InterruptedException {
        send("0", ProcessHandle.current().pid());
    }

    /**
     * Stops a process (SIGSTOP).
     *
     * @param pid the process.
     * @return another, which lets it go on (SIGCONT) when its standard input ends, as it does with this process.
     * @throws IOException if it can't be stopped.
     */
    static Process stop(final long pid) throws IOException {
        final Process guard = new ProcessBuilder("sh", "-c", GUARD, "sh", Long.toString(pid))
            .redirectError(Redirect.DISCARD).start();
        if (guard.getInputStream().read() < 0) {
            throw new IOException("kill -STOP " + pid + " failed");
        }
        return guard;
    }

    /**
     * Sends a signal.
     *
     * @param signal its name, without SIG.
     * @param pid    the process.
     * @throws IOException if there is no such command, or it fails.
     */
    private static void send(final String signal, final long pid) throws IOException, InterruptedException {
        final Process kill;
        try {
            kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
        } catch (final IOException ex) {
            throw new IOException("--stop needs a system with the command 'kill', to stop processes (SIGSTOP) and let"
                + " them go on (SIGCONT); there is none here: " + ex.getMessage(), ex);
        }
        final int status = kill.waitFor();
        if (status != 0) {
            throw new IOException("kill -" + signal + " " + pid + " failed with status " + status);
        }
    }
}
