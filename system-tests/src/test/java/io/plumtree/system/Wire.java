package io.plumtree.system;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The switch in user space, {@code wire.py}, as a process. */
final class Wire implements AutoCloseable {
    /** Which frames are lost is the same in each run, as far as frames are. */
    private static final int SEED = 1;
    private static final String RESOURCE = "wire.py";

    private final Path script;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    /**
     * Starts it, and waits until it forwards.
     *
     * @param where       the words in front of its command.
     * @param ports       the interfaces between which it forwards.
     * @param delayMs     how much later.
     * @param lossPercent how many of a hundred frames it loses.
     * @throws IOException if it can't be started, or ends at once.
     */
    Wire(final List<String> where, final List<String> ports, final int delayMs, final int lossPercent)
        throws IOException {
        script = Files.createTempFile("wire", ".py");
        try (InputStream in = Wire.class.getResourceAsStream(RESOURCE)) {
            Files.write(script, in.readAllBytes());
        }
        final List<String> command = new ArrayList<>(where);
        command.addAll(List.of("python3", script.toString(), Integer.toString(delayMs),
            String.format(Locale.ROOT, "%.2f", lossPercent / 100.0), Integer.toString(SEED)));
        command.addAll(ports);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        answers = process.inputReader();
        requests = process.outputWriter();
        final String first = answers.readLine();
        if (!"ready".equals(first)) {
            close();
            throw new IOException(first + " " + String.join(" ", answers.lines().toList()));
        }
    }

    /** What it did so far, in words. */
    String figures() throws IOException {
        requests.newLine();
        requests.flush();
        final String[] figures = answers.readLine().split(" ");
        return figures[0] + " frames forwarded, " + figures[1] + " lost on purpose, " + figures[2]
            + " dropped besides";
    }

    @Override
    public void close() {
        process.destroyForcibly();
        script.toFile().delete();
    }
}
