package io.plumtree.node.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Signals to processes, by the system's command {@code kill}. */
final class Signals {
    /** Stops a process where it is. */
    static final String STOP = "STOP";
    /** Lets it go on. */
    static final String CONT = "CONT";

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
     * Sends a signal.
     *
     * @param signal its name, without SIG.
     * @param pid    the process.
     * @throws IOException if there is no such command, or it fails.
     */
    static void send(final String signal, final long pid) throws IOException, InterruptedException {
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
